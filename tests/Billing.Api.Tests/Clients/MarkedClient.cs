using System.Text;
using Billing.Api.Mailing;
using Billing.Api.Tests.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Clients;

/// <summary>
/// A client of whom each text holds a word that is found nowhere else, so that its traces can be looked for byte by byte.
/// </summary>
internal sealed class MarkedClient
{
    /// <summary>Gone at once: what was noted of work, offered and agreed.</summary>
    public static readonly string[] AtOnce = ["ZqFreeWork", "zqfreeworktag", "zqentrynotetag", "ZqQuoteTitle", "ZqQuoteLine", "ZqRetainer"];

    /// <summary>Kept with the documents: the invoice names its buyer and the work, the voucher what was bought.</summary>
    public static readonly string[] WithDocuments =
        ["ZqName", "ZqStreet", "zq-contact@example.test", "ZqPayReference", "ZqExpenseNote", "ZqEngagement", "ZqEntryNote"];

    public static readonly string[] All = [.. AtOnce, .. WithDocuments];

    private readonly ApiServer _server;
    private readonly string _owner;
    private Guid _engagement;

    private MarkedClient(ApiServer server, string owner) => (_server, _owner) = (server, owner);

    public Guid Id { get; private set; }

    /// <param name="owner">The token of the practice's owner.</param>
    public static async Task<MarkedClient> Add(ApiServer server, string owner)
    {
        var marked = new MarkedClient(server, owner);
        marked.Id = (await marked.Post("/v1/clients",
            """{"name":"ZqName","email":"zq-contact@example.test","addressLines":["ZqStreet 1"],"currency":"USD"}""")).Id;
        marked._engagement = (await marked.Post("/v1/engagements", $$"""{"clientId":"{{marked.Id}}","name":"ZqEngagement"}""")).Id;
        await marked.Post($"/v1/engagements/{marked._engagement}:set-rate",
            """{"perHour":{"amount":"40","currency":"USD"},"validFrom":"2026-01-01"}""");
        await marked.Log("ZqFreeWork", billable: false);
        await marked.Post("/v1/quotes", $$$"""
            {"clientId":"{{{marked.Id}}}","title":"ZqQuoteTitle","validUntil":"{{{Practice.DaysFromNow(60)}}}","lines":[{"description":"ZqQuoteLine","quantity":"1","unitPrice":{"amount":"10.00","currency":"USD"} }]}
            """);
        await marked.Post("/v1/retainers", $$"""{"clientId":"{{marked.Id}}","name":"ZqRetainer"}""");
        return marked;
    }

    public Task<ApiAnswer> Log(string note, bool billable) => Log(_server, _owner, _engagement, note, billable);

    /// <summary>An hour, with a tag that is made of the note.</summary>
    public static async Task<ApiAnswer> Log(ApiServer server, string owner, Guid engagement, string note, bool billable) =>
        (await server.Post(owner, "/v1/time-entries", $$"""
            {"engagementId":"{{engagement}}","workedOn":"2026-04-03","durationSeconds":3600,"note":"{{note}}","tags":["{{note.ToLowerInvariant()}}tag"],"billable":{{(billable ? "true" : "false")}}}
            """)).Ok();

    /// <summary>Worked, rebilled, invoiced, paid, and a receipt mailed by the given server.</summary>
    /// <returns>The invoice.</returns>
    public async Task<Guid> Bill(ApiServer mailing)
    {
        await Log("ZqEntryNote", billable: true);
        await Post("/v1/expenses", $$$"""
            {"amount":{"amount":"19.99","currency":"USD"},"category":"office-expense","paidOn":"2026-04-05","clientId":"{{{Id}}}","note":"ZqExpenseNote","rebill":false}
            """);
        var invoice = (await Post("/v1/invoices", $$"""{"clientId":"{{Id}}","through":"2026-04-30"}""")).Id;
        await Post($"/v1/invoices/{invoice}:finalize", """{"issuedOn":"2026-05-01"}""");
        var payment = (await Post("/v1/payments", $$$"""
            {"invoiceId":"{{{invoice}}}","amount":{"amount":"40.00","currency":"USD"},"method":"transfer","receivedOn":"2026-05-02","reference":"ZqPayReference"}
            """)).Id;
        await Post($"/v1/payments/{payment}:send-receipt", "{}");
        await mailing.CatchUp();
        await mailing.Services.GetRequiredService<Outbox>().Look(TestContext.Current.CancellationToken);
        await mailing.CatchUp();
        return invoice;
    }

    public Task<ApiAnswer> Erase() => Post($"/v1/clients/{Id}:erase", "{}");

    /// <summary>
    /// Of every question that has an answer about this client, their invoice, or a list; refused ones do no harm.
    /// </summary>
    public async Task<string> EveryAnswer(ApiServer server, Guid invoice)
    {
        var all = new StringBuilder();
        var paths = server.Routes.Keys.Where(route => route.StartsWith("GET /v1/", StringComparison.Ordinal)).Select(route => route[4..]
            .Replace("/clients/{id:guid}", $"/clients/{Id}", StringComparison.Ordinal)
            .Replace("/engagements/{id:guid}", $"/engagements/{_engagement}", StringComparison.Ordinal)
            .Replace("/invoices/{id:guid}", $"/invoices/{invoice}", StringComparison.Ordinal));
        // The live stream never ends; it tells what the changes tell.
        foreach (var path in paths.Where(path => !path.Contains('{', StringComparison.Ordinal) && path != "/v1/events"))
        {
            var answer = await server.Get(_owner, path);
            Assert.True(answer.Code < 500, $"{path}: {answer}");
            all.Append(answer.Text);
        }
        foreach (var page in new[] { "/", "/clients/" + Id, "/time", "/time/week", "/expenses", "/reports" })
        {
            var answer = await server.Get(null, page, ("Cookie", $"billing-session={_owner}"));
            Assert.True(answer.Code < 500, $"{page}: {answer}");
            all.Append(answer.Text);
        }
        return all.ToString();
    }

    private async Task<ApiAnswer> Post(string path, string body) => (await _server.Post(_owner, path, body)).Ok();
}
