using Billing.Api.Tests.Hosting;
using Billing.StripeStandIn.Webhooks;
using UglyToad.PdfPig;

namespace Billing.Api.Tests.Journeys;

/// <content>What several steps do with invoices, pages and payments.</content>
public sealed partial class PracticeJourney
{
    /// <summary>After every day of the journeys and before any day on which Stripe is paid.</summary>
    private const string LastDay = "2026-07-01";

    /// <summary>Everything that came since: only what Stripe was paid.</summary>
    private const string CashPath = "/v1/cash?from=2026-07-02&to=2199-12-29";

    private async Task<(Guid Id, Reply Finalized)> Bill(Guid clientId, string through, string issuedOn, Guid? retainerId = null)
    {
        var id = (await _owner.Post("/v1/invoices", new { clientId, through, retainerId })).Ok().Id;
        return (id, (await _owner.Post($"/v1/invoices/{id}:finalize", new { issuedOn })).Ok());
    }

    private async Task<Uri> Share(Guid invoice) => new((await _owner.Post($"/v1/invoices/{invoice}:share")).Ok().String("url"));

    private async Task<string> Page(Uri link) => (await _visitor.Get(link.ToString())).Ok().Text;

    /// <summary>As a browser does it: the Pay button, Stripe's page, its button, and back again.</summary>
    private async Task<Uri> PayByCard(Uri link, string amount)
    {
        Assert.Contains($"Pay {amount}", await Page(link), StringComparison.Ordinal);
        var checkout = (await _visitor.PostForm(new Uri($"{link}/pay"))).SeeOther();
        var page = await Page(checkout);
        Assert.Contains("Sandbox, no money moves", page, StringComparison.Ordinal);
        Assert.Contains($"Pay {amount}", page, StringComparison.Ordinal);
        var back = (await _visitor.PostForm(checkout, ("action", "pay"))).SeeOther();
        Assert.Equal($"{link}?back=paid", back.ToString());
        await Page(back);
        return checkout;
    }

    private Task Arrived() => _server.Stripe.Webhooks.Delivered(TestContext.Current.CancellationToken);

    private async Task ResendAll()
    {
        var events = _server.Stripe.Webhooks.Deliveries.Select(d => d.EventId).Distinct().ToList();
        Assert.NotEmpty(events);
        foreach (var id in events) _server.Stripe.Webhooks.Resend(id);
        await Arrived();
        Assert.All(_server.Stripe.Webhooks.Deliveries, d => Assert.Equal(WebhookStatus.Delivered, d.Status));
    }

    private async Task<string> StatusOf(Guid invoice) => (await _owner.Get($"/v1/invoices/{invoice}")).Ok().String("invoice.status");

    private async Task BecomesPaid(Guid invoice) => await Eventually.Is(
        () => _owner.Get($"/v1/invoices/{invoice}"), reply => reply.Ok().String("invoice.status") == "paid");

    /// <summary>One payment, whose fee is known too; nothing is open and nothing was paid beyond it.</summary>
    private async Task PaidOnce(Guid invoice, string amount, string fee)
    {
        var payments = await Eventually.Is(
            () => _owner.Get($"/v1/invoices/{invoice}/payments"), reply => reply.Ok().List("items") is [{ } one] && one["fee"] is not null);
        var payment = Assert.Single(payments.List("items"));
        Assert.Equal(
            ("succeeded", amount, "0.00", fee),
            ((string?)payment["status"], Reply.Dollars(payment["applied"]), Reply.Dollars(payment["credit"]),
                Reply.Dollars(payment["fee"])));
        var view = (await _owner.Get($"/v1/invoices/{invoice}")).Ok();
        Assert.Equal((amount, "0.00"), (view.Usd("invoice.paid"), view.Usd("invoice.open")));
    }

    private async Task RetainerHolds(string balance) =>
        Assert.Equal(balance, (await _owner.Get($"/v1/retainers/{_retainer}")).Ok().Usd("balance"));

    private static (string Total, string FromRetainer, string Due) Sums(Reply finalized) =>
        (finalized.Usd("total"), finalized.Usd("retainerApplied"), finalized.Usd("due"));

    private async Task Spend(string amount, string category, string paidOn, string note, Guid? clientId = null) =>
        (await _owner.Post("/v1/expenses", new
        {
            amount = Usd(amount),
            category,
            paidOn,
            note,
            clientId,
            rebill = clientId is not null,
        })).Ok();

    /// <summary>The document, made twice; its bytes are the same, and it says these things.</summary>
    private async Task<ReadOnlyMemory<byte>> Pdf(string path, params string[] told)
    {
        var first = (await _owner.Get(path)).Ok();
        Assert.Equal("application/pdf", first.Headers["Content-Type"]);
        Assert.Equal("%PDF"u8.ToArray(), first.Bytes[..4].ToArray());
        Assert.Equal(first.Bytes.ToArray(), (await _owner.Get(path)).Ok().Bytes.ToArray());
        using var document = PdfDocument.Open(first.Bytes.ToArray());
        var text = string.Concat(document.GetPages().Select(page => page.Text));
        foreach (var words in told) Assert.Contains(words, text, StringComparison.Ordinal);
        return first.Bytes;
    }
}
