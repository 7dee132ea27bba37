using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using Billing.Api.Hosting;
using Billing.Api.Http;

namespace Billing.Api.Exchange;

/// <summary><c>import FILE</c>: sends a file to a running server and prints what became of each row.</summary>
public static class ImportVerb
{
    public static Command Build()
    {
        var file = new Argument<FileInfo>("file") { Description = "The agency timesheet, a CSV file in UTF-8." };
        var url = new Option<string>("--url")
        {
            Description = "Where the server is.",
            DefaultValueFactory = _ => BillingHost.DefaultUrl,
        };
        var token = new Option<string?>("--token") { Description = "Owner or bookkeeper token; else BILLING_TOKEN is used." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would happen and write nothing." };
        var zone = new Option<string?>("--time-zone") { Description = "IANA zone of the file's dates; else the practice's." };
        var rate = new Option<string?>("--per-hour") { Description = "Rate of engagements that the file brings." };
        var currency = new Option<string?>("--currency") { Description = "Currency of clients that the file brings; else the practice's." };
        var verb = new Command("import", "Brings an agency timesheet into a running server. Safe to run twice.")
        {
            file, url, token, dryRun, zone, rate, currency,
        };
        verb.SetAction((parsed, cancellationToken) => Run(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(url),
            parsed.GetValue(token) ?? Environment.GetEnvironmentVariable("BILLING_TOKEN"),
            [
                ("dryRun", parsed.GetValue(dryRun) ? "true" : null), ("timeZone", parsed.GetValue(zone)),
                ("perHour", parsed.GetValue(rate)), ("currency", parsed.GetValue(currency)),
            ],
            cancellationToken));
        return verb;
    }

    private static async Task<int> Run(
        FileInfo file, string address, string? token, IReadOnlyList<(string Name, string? Value)> settings,
        CancellationToken cancellationToken)
    {
        if (!file.Exists) return await Fail($"There is no file {file.FullName}.");
        if (string.IsNullOrWhiteSpace(token)) return await Fail("Give a token with --token or in BILLING_TOKEN.");
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return await Fail($"'{address}' is no http or https address.");
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var query = string.Join('&', settings.Where(s => s.Value is not null).Select(s => $"{s.Name}={Uri.EscapeDataString(s.Value!)}"));
        using var content = new StreamContent(file.OpenRead());
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        try
        {
            using var response = await http.PostAsync(new Uri(url, $"/v1/imports/agency-timesheet?{query}"), content, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                return await Fail(problem.GetProperty("detail").GetString() ?? response.StatusCode.ToString());
            }
            var report = await response.Content.ReadFromJsonAsync<ImportReport>(ApiJson.Options, cancellationToken);
            Print(report!);
            return report!.Refused == 0 ? 0 : 2;
        }
        catch (HttpRequestException e)
        {
            return await Fail($"The server at {url} cannot be reached: {e.Message}");
        }
    }

    private static void Print(ImportReport report)
    {
        foreach (var row in report.Rows.Where(r => r.Code is not null))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"row {row.Row} (line {row.Line}): {row.Outcome}, {row.Code}: {row.Detail}"));
            Console.WriteLine($"    {row.Text}");
        }
        var hours = report.ImportedSeconds / 3600m;
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(report.IsDryRun ? "Dry run, nothing written: " : "")}{report.RowCount} rows, {report.Imported} imported, " +
            $"{report.AlreadyThere} already there, {report.Refused} refused; {hours:0.##} hours."));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"New: {report.NewClients.Count} clients, {report.NewEngagements.Count} engagements, " +
            $"{report.NewAssistants.Count} assistants."));
    }

    private static async Task<int> Fail(string message)
    {
        await Console.Error.WriteLineAsync(message);
        return 1;
    }
}
