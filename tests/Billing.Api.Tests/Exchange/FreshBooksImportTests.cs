using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Exchange;

/// <summary>Invoices that FreshBooks issued are history here: to the cent, under their numbers, paid on their days.</summary>
public sealed class FreshBooksImportTests : IAsyncLifetime
{
    private const string Header =
        "Client Name,Invoice #,Date Issued,Invoice Status,Date Paid,Item Name,Item Description,Rate,Quantity,Discount Percentage,"
        + "Line Subtotal,Tax 1 Type,Tax 1 Amount,Tax 2 Type,Tax 2 Amount,Line Total,Currency\n";

    private const string Two =
        "Acme,0000001,2026-01-28,sent,,Repair,Bumper,65.00,10.00000000,0.0000,650.00,,0.00,,0.00,650.00,USD\n"
        + "Acme,0000001,2026-01-28,sent,,Painting,,98.01,5.00000000,0.0000,490.05,,0.00,,0.00,490.05,USD\n"
        + "Birch,0000002,2026-02-03,paid,2026-02-20,Care,February,300.00,1.00000000,0.0000,300.00,,0.00,,0.00,300.00,USD\n";

    private ApiServer? _server;

    /// <summary>Two invoices of two clients.</summary>
    internal static byte[] GoodFile() => Encoding.UTF8.GetBytes(Header + Two);

    private Practice? _practice;

    private ApiServer Server => _server!;

    private Practice P => _practice!;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(Server);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Owed_and_paid_invoices_count_into_receivables_and_cash_on_their_days()
    {
        var report = (await Import(Two)).Ok().Json;

        Assert.Equal((2, 2, 0), ((int)report["invoiceCount"]!, (int)report["imported"]!, (int)report["refused"]!));
        Assert.Equal(["Acme", "Birch"], report["newClients"]!.AsArray().Select(name => (string)name!));
        var invoices = await Invoices();
        Assert.Equal(
            ["0000001 2026-01-28 1140.05 finalized", "0000002 2026-02-03 300.00 paid"],
            invoices.Select(row => $"{row["number"]} {row["issuedOn"]} {row["total"]!["amount"]} {row["status"]}")
                .Order(StringComparer.Ordinal));
        var owed = Assert.Single((await Server.Get(P.Owner, "/v1/receivables?day=2026-12-31")).Ok().Items);
        Assert.Equal("1140.05", (string?)owed["open"]!["amount"]);
        Assert.Equal("300.00", await Received("2026-02-20", "2026-02-20"));
        Assert.Equal("", await Received("2026-01-01", "2026-02-19"));
        var profit = (await Server.Get(P.Owner, "/v1/reports/profit-and-loss?from=2026-01-01&to=2026-12-31")).Ok().Text;
        Assert.Contains("1440.05", profit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_practices_own_numbers_are_not_taken()
    {
        (await Import(Two)).Ok();
        var acme = (string)(await Server.Get(P.Owner, "/v1/clients")).Ok().Items.Single(row => (string?)row["name"] == "Acme")["clientId"]!;
        var fee = """{"description":"Care","amount":{"amount":"10.00","currency":"USD"}}""";
        var own = (await P.Post("/v1/invoices", $$"""{"clientId":"{{acme}}","through":"2026-03-31","fees":[{{fee}}]}""")).Id;

        var final = await P.Post($"/v1/invoices/{own}:finalize", """{"issuedOn":"2026-03-31"}""");
        var refused = (await Import(Two.Replace("0000001", "INV-2026-0002", StringComparison.Ordinal))).Ok().Json;

        Assert.Equal("INV-2026-0001", (string?)final.Json["number"]);
        Assert.Contains("number-of-own-series", Codes(refused));
    }

    [Fact]
    public async Task A_second_run_brings_nothing_in_and_a_dry_run_writes_nothing()
    {
        var head = await Server.Head();
        var dry = (await Import(Two, "?dryRun=true")).Ok().Json;
        Assert.Equal((2, head), ((int)dry["imported"]!, await Server.Head()));
        (await Import(Two)).Ok();
        head = await Server.Head();

        var again = (await Import(Two)).Ok().Json;
        var changed = (await Import(Two.Replace("490.05", "490.06", StringComparison.Ordinal))).Ok().Json;

        Assert.Equal((0, 2, head), ((int)again["imported"]!, (int)again["alreadyThere"]!, await Server.Head()));
        Assert.Equal(["invoice-brought-otherwise"], Codes(changed).Distinct());
    }

    [Theory]
    [InlineData("draft-not-brought", "2026-01-28,draft,", "650.00,,0.00,,0.00,650.00,USD")]
    [InlineData("partly-paid", "2026-01-28,partial,", "650.00,,0.00,,0.00,650.00,USD")]
    [InlineData("status-unknown", "2026-01-28,lost,", "650.00,,0.00,,0.00,650.00,USD")]
    [InlineData("taxed-elsewhere", "2026-01-28,sent,", "650.00,GST,32.50,,0.00,682.50,USD")]
    [InlineData("discount-unclear", "2026-01-28,sent,", "650.00,,0.00,,0.00,600.00,USD")]
    [InlineData("invoice-below-zero", "2026-01-28,sent,", "-650.00,,0.00,,0.00,-650.00,USD")]
    [InlineData("amount-unreadable", "2026-01-28,sent,", "650.001,,0.00,,0.00,650.001,USD")]
    [InlineData("invoice-of-nothing", "2026-01-28,sent,", "0.00,,0.00,,0.00,0.00,USD")]
    [InlineData("date-unreadable", "2026-02-30,sent,", "650.00,,0.00,,0.00,650.00,USD")]
    [InlineData("date-unreadable", "2026-01-28,paid,", "650.00,,0.00,,0.00,650.00,USD")]
    [InlineData("currency-unknown", "2026-01-28,sent,", "650.00,,0.00,,0.00,650.00,XQX")]
    [InlineData("issued-on-implausible", "2099-01-28,sent,", "650.00,,0.00,,0.00,650.00,USD")]
    public async Task What_the_file_does_not_say_to_the_cent_is_refused_and_the_rest_is_taken(string code, string days, string amounts)
    {
        var row = $"Cedar,7,{days},Repair,,65.00,10.0,0.0000,{amounts}\n";

        var report = (await Import(Two + row)).Ok().Json;

        Assert.Equal((2, 1), ((int)report["imported"]!, (int)report["refused"]!));
        Assert.Equal([code], Codes(report));
        Assert.Equal(2, (await Invoices()).Count);
    }

    [Theory]
    [InlineData("0.0000,650.00,,0.00,,0.00,650.00", "650.00")]
    [InlineData("10.0000,650.00,,0.00,,0.00,585.00", "585.00")]
    [InlineData("33.3333,0.05,,0.00,,0.00,0.03", "0.03")]
    [InlineData("0,\"1,234.50\",,0,,0,\"1,234.50\"", "1234.50")]
    public async Task A_line_charges_its_total_where_that_is_its_subtotal_less_the_discount(string amounts, string total)
    {
        var report = (await Import($"Cedar,7,2026-01-28,sent,,Repair,,65.00,10.0,{amounts},USD\n")).Ok().Json;

        Assert.Empty(Codes(report));
        Assert.Equal(total, (string?)Assert.Single(await Invoices())["total"]!["amount"]);
    }

    [Theory]
    [InlineData("10.0000,650.00,,0.00,,0.00,650.00")]
    [InlineData("10.0000,650.00,,0.00,,0.00,584.99")]
    [InlineData("-10.0000,650.00,,0.00,,0.00,715.00")]
    public async Task A_discount_that_the_amounts_do_not_bear_out_is_refused(string amounts) => Assert.Equal(
        ["discount-unclear"], Codes((await Import($"Cedar,7,2026-01-28,sent,,Repair,,65.00,10.0,{amounts},USD\n")).Ok().Json));

    [Fact]
    public async Task A_line_below_zero_is_a_discount_on_the_invoice()
    {
        const string Rows =
            "Cedar,7,2026-01-28,paid,2026-02-03,Repair,,65.00,10.0,0,650.00,,0.00,,0.00,650.00,USD\n"
            + "Cedar,7,2026-01-28,paid,2026-02-03,Credit for January,,-50.00,1,0,-50.00,,0.00,,0.00,-50.00,USD\n";

        var report = (await Import(Rows)).Ok().Json;
        var again = (await Import(Rows)).Ok().Json;

        Assert.Equal((1, "line-below-zero"), ((int)report["imported"]!, Codes(report).Single()));
        Assert.Equal((0, 1), ((int)again["imported"]!, (int)again["alreadyThere"]!));
        var invoice = Assert.Single(await Invoices());
        Assert.Equal(("600.00", "paid"), ((string?)invoice["total"]!["amount"], (string?)invoice["status"]));
        Assert.Equal("600.00", await Received("2026-02-03", "2026-02-03"));
    }

    [Fact]
    public async Task Days_are_read_as_the_file_writes_them_and_the_invoice_falls_due_on_its_own()
    {
        const string Rows = "Cedar,7,01/28/2026,02/11/2026,paid,02/03/2026,Repair,,65.00,1,0,65.00,,0,,0,65.00,USD\n";
        const string Unclear = "Dogwood,8,02/03/2026,03/04/2026,sent,,Repair,,65.00,1,0,65.00,,0,,0,65.00,USD\n";

        (await ImportWithDue(Rows)).Ok();
        var refused = await ImportWithDue(Unclear);
        (await ImportWithDue(Unclear, "?dateForm=dd/mm/yyyy")).Ok();

        Assert.Equal((422, "date-form-unclear"), (refused.Code, refused.ProblemCode));
        Assert.Equal(
            ["7 2026-01-28 2026-02-11 paid", "8 2026-03-02 2026-04-03 finalized"],
            (await Invoices()).Select(row => $"{row["number"]} {row["issuedOn"]} {row["dueOn"]} {row["status"]}")
                .Order(StringComparer.Ordinal));
        Assert.Equal("65.00", await Received("2026-02-03", "2026-02-03"));
        var early = await ImportWithDue(Rows.Replace(",7,01/28", ",9,02/28", StringComparison.Ordinal));
        var soon = await ImportWithDue(Rows.Replace("02/11/2026", "soon", StringComparison.Ordinal), "?dateForm=mm/dd/yyyy");
        Assert.Equal(["due-before-issued", "date-unreadable"], [.. Codes(early.Ok().Json), .. Codes(soon.Ok().Json)]);
    }

    [Fact]
    public async Task A_closed_period_and_another_file_are_refused()
    {
        await P.Post("/v1/business:lock-period", """{"through":"2026-01-31","reason":"January closed"}""");

        var locked = (await Import(Two)).Ok().Json;
        var other = await Server.PostBytes(P.Owner, "/v1/imports/freshbooks-invoices", "Client,Hours\nAcme,1\n"u8.ToArray(), "text/csv");

        Assert.Equal(["period-locked"], Codes(locked).Distinct());
        Assert.Equal((1, 1), ((int)locked["imported"]!, (int)locked["refused"]!));
        Assert.Equal("not-a-freshbooks-file", other.ProblemCode);
    }

    private Task<ApiAnswer> Import(string rows, string query = "") => Server.PostBytes(
        P.Owner, $"/v1/imports/freshbooks-invoices{query}", Encoding.UTF8.GetBytes(Header + rows), "text/csv");

    private Task<ApiAnswer> ImportWithDue(string rows, string query = "")
    {
        var header = Header.Replace("Date Issued,", "Date Issued,Date Due,", StringComparison.Ordinal);
        return Server.PostBytes(P.Owner, $"/v1/imports/freshbooks-invoices{query}", Encoding.UTF8.GetBytes(header + rows), "text/csv");
    }

    private async Task<IReadOnlyList<JsonObject>> Invoices() => [.. (await Server.Get(P.Owner, "/v1/invoices")).Ok().Items];

    private async Task<string> Received(string from, string to) => string.Join(
        ' ', (await P.Get($"/v1/cash?from={from}&to={to}"))["received"]!.AsArray().Select(sum => (string?)sum!["amount"]));

    private static IReadOnlyList<string> Codes(JsonObject report) =>
        [.. report["rows"]!.AsArray().Select(row => (string?)row!["code"]).OfType<string>()];
}
