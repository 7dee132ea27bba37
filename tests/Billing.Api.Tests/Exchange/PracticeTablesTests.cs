using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Billing.Api.Demo;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;
using CsvHelper;

namespace Billing.Api.Tests.Exchange;

/// <summary>The ZIP of tables: as documented, whole, and harmless in a spreadsheet.</summary>
public sealed partial class PracticeTablesTests
{
    [Fact]
    public async Task Every_table_has_the_columns_that_the_page_documents_and_no_other()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var page = await File.ReadAllTextAsync(
            Path.Combine(Repository.Folder, "docs", "exporting.md"), TestContext.Current.CancellationToken);

        var documented = Documented().Matches(page).ToDictionary(
            row => row.Groups["name"].Value, row => row.Groups["columns"].Value.Replace("`", "", StringComparison.Ordinal));
        var written = await Headers(server, practice.Owner);

        Assert.Equal(
            documented.OrderBy(table => table.Key, StringComparer.Ordinal), written.OrderBy(table => table.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Sums_of_the_demo_practices_tables_are_those_of_its_books()
    {
        await using var server = await ApiServer.Start();
        var tokens = await new DemoPractice(server.Services, null, server.Address).Make(TestContext.Current.CancellationToken);
        await server.CatchUp();
        var tables = await Tables(server, tokens.Owner);

        foreach (var invoice in tables["invoices.csv"])
        {
            var lines = tables["invoice_lines.csv"].Where(line => line["invoice_id"] == invoice["invoice_id"]);
            Assert.Equal(Amount(invoice["total"]), lines.Sum(line => Amount(line["amount"])));
        }
        var open = tables["invoices.csv"].Where(invoice => Amount(invoice["open"]) != 0).GroupBy(invoice => invoice["currency"])
            .Select(of => $"{of.Key} {of.Sum(invoice => Amount(invoice["open"]))}");
        var owed = (await server.Get(tokens.Owner, "/v1/receivables")).Ok().Items
            .GroupBy(row => (string)row!["open"]!["currency"]!)
            .Select(of => $"{of.Key} {of.Sum(row => Amount((string)row!["open"]!["amount"]!))}");
        Assert.Equal(owed.Order(StringComparer.Ordinal), open.Order(StringComparer.Ordinal));
        Assert.Equal(["receipts.csv", "vehicle_years.csv", "retainer_refunds.csv"], tables.Where(table => table.Value.Count == 0).Select(table => table.Key));
        Assert.Contains(
            tables["time_entries.csv"],
            entry => entry["client"].Length > 0 && entry["duration_hours"].Contains('.', StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A1")]
    [InlineData("+1-1")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    public async Task A_text_that_begins_like_a_formula_is_written_as_text(string name)
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(server);
        await practice.Post("/v1/clients", $$"""{"name":"{{name}}","currency":"USD"}""");

        var client = Assert.Single((await Tables(server, practice.Owner))["clients.csv"]);

        Assert.Equal($"'{name}", client["name"]);
    }

    [Fact]
    public async Task Receipts_lie_beside_the_tables_under_the_name_that_a_row_gives_them()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);
        var receipt = "%PDF-1.7 lunch"u8.ToArray();
        (await server.PostBytes(practice.Owner, $"/v1/expenses/{practice.ExpenseId}/receipts", receipt, "application/pdf")).Ok();

        using var zip = await Zip(server, practice.Owner);
        var row = Assert.Single(Rows(zip.GetEntry("receipts.csv")!));

        using var file = zip.GetEntry(row["file"])!.Open();
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal(receipt, bytes.ToArray());
    }

    internal static async Task<Dictionary<string, List<Dictionary<string, string>>>> Tables(ApiServer server, string token)
    {
        using var zip = await Zip(server, token);
        return Csv(zip).ToDictionary(entry => entry.FullName, Rows);
    }

    /// <summary>Of tables without a row, too.</summary>
    private static async Task<Dictionary<string, string>> Headers(ApiServer server, string token)
    {
        using var zip = await Zip(server, token);
        return Csv(zip).ToDictionary(entry => entry.FullName, entry =>
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            return reader.ReadLine()!.Replace(",", ", ", StringComparison.Ordinal);
        });
    }

    private static async Task<ZipArchive> Zip(ApiServer server, string token) =>
        new(new MemoryStream(await PaymentReceiptTests.Download(server, token, "/v1/export.zip")));

    private static List<Dictionary<string, string>> Rows(ZipArchiveEntry entry)
    {
        using var csv = new CsvReader(new StreamReader(entry.Open(), Encoding.UTF8), CultureInfo.InvariantCulture);
        Assert.True(csv.Read() && csv.ReadHeader());
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read()) rows.Add(csv.HeaderRecord!.ToDictionary(column => column, column => csv.GetField(column)!));
        return rows;
    }

    private static IEnumerable<ZipArchiveEntry> Csv(ZipArchive zip) =>
        zip.Entries.Where(entry => entry.Name.EndsWith(".csv", StringComparison.Ordinal));

    private static decimal Amount(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+\.csv)` \| (?<columns>.+) \|\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Documented();
}
