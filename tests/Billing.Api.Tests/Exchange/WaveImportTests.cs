using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Exchange;

/// <summary>Invoices in the ledger that Wave exports are history here, with each payment on its day.</summary>
public sealed class WaveImportTests : IAsyncLifetime
{
    // The seventh column has no name in Wave's own files.
    private const string Header =
        "Transaction ID,Transaction Date,Account Name,Transaction Description,Transaction Line Description,Amount (One column), ,"
        + "Debit Amount (Two Column Approach),Credit Amount (Two Column Approach),Other Accounts for this Transaction,Customer,Vendor,"
        + "Invoice Number,Bill Number,Notes / Memo,Amount Before Sales Tax,Sales Tax Amount,Sales Tax Name,Transaction Date Added,"
        + "Transaction Date Last Modified,Account Group,Account Type,Account ID\n";

    private static readonly string Acme =
        Income("11", "2026-01-28", "Sales", "294.00", "Acme", "2", "Inbox")
        + Income("11", "2026-01-28", "Services", "160.50", "Acme", "2", "Travel booking")
        + Receivable("11", "2026-01-28", debit: "454.50", credit: "", "Acme", "2");

    private static readonly string AcmePaysPart =
        Receivable("12", "2026-02-10", debit: "", credit: "200.00", "Acme", "2")
        + Row("12", "2026-02-10", "Cash on Hand", "Invoice Payment", "194.10", "", "", "", "Asset", "Cash and Bank")
        + Row("12", "2026-02-10", "Merchant Account Fees", "Fee", "5.90", "", "", "", "Expense", "Payment Processing Fee");

    private static readonly string AcmePaysTheRest =
        Receivable("13", "2026-03-02", debit: "", credit: "254.50", "Acme", "2")
        + Row("13", "2026-03-02", "Cash on Hand", "Invoice Payment", "254.50", "", "", "", "Asset", "Cash and Bank");

    private static readonly string Birch =
        Income("21", "2026-02-03", "Sales", "30.84", "Birch", "3", "Care")
        + Receivable("21", "2026-02-03", debit: "30.84", credit: "", "Birch", "3");

    private static readonly string Hosting =
        Row("31", "2026-02-08", "Cash on Hand", "Hosting", "", "20.00", "", "", "Asset", "Cash and Bank")
        + Row("31", "2026-02-08", "Computer – Hosting", "Hosting", "20.00", "", "", "", "Expense", "Operating Expense");

    private ApiServer? _server;
    private Practice? _practice;

    private ApiServer Server => _server!;

    private Practice P => _practice!;

    /// <summary>Two invoices of two clients, one of them paid in part.</summary>
    internal static byte[] GoodFile() => Encoding.UTF8.GetBytes(Header + Acme + AcmePaysPart + Birch);

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(Server);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    [Fact]
    public async Task Invoices_come_in_whole_with_each_payment_on_its_day()
    {
        var report = (await Import(Acme + AcmePaysPart + Birch)).Ok().Json;

        Assert.Equal((2, 2, 0), ((int)report["invoiceCount"]!, (int)report["imported"]!, (int)report["refused"]!));
        Assert.Equal(["Acme", "Birch"], report["newClients"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(["2 2026-01-28 454.50 partly-paid", "3 2026-02-03 30.84 finalized"], await Told());
        Assert.Equal("200.00", await Received("2026-02-10", "2026-02-10"));
        var owed = (await Server.Get(P.Owner, "/v1/receivables?day=2026-12-31")).Ok().Items;
        Assert.Equal(["254.50", "30.84"], owed.Select(row => (string?)row["open"]!["amount"]).Order(StringComparer.Ordinal));
        var lines = (await P.Get($"/v1/invoices/{await IdOf("2")}"))["lines"]!.AsArray();
        Assert.Equal(["Inbox", "Travel booking"], lines.Select(line => (string?)line!["description"]));
    }

    [Fact]
    public async Task What_is_on_no_invoice_is_passed_over_in_words()
    {
        var report = (await Import(Acme + AcmePaysPart + Hosting)).Ok().Json;

        Assert.Equal((8, 3), ((int)report["rowCount"]!, (int)report["passedOver"]!));
        var passed = report["rows"]!.AsArray().Where(row => (string?)row!["outcome"] == "passed-over").ToList();
        Assert.Equal([6, 7, 8], passed.Select(row => (int)row!["row"]!));
        Assert.All(passed, row => Assert.Equal("of-no-invoice", (string?)row!["code"]));
    }

    [Fact]
    public async Task A_later_export_brings_only_what_was_paid_since()
    {
        (await Import(Acme + AcmePaysPart)).Ok();
        var head = await Server.Head();
        var same = (await Import(Acme + AcmePaysPart)).Ok().Json;
        Assert.Equal((0, 1, head), ((int)same["imported"]!, (int)same["alreadyThere"]!, await Server.Head()));

        var dry = (await Import(Acme + AcmePaysPart + AcmePaysTheRest, "?dryRun=true")).Ok().Json;
        Assert.Equal((1, head), ((int)dry["imported"]!, await Server.Head()));
        var later = (await Import(Acme + AcmePaysPart + AcmePaysTheRest)).Ok().Json;

        Assert.Equal((1, 0), ((int)later["imported"]!, (int)later["alreadyThere"]!));
        Assert.Equal(["2 2026-01-28 454.50 paid"], await Told());
        Assert.Equal("454.50", await Received("2026-01-01", "2026-12-31"));
    }

    [Theory]
    [InlineData("taxed-elsewhere", "294.00,,,2026-01-28", "294.00,23.52,Sales Tax,2026-01-28")]
    [InlineData("rows-disagree", "454.50", "454.51")]
    [InlineData("amount-unreadable", ",,294.00,", ",,294.005,")]
    [InlineData("date-unreadable", "11,2026-01-28", "11,28/01/2026")]
    [InlineData("name-missing", ",Acme,,2,", ",,,2,")]
    [InlineData("taken-back-elsewhere", ",,200.00,", ",200.00,,")]
    [InlineData("issued-on-implausible", "11,2026-01-28", "11,2099-01-28")]
    public async Task What_the_ledger_does_not_say_to_the_cent_is_refused_and_the_rest_is_taken(
        string code, string was, string isNow)
    {
        var odd = (Acme + AcmePaysPart).Replace(was, isNow, StringComparison.Ordinal);
        Assert.NotEqual(Acme + AcmePaysPart, odd);

        var report = (await Import(odd + Birch)).Ok().Json;

        Assert.Equal((1, 1), ((int)report["imported"]!, (int)report["refused"]!));
        Assert.Equal([code], Codes(report).Where(found => found != "of-no-invoice").Distinct());
        Assert.Equal(["3 2026-02-03 30.84 finalized"], await Told());
    }

    [Fact]
    public async Task Income_that_is_taken_back_on_the_invoice_is_a_discount()
    {
        var odd = Acme.Replace(",,160.50,", ",160.50,,", StringComparison.Ordinal).Replace("454.50", "133.50", StringComparison.Ordinal);

        var report = (await Import(odd)).Ok().Json;

        Assert.Equal(["line-below-zero"], Codes(report));
        Assert.Equal(["2 2026-01-28 133.50 finalized"], await Told());
    }

    [Fact]
    public async Task A_payment_whose_invoice_is_older_than_the_file_is_refused()
    {
        var report = (await Import(AcmePaysTheRest)).Ok().Json;

        Assert.Equal(["invoice-not-in-file"], Codes(report).Distinct());
        Assert.Equal(1, (int)report["refused"]!);
    }

    [Fact]
    public async Task An_invoice_that_is_charged_twice_is_refused()
    {
        var report = (await Import(Acme + Acme.Replace("11,2026-01-28", "99,2026-01-29", StringComparison.Ordinal))).Ok().Json;

        Assert.Equal(["rows-disagree"], Codes(report).Distinct());
        Assert.Empty(await Told());
    }

    [Fact]
    public async Task Another_file_is_refused_with_the_columns_it_lacks()
    {
        var answer = await Server.PostBytes(P.Owner, "/v1/imports/wave-invoices", "Client,Hours\nAcme,1\n"u8.ToArray(), "text/csv");

        Assert.Equal("not-a-wave-file", answer.ProblemCode);
        Assert.Contains("Transaction ID", answer.Text, StringComparison.Ordinal);
    }

    private static string Income(string id, string day, string account, string amount, string client, string number, string what) =>
        Row(id, day, account, $"{client} - {number} - {what}", "", amount, client, number, "Income", "Income");

    private static string Receivable(string id, string day, string debit, string credit, string client, string number) => Row(
        id, day, "Accounts Receivable", $"{client} - {number}", debit, credit, client, number, "Asset", "System Receivable Invoice");

    private static string Row(
        string id, string day, string account, string what, string debit, string credit, string client, string number, string group,
        string type) =>
        $"{id},{day},{account},{what},{what},{debit}{credit},,{debit},{credit},\"Sales, Services\",{client},,{number},,,"
        + $"{debit}{credit},,,{day},{day},{group},{type},\n";

    private Task<ApiAnswer> Import(string rows, string query = "") => Server.PostBytes(
        P.Owner, $"/v1/imports/wave-invoices{query}", Encoding.UTF8.GetBytes(Header + rows), "text/csv");

    private async Task<IReadOnlyList<string>> Told() => [.. (await Server.Get(P.Owner, "/v1/invoices")).Ok().Items
        .Select(row => $"{row["number"]} {row["issuedOn"]} {row["total"]!["amount"]} {row["status"]}").Order(StringComparer.Ordinal)];

    private async Task<string> IdOf(string number) => (string)(await Server.Get(P.Owner, "/v1/invoices")).Ok().Items
        .Single(row => (string?)row["number"] == number)["invoiceId"]!;

    private async Task<string> Received(string from, string to) => string.Join(
        ' ', (await P.Get($"/v1/cash?from={from}&to={to}"))["received"]!.AsArray().Select(sum => (string?)sum!["amount"]));

    private static IReadOnlyList<string> Codes(JsonObject report) =>
        [.. report["rows"]!.AsArray().Select(row => (string?)row!["code"]).OfType<string>()];
}
