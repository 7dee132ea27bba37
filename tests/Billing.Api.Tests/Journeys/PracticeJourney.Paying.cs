using Billing.Api.Tests.Hosting;

namespace Billing.Api.Tests.Journeys;

/// <content>The client pays: an invoice by card, a deposit into a retainer, and what the retainer does not reach for.</content>
public sealed partial class PracticeJourney
{
    private Guid _firstInvoice;
    private Guid _retainer;
    private Uri? _firstLink;
    private Uri? _checkout;
    private ReadOnlyMemory<byte> _firstPdf;

    public string[] PaidPaths =>
    [
        "/v1/invoices", $"/v1/invoices/{_firstInvoice}", $"/v1/invoices/{_firstInvoice}/payments", "/v1/retainers", "/v1/expenses",
        $"/v1/unbilled?through={LastDay}", "/v1/receivables?day=2026-07-01", CashPath,
    ];

    /// <summary>
    /// 19,200 s at $45.00 are 5 h 20 min × 45 = 240.00. With an expense of 19.99 that is passed on: 259.99.
    /// </summary>
    public async Task BillAndShare()
    {
        await Spend("19.99", "software", "2026-02-12", "Fax numbers", _acme);
        var preview = (await _owner.Get($"/v1/clients/{_acme}/unbilled?through=2026-02-28")).Ok();
        Assert.Equal("259.99", preview.Usd("due"));

        (_firstInvoice, var facts) = await Bill(_acme, "2026-02-28", "2026-03-01");
        Assert.Equal(("JA-2026-0001", "259.99", "2026-03-15"), (facts.String("number"), facts.Usd("due"), facts.String("dueOn")));
        var lines = (await _owner.Get($"/v1/invoices/{_firstInvoice}")).Ok().List("lines");
        Assert.Equal(["240.00", "19.99"], lines.Select(line => Reply.Dollars(line["amount"])));
        Assert.Equal(19_200, (long)lines[0]["quantitySeconds"]!);

        _firstLink = await Share(_firstInvoice);
        var page = await Page(_firstLink);
        foreach (var told in new[] { "JA-2026-0001", "5:20", "Rescheduled patients", "Weekly reports", "Ana Reyes", "Pay $259.99" })
            Assert.Contains(told, page, StringComparison.Ordinal);
        Assert.DoesNotContain("Not ours", page, StringComparison.Ordinal);
        _firstPdf = await Pdf($"/v1/invoices/{_firstInvoice}/pdf", "JA-2026-0001", "259.99");
    }

    /// <summary>Pays on Stripe's page, whose news is kept back: the money has moved and nobody tells the server.</summary>
    public async Task PayUnheard()
    {
        _server.Stripe.Webhooks.Hold();
        _checkout = await PayByCard(_firstLink!, "$259.99");
    }

    /// <summary>
    /// The news arrives, the newest first, and then all of it again. It was one payment all along; a started server may have
    /// found out by itself.
    /// </summary>
    public async Task HearOfThePayment()
    {
        _server.Stripe.Webhooks.Release(newestFirst: true);
        await Arrived();
        await BecomesPaid(_firstInvoice);
        await ResendAll();
        await PaidOnce(_firstInvoice, "259.99", "7.84");
        Assert.Contains("Paid. Thank you.", await Page(_firstLink!), StringComparison.Ordinal);
        Assert.Contains("Nothing is left to do", (await _visitor.Get(_checkout!.ToString())).Ok().Text, StringComparison.Ordinal);
        var back = (await _visitor.PostForm(new Uri($"{_firstLink}/pay"))).SeeOther();
        Assert.Equal(_firstLink!.AbsolutePath, back.ToString());
    }

    /// <summary>A deposit of 500.00 is asked for and paid by card; its notice comes twice.</summary>
    public async Task FundRetainer()
    {
        _retainer = (await _owner.Post("/v1/retainers", new { clientId = _acme, name = "Acme retainer" })).Ok().Id;
        var deposit = (await _owner.Post(
            $"/v1/retainers/{_retainer}:request-deposit", new { clientId = _acme, amount = Usd("500.00") })).Ok().Id;
        (await _owner.Post($"/v1/invoices/{deposit}:finalize", new { issuedOn = "2026-03-01" })).Ok();
        _server.Stripe.Webhooks.Duplicate("checkout.session.completed");
        await PayByCard(await Share(deposit), "$500.00");
        await Arrived();
        await BecomesPaid(deposit);
        await PaidOnce(deposit, "500.00", "14.80");
        await RetainerHolds("500.00");
    }

    /// <summary>Whatever Stripe ever said is said again, and changes nothing.</summary>
    public async Task HearEverythingAgain()
    {
        var before = await Read(PaidPaths);
        await ResendAll();
        Assert.Equal(before, await Read(PaidPaths));
    }

    /// <summary>
    /// 8 h × 45 = 360.00, all of it from the retainer, which keeps 140.00. Then 6 h 1 min 7 s = 21,667 s × 45 / 3600 = 270.8375,
    /// so 270.84, of which the retainer has 140.00 and the client pays 130.84.
    /// </summary>
    public async Task DrawOnRetainer()
    {
        (await Assistant.Post(Entries, Day("2026-03-10", 28_800, "Spring recall list"))).Ok();
        var (whole, wholeFacts) = await Bill(_acme, "2026-03-31", "2026-04-01", _retainer);
        Assert.Equal(("360.00", "360.00", "0.00"), Sums(wholeFacts));
        Assert.Equal("paid", await StatusOf(whole));
        await RetainerHolds("140.00");

        (await Assistant.Post(Entries, Day("2026-04-07", 21_667, "Insurance follow-up"))).Ok();
        var (rest, restFacts) = await Bill(_acme, "2026-04-30", "2026-05-01", _retainer);
        Assert.Equal(("270.84", "140.00", "130.84"), Sums(restFacts));
        var link = await Share(rest);
        Assert.Contains("$0.00 left now", await Page(link), StringComparison.Ordinal);
        await PayByCard(link, "$130.84");
        await BecomesPaid(rest);
        await Arrived();
        await PaidOnce(rest, "130.84", "4.09");
        await RetainerHolds("0.00");
    }

    /// <summary>
    /// On the cash clock by Stripe, whatever day it is: 259.99 + 500.00 + 130.84 = 890.83, less fees of 2.9 % and 30 cents each,
    /// 7.84 + 14.80 + 4.09 = 26.73.
    /// </summary>
    public async Task EveryCentIsAccountedFor()
    {
        var cash = (await _owner.Get(CashPath)).Ok();
        Assert.Equal("890.83", Reply.Dollars(Assert.Single(cash.List("received"))));
        var fees = Assert.Single(cash.List("expenses"), e => (string?)e["category"] == "commissions-and-fees");
        Assert.Equal(("26.73", 3), (Reply.Dollars(fees["total"]), (int)fees["count"]!));
        Assert.Empty((await _owner.Get("/v1/receivables")).Ok().List("items"));
        Assert.Empty((await _owner.Get($"/v1/unbilled?through={LastDay}")).Ok().List("items"));
        await SamePdf();
    }

    public async Task SamePdf() =>
        Assert.Equal(_firstPdf.ToArray(), (await _owner.Get($"/v1/invoices/{_firstInvoice}/pdf")).Ok().Bytes.ToArray());
}
