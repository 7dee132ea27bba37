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
        var file = new Argument<FileInfo>("file") { Description = "The file, CSV in UTF-8." };
        var from = new Option<string>("--from")
        {
            Description = "The program that wrote the file.",
            DefaultValueFactory = _ => ImportEndpoints.AgencySource,
        };
        from.AcceptOnlyFromAmong([ImportEndpoints.AgencySource, .. TimeFile.All.Select(known => known.Name)]);
        var url = new Option<string>("--url")
        {
            Description = "Where the server is.",
            DefaultValueFactory = _ => BillingHost.DefaultUrl,
        };
        var token = new Option<string?>("--token") { Description = "Owner or bookkeeper token; else BILLING_TOKEN is used." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would happen and write nothing." };
        var addMembers = new Option<bool>("--add-members") { Description = "Make assistants of people who are unknown." };
        var verb = new Command("import", "Brings time of another program into a running server. Safe to run twice.")
        {
            file, from, url, token, dryRun, addMembers,
        };
        var texts = Texts.Select(text =>
            (text.Parameter, Option: new Option<string?>(text.Option) { Description = text.Meaning })).ToList();
        foreach (var text in texts) verb.Options.Add(text.Option);
        verb.SetAction((parsed, cancellationToken) => Run(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(from), parsed.GetRequiredValue(url),
            parsed.GetValue(token) ?? Environment.GetEnvironmentVariable("BILLING_TOKEN"),
            [
                ("dryRun", parsed.GetValue(dryRun) ? "true" : null), ("addMembers", parsed.GetValue(addMembers) ? "true" : null),
                .. texts.Select(text => (text.Parameter, parsed.GetValue(text.Option))),
            ],
            cancellationToken));
        return verb;
    }

    private static readonly (string Option, string Parameter, string Meaning)[] Texts =
    [
        ("--time-zone", "timeZone", "IANA zone of the file's dates and clocks."),
        ("--per-hour", "perHour", "Rate of engagements that the file brings; else the file's own."),
        ("--currency", "currency", "Currency of clients that the file brings; else the practice's."),
        ("--date-form", "dateForm", $"How the file writes days: {string.Join(", ", WrittenDates.Forms)}."),
        ("--decimal", "decimal", "How the file writes decimals: point or comma."),
        ("--client", "clientName", "The client of rows that name none."),
        ("--engagement", "engagementName", "The engagement of rows that name no project."),
        ("--member", "memberName", "Whose time all rows are, whatever names they have."),
        ("--billed-before", "billedBefore", "Work that was billed elsewhere: not-billable, or billable."),
        ("--overlaps", "overlaps", "Work that overlaps with other work: refuse, or as-day."),
    ];

    private static async Task<int> Run(
        FileInfo file, string source, string address, string? token, IReadOnlyList<(string Name, string? Value)> settings,
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
            using var response = await http.PostAsync(new Uri(url, $"/v1/imports/{source}?{query}"), content, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var problem = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
                return await Fail(Said(problem));
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

    /// <summary>Where parameters are wrong, what is said of each of them; else what is said of all.</summary>
    private static string Said(JsonElement problem) => problem.TryGetProperty("errors", out var errors)
        ? string.Join('\n', errors.EnumerateArray().Select(error => error.GetProperty("detail").GetString()))
        : problem.GetProperty("detail").GetString()!;

    private static void Print(ImportReport report)
    {
        foreach (var row in report.Rows.Where(r => r.Code is not null))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"row {row.Row} (line {row.Line}): {row.Outcome}, {row.Code}: {row.Detail}"));
            Console.WriteLine($"    {row.Text}");
        }
        if (report.DateForm is not null) Console.WriteLine($"Days were read as {report.DateForm}, decimals with a {report.Decimal}.");
        if (report.UnusedColumns.Count > 0) Console.WriteLine($"Nothing was taken from: {string.Join(", ", report.UnusedColumns)}.");
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
