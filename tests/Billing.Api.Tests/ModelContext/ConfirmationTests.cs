using System.Text.Json.Nodes;
using Billing.Api.ModelContext;
using Billing.Api.Tests.Http;
using NodaTime;

namespace Billing.Api.Tests.ModelContext;

/// <summary>What bills, gives a number or mails is shown first, and done as shown, once, by whoever was shown it.</summary>
public sealed class ConfirmationTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;
    private ToolCaller _owner = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
        _owner = await ToolCaller.Connect(_server, _practice.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        await _owner.DisposeAsync();
        await _server.DisposeAsync();
        Assert.Empty(_server.Errors);
    }

    [Fact]
    public async Task From_what_waits_to_an_invoice_that_is_mailed()
    {
        await _practice.Log(_practice.Owner, "2026-05-04", 5400);
        var head = await _server.Head();
        var draft = (await _owner.Call("preview_draft_invoice", ("clientId", _practice.ClientId), ("through", "2026-05-31"))).Ok().Json;
        Assert.Equal(
            ("Acme Dental", "60.00", 1),
            ((string?)draft["preview"]!["client"], (string?)draft["preview"]!["total"]!["amount"], (int)draft["preview"]!["entries"]!));
        Assert.Equal(head, await _server.Head());
        var id = (await Confirm(_owner, draft)).Ok().Json["id"]!.GetValue<Guid>();

        head = await _server.Head();
        var final = (await _owner.Call("preview_finalize_invoice", ("invoiceId", id), ("issuedOn", "2026-06-01"))).Ok().Json;
        Assert.Equal(
            ("INV-2026-0001", "2026-06-01", "60.00"),
            ((string?)final["preview"]!["number"], (string?)final["preview"]!["issuedOn"], (string?)final["preview"]!["due"]!["amount"]));
        Assert.Equal(head, await _server.Head());
        (await Confirm(_owner, final)).Ok();
        Assert.Equal("INV-2026-0001", (string?)(await _practice.Get($"/v1/invoices/{id}"))["invoice"]!["number"]);

        var mail = (await _owner.Call("preview_send_invoice", ("invoiceId", id))).Ok().Json;
        Assert.Equal(
            ("office@acme.example", "Invoice INV-2026-0001 from Juniper"),
            ((string?)mail["preview"]!["recipient"], (string?)mail["preview"]!["subject"]));
        Assert.Empty((await _practice.Get("/v1/mails"))["items"]!.AsArray());
        (await Confirm(_owner, mail)).Ok();
        Assert.Single((await _practice.Get("/v1/mails"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_confirmation_is_good_once()
    {
        var preview = await Previewed();
        (await Confirm(_owner, preview)).Ok();
        var head = await _server.Head();

        Assert.Equal("confirmation-not-good", (await Confirm(_owner, preview)).Code);
        Assert.Equal(head, await _server.Head());
    }

    [Fact]
    public async Task A_wrong_confirmation_is_refused()
    {
        var preview = await Previewed();
        var head = await _server.Head();
        var secret = (string)preview["confirmation"]!;

        Assert.Equal(43, secret.Length);
        foreach (var wrong in new[] { "", "x", secret[..^1], secret + "A", new string('A', 43) })
            Assert.Equal("confirmation-not-good", (await _owner.Call("confirm", ("confirmation", wrong))).Code);
        Assert.Equal(head, await _server.Head());
    }

    [Fact]
    public async Task Anothers_confirmation_is_refused_and_stays_good_for_whose_it_is()
    {
        var preview = await Previewed();
        var (_, bookkeeper) = await _practice.Join("Priya", "bookkeeper");
        var sameMember = (await _practice.IssueToken(_practice.OwnerId)).Token;
        foreach (var token in new[] { bookkeeper, sameMember })
        {
            await using var other = await ToolCaller.Connect(_server, token);
            Assert.Equal("confirmation-not-good", (await Confirm(other, preview)).Code);
        }

        (await Confirm(_owner, preview)).Ok();
    }

    [Fact]
    public async Task What_changed_since_it_was_shown_is_not_done()
    {
        var draft = await Draft();
        var finalize = (await _owner.Call("preview_finalize_invoice", ("invoiceId", draft), ("issuedOn", "2026-06-01"))).Ok().Json;
        await _practice.Post($"/v1/invoices/{draft}:describe", """{"note":"Thank you"}""");
        Assert.Equal("changed-since-preview", (await Confirm(_owner, finalize)).Code);

        finalize = (await _owner.Call("preview_finalize_invoice", ("invoiceId", draft), ("issuedOn", "2026-06-01"))).Ok().Json;
        await _practice.Invoice("2026-05-11");
        Assert.Equal("changed-since-preview", (await Confirm(_owner, finalize)).Code);
        Assert.Equal("draft", (string?)(await _practice.Get($"/v1/invoices/{draft}"))["invoice"]!["status"]);

        await _practice.Log(_practice.Owner, "2026-05-12", 3600);
        var another = (await _owner.Call("preview_draft_invoice", ("clientId", _practice.ClientId))).Ok().Json;
        await _practice.Log(_practice.Owner, "2026-05-13", 3600);
        Assert.Equal("changed-since-preview", (await Confirm(_owner, another)).Code);

        await _practice.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-06-01"}""");
        var mail = (await _owner.Call("preview_send_invoice", ("invoiceId", draft))).Ok().Json;
        await _practice.Pay(draft, "40.00", "2026-06-10");
        Assert.Equal("changed-since-preview", (await Confirm(_owner, mail)).Code);
        Assert.Empty((await _practice.Get("/v1/mails"))["items"]!.AsArray());
    }

    [Fact]
    public async Task What_is_done_already_has_no_preview()
    {
        var invoice = await _practice.Invoice("2026-05-04");

        Assert.Equal("nothing-to-confirm", (await _owner.Call("preview_finalize_invoice", ("invoiceId", invoice))).Code);
    }

    [Fact]
    public void A_confirmation_is_good_for_ten_minutes()
    {
        var clock = new SettableClock(Instant.FromUtc(2026, 6, 1, 9, 0));
        var confirmations = new Confirmations(clock);
        var caller = Guid.NewGuid();
        var wish = new PreviewedWish.FinalizeInvoice(Guid.NewGuid(), null);
        var (first, expiresAt) = confirmations.Keep(caller, wish, "shown");
        var (second, _) = confirmations.Keep(caller, wish, "shown");

        Assert.Equal(Instant.FromUtc(2026, 6, 1, 9, 10), expiresAt);
        clock.Now = expiresAt - Duration.FromTicks(1);
        Assert.Equal(wish, confirmations.Take(caller, first)!.Wish);
        clock.Now = expiresAt;
        Assert.Null(confirmations.Take(caller, second));
    }

    [Fact]
    public void A_caller_keeps_the_latest_twenty_and_takes_none_from_others()
    {
        var clock = new SettableClock(Instant.FromUtc(2026, 6, 1, 9, 0));
        var confirmations = new Confirmations(clock);
        var (caller, other) = (Guid.NewGuid(), Guid.NewGuid());
        var wish = new PreviewedWish.DraftInvoice(Guid.NewGuid(), null, null);
        var (others, _) = confirmations.Keep(other, wish, "");
        var own = new List<string>();
        for (var i = 0; i < 21; i++)
        {
            clock.Now += Duration.FromSeconds(1);
            own.Add(confirmations.Keep(caller, wish, "").Secret);
        }

        Assert.Null(confirmations.Take(caller, own[0]));
        Assert.NotNull(confirmations.Take(caller, own[1]));
        Assert.NotNull(confirmations.Take(other, others));
    }

    private static Task<ToolAnswer> Confirm(ToolCaller caller, JsonObject preview) =>
        caller.Call("confirm", ("confirmation", (string?)preview["confirmation"]));

    private async Task<JsonObject> Previewed() =>
        (await _owner.Call("preview_finalize_invoice", ("invoiceId", await Draft()), ("issuedOn", "2026-06-01"))).Ok().Json;

    private async Task<Guid> Draft()
    {
        await _practice.Log(_practice.Owner, "2026-05-04", 3600);
        return (await _practice.Post("/v1/invoices", $$"""{"clientId":"{{_practice.ClientId}}","through":"2026-05-04"}""")).Id;
    }

    private sealed class SettableClock(Instant now) : IClock
    {
        public Instant Now { get; set; } = now;

        public Instant GetCurrentInstant() => Now;
    }
}
