using System.Security.Cryptography;
using Billing.Api.Tests.Exchange;
using Billing.TestSupport;

namespace Billing.Api.Tests.Http;

/// <summary>A file that the endpoint takes.</summary>
internal sealed record GoodFile(string Path, byte[] Bytes, string MediaType);

/// <summary>Good requests for endpoints that are <see cref="Endpoints.Special"/>, as far as a <see cref="Practice"/> alone makes them good.</summary>
internal static class SpecialRequests
{
    private const string Statement = "Date,Amount,Name\n2026-02-11,120.00,Acme Dental\n2026-02-12,40.00,Birch\n2026-02-13,-9.50,Northcloud\n";

    private static readonly byte[] Receipt = "%PDF-1.7"u8.ToArray();

    private static readonly string[] TimePrograms = ["toggl", "clockify", "harvest", "solidtime", "kimai"];

    public static IReadOnlyDictionary<string, GoodRequest> Commands(Practice p) => Bodies(p, $"/v1/invoices/{p.InvoiceId}")
        .ToDictionary(e => $"POST {e.Name}", e => new GoodRequest(e.Path, e.Body), StringComparer.Ordinal);

    public static IReadOnlyDictionary<string, GoodRequest> Queries(Practice p) => new Dictionary<string, GoodRequest>
    {
        ["GET /v1/business/logo"] = new("/v1/business/logo", null),
        ["GET /v1/expenses/{id:guid}/receipts/{hash}"] =
            new($"/v1/expenses/{p.ExpenseId}/receipts/{Convert.ToHexStringLower(SHA256.HashData(Receipt))}", null),
    };

    public static IReadOnlyDictionary<string, GoodFile> Files(Practice p) => Uploads(p)
        .ToDictionary(e => $"POST {e.Name}", e => new GoodFile(e.Path, e.Bytes, e.MediaType), StringComparer.Ordinal);

    private static IEnumerable<(string Name, string Path, string Body)> Bodies(Practice p, string invoice) =>
    [
        ("/v1/tax-years/{year:int}:what-if", "/v1/tax-years/2026:what-if",
            """{"changes":[{"kind":"contribution","plan":"sep","amount":{"amount":"100.00","currency":"USD"}}]}"""),
        ("/v1/retainers/{id:guid}:simulate", $"/v1/retainers/{p.BlockId}:simulate",
            $$"""{"from":"2026-01-01","through":"2026-12-31","terms":{{Endpoints.BlockTerms}}}"""),
        ("/v1/retainers/{id:guid}:refund", $"/v1/retainers/{p.BlockId}:refund", "{}"),
        ("/v1/payments/{id:guid}:refund", $"/v1/payments/{p.PaymentId}:refund", "{}"),
        ("/v1/invoices/{id:guid}:drop-rebill", $"{invoice}:drop-rebill", $$"""{"fingerprint":"{{new string('a', 64)}}"}"""),
        ("/v1/invoices/{id:guid}:accept-rebill", $"{invoice}:accept-rebill",
            $$"""{"fingerprint":"{{new string('a', 64)}}","way":"delta","issuedOn":"2026-04-02"}"""),
        ("/v1/invoices/{id:guid}:charge-late-fee", $"{invoice}:charge-late-fee", "{}"),
        ("/v1/invoices/{id:guid}:apply-credit", $"{invoice}:apply-credit", "{}"),
        ("/v1/invoices/{id:guid}:take-credit-off", $"{invoice}:take-credit-off", "{}"),
        ("/v1/webhooks", "/v1/webhooks", """{"url":"http://127.0.0.1:9/","description":"Books"}"""),
        ("/v1/reminders:send-due", "/v1/reminders:send-due", "{}"),
        ("/v1/recurring-invoices:run-due", "/v1/recurring-invoices:run-due", "{}"),
        ("/v1/time-entries:sync", "/v1/time-entries:sync", """{"items":[]}"""),
        .. new[] { "business", "clients/{id:guid}", "engagements/{id:guid}" }.Select(of => Preview(p, of, "preview-rate")),
        .. new[] { "business", "engagements/{id:guid}" }.Select(of => Preview(p, of, "preview-surcharges")),
        .. new[] { "preview-time-rule", "preview-billing-mode" }.Select(verb => Preview(p, "engagements/{id:guid}", verb)),
    ];

    private static IEnumerable<(string Name, string Path, byte[] Bytes, string MediaType)> Uploads(Practice p) =>
    [
        ("/v1/business/logo", "/v1/business/logo", PngMaker.Rgb(), "image/png"),
        ("/v1/expenses/{id:guid}/receipts", $"/v1/expenses/{p.ExpenseId}/receipts", Receipt, "application/pdf"),
        ("/v1/mail-reports", "/v1/mail-reports", Mailing.Reports.Postfix(p.MailId), "message/rfc822"),
        ("/v1/server/mail-reports", "/v1/server/mail-reports", Mailing.Reports.Postfix(p.MailId), "message/rfc822"),
        ("/v1/bank-statements", "/v1/bank-statements", System.Text.Encoding.UTF8.GetBytes(Statement), "text/csv"),
        ("/v1/imports/agency-timesheet", "/v1/imports/agency-timesheet", File.ReadAllBytes(TimesheetFiles.Sample), "text/csv"),
        ("/v1/imports/freshbooks-invoices", "/v1/imports/freshbooks-invoices", FreshBooksImportTests.GoodFile(), "text/csv"),
        ("/v1/imports/wave-invoices", "/v1/imports/wave-invoices", WaveImportTests.GoodFile(), "text/csv"),
        .. TimePrograms.Select(program => ($"/v1/imports/{program}", $"/v1/imports/{program}?timeZone=UTC",
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Exchange", "Files", $"{program}.csv")), "text/csv")),
    ];

    private static (string, string, string) Preview(Practice p, string of, string verb)
    {
        var id = of.StartsWith("clients", StringComparison.Ordinal) ? p.ClientId : p.EngagementId;
        return ($"/v1/{of}:{verb}", $"/v1/{of.Replace("{id:guid}", id.ToString(), StringComparison.Ordinal)}:{verb}", Endpoints.PreviewBody(verb));
    }
}
