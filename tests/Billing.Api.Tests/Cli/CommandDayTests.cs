using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Cli;

/// <summary>Days of a practice, from a terminal, against the real server.</summary>
public sealed class CommandDayTests : IAsyncLifetime
{
    private ApiServer _server = null!;
    private Practice _practice = null!;
    private Terminal _terminal = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(_server);
        await _practice.AddClient();
        _terminal = Terminal.SignedIn(_server, _practice.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        _terminal.Dispose();
        await _server.DisposeAsync();
        Assert.Empty(_server.Errors);
    }

    [Fact]
    public async Task The_clock_starts_switches_and_stops()
    {
        await _practice.Post("/v1/engagements", $$"""{"clientId":"{{_practice.ClientId}}","name":"Phone"}""");

        Assert.Equal("No timer runs.\n", await _terminal.Done("status"));
        Assert.Equal("Started Acme Dental / Inbox.\n", await _terminal.Done("start", "acme / INB", "--note", "Mails", "--tag", "a", "--tag", "b"));
        Assert.Matches(
            @"^Acme Dental / Inbox since \d{4}-\d\d-\d\d \d\d:\d\d, 0:0\d so far\.\nMails\n$", await _terminal.Done("status"));
        await ASecond();
        Assert.Matches(
            @"^Stopped Acme Dental / Inbox after 0:0\d(:\d\d)?\.\nStarted Acme Dental / Phone\.\n$", await _terminal.Done("switch", "phone"));
        await ASecond();
        Assert.Matches(@"^Stopped Acme Dental / Phone after 0:0\d(:\d\d)?\.\n$", await _terminal.Done("stop"));
        Assert.Equal("No timer runs.\n", await _terminal.Done("status"));
        var inbox = (await _practice.Get("/v1/time-entries"))["items"]!.AsArray().Single(e => (string?)e!["note"] == "Mails")!;
        Assert.Equal(["a", "b"], inbox["tags"]!.AsArray().Select(tag => (string?)tag));
    }

    [Fact]
    public async Task From_logged_time_to_an_invoice_that_is_sent()
    {
        Assert.Equal(
            "Logged 1:30 on 2026-05-04 for Acme Dental / Inbox.\n",
            await _terminal.Done("log", "Acme / inbox", "1:30", "--on", "2026-05-04", "--note", "Mails"));
        Assert.Equal(
            "Logged 2:15 on 2026-05-06 for Acme Dental / Inbox.\n", await _terminal.Done("log", "inbox", "2h 15min", "--on", "2026-05-06"));
        Assert.Equal("""
            engagement           Mon 4  Tue 5  Wed 6  Thu 7  Fri 8  Sat 9  Sun 10  hours
            Acme Dental / Inbox   1:30          2:15                                3:45

            """, await _terminal.Done("week", "2026-W19"));
        Assert.Equal("""
            day         time  engagement           hours  billed  note
            2026-05-04        Acme Dental / Inbox   1:30  no      Mails
            2026-05-06        Acme Dental / Inbox   2:15  no

            """, await _terminal.Done("entries", "--from", "2026-05-01", "--to", "2026-05-31"));
        Assert.Equal("""
            client       since       hours  entries  expenses
            Acme Dental  2026-05-04   3:45        2         0

            """, await _terminal.Done("unbilled"));

        var draft = await _terminal.Done("invoice", "draft", "acme", "--through", "2026-05-31");
        var id = (await _practice.Get("/v1/invoices"))["items"]![0]!["invoiceId"]!.GetValue<string>();
        Assert.Equal($"""
            {id[^8..]}  Acme Dental, draft
               for    hours   per hour      amount
            1  Inbox   3:45  40.00 USD  150.00 USD
            Total 150.00 USD, to pay 150.00 USD.

            """, draft);
        Assert.Equal(
            $"{draft}It becomes INV-2026-0001, issued 2026-06-01, due 2026-06-15.\nFinalized INV-2026-0001: 150.00 USD open, due 2026-06-15.\n",
            await _terminal.Done("invoice", "finalize", "acme", "--issued-on", "2026-06-01", "--yes"));
        Assert.Equal("""
            invoice        client       status     due              total        open
            INV-2026-0001  Acme Dental  finalized  2026-06-15  150.00 USD  150.00 USD

            """, await _terminal.Done("invoice", "list"));
        Assert.Equal("""
            client             open  not due  0-30 days   31-60  61-90  over 90
            Acme Dental  150.00 USD     0.00       0.00  150.00   0.00     0.00

            """, await _terminal.Done("receivables", "--day", "2026-07-20"));
        Assert.Equal(
            "To office@acme.example: Invoice INV-2026-0001 from Juniper\nINV-2026-0001 is on its way to office@acme.example.\n",
            await _terminal.Done("invoice", "send", "0001", "--yes"));
        Assert.Equal("Everything is billed.\n", await _terminal.Done("unbilled"));
    }

    [Theory]
    [InlineData(null, "Nothing was done, for nobody can be asked here. Say --yes to go on without being asked.\n")]
    [InlineData("n", "Finalize it? [y/N] Nothing was done.\n")]
    [InlineData("", "Finalize it? [y/N] Nothing was done.\n")]
    public async Task A_number_is_given_only_to_who_says_so(string? answer, string said)
    {
        await Draft();
        var head = await _server.Head();
        _terminal.Answer = answer;

        var printed = await _terminal.Run("invoice", "finalize", "acme");

        Assert.Equal((2, said), (printed.Code, printed.Error));
        Assert.Contains("It becomes INV-2026-0001", printed.Out, StringComparison.Ordinal);
        Assert.Equal(head, await _server.Head());
        _terminal.Answer = "y";
        Assert.EndsWith("Finalized INV-2026-0001: 40.00 USD open, due 2026-06-15.\n", (await _terminal.Run(
            "invoice", "finalize", "acme", "--issued-on", "2026-06-01")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_what_the_server_sent_and_nothing_else()
    {
        var draft = await Draft();

        Assert.Equal((await _server.Get(_practice.Owner, "/v1/invoices")).Text + "\n", await _terminal.Done("invoice", "list", "--json"));
        Assert.Equal((await _server.Get(_practice.Owner, "/v1/me")).Text + "\n", await SignIn(_practice.Owner, "--json"));
        var printed = await _terminal.Run("invoice", "finalize", draft.ToString(), "--issued-on", "2026-06-01", "--yes", "--json");
        Assert.Equal((0, draft.ToString()), (printed.Code, (string?)JsonNode.Parse(printed.Out)!["id"]));
        Assert.Contains("It becomes INV-2026-0001", printed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tax_next_says_what_to_pay_by_when_and_why()
    {
        _terminal.Time = new FixedTime(new DateTimeOffset(2026, 5, 2, 12, 0, 0, TimeSpan.Zero));

        var lines = (await _terminal.Done("tax", "next", "--year", "2026")).Split('\n');

        var estimate = await _practice.Get("/v1/tax-years/2026/estimate");
        Assert.Equal((string?)estimate["advice"], lines[0]);
        Assert.Equal($"Why: {(string?)estimate["required"]!["reason"]}", lines[1]);
        Assert.Equal("instalment  due         required  left to pay  state", lines[2]);
        Assert.Equal("2026 Q1     2026-04-15  0.00 USD     0.00 USD  covered", lines[3]);
    }

    [Fact]
    public async Task A_figure_is_followed_to_its_events()
    {
        var invoice = await _practice.Invoice("2026-05-04", hours: 2);
        var payment = (await _practice.Pay(invoice, "80.00", "2026-05-20")).Id;

        var explained = await _terminal.Done("explain", "tax", "schedule-c.receipts", "--year", "2026");

        Assert.Matches(@"^Gross receipts.*: 80\.00 USD\n", explained);
        Assert.Contains("payment-recorded", explained, StringComparison.Ordinal);

        var paid = await _terminal.Done(
            "explain", "report", "payments", "--row", $"{payment:D}", "--column", "applied", "--from", "2026-01-01", "--to", "2026-12-31");

        Assert.Matches(@"payment \S+ +2026-05-20 +80\.00 USD\n", paid);
    }

    /// <summary>A timer that ran for less is refused.</summary>
    private static Task ASecond() => Task.Delay(1_100, TestContext.Current.CancellationToken);

    private async Task<Guid> Draft()
    {
        await _practice.Log(_practice.Owner, "2026-05-04", 3600);
        return (await _practice.Post("/v1/invoices", $$"""{"clientId":"{{_practice.ClientId}}"}""")).Id;
    }

    private async Task<string> SignIn(string token, params string[] more)
    {
        using var terminal = new Terminal();
        terminal.Variables["BILLING_TOKEN"] = token;
        return await terminal.Done(["login", _server.Address.ToString(), .. more]);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
