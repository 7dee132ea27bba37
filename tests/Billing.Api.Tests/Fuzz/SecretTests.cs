using System.Globalization;
using Billing.Api.Tests.Http;
using Billing.TestSupport;
using Billing.TestSupport.Smtp;

namespace Billing.Api.Tests.Fuzz;

/// <summary>A secret is told once, to whom it is for. It stands in no log, no event, no error and no read model.</summary>
public sealed class SecretTests
{
    private const string SmtpPassword = "smtp-password-of-these-tests-0001";

    /// <summary>All that the program says; of the server below it, as much as <c>BillingHost</c> lets through.</summary>
    internal static readonly Dictionary<string, string?> Verbose = new()
    {
        ["Logging:LogLevel:Default"] = "Trace",
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:System"] = "Warning",
    };

    [Fact]
    public async Task No_secret_stands_in_a_log_a_refusal_or_a_file()
    {
        await using var smtp = new SmtpServer();
        var settings = new Dictionary<string, string?>(Verbose)
        {
            ["Billing:Mail:Host"] = "127.0.0.1",
            ["Billing:Mail:Port"] = smtp.Port.ToString(CultureInfo.InvariantCulture),
            ["Billing:Mail:From"] = "mail@juniper.example",
            ["Billing:Mail:Security"] = "none",
            ["Billing:Mail:RetrySeconds"] = "0",
            ["Billing:Mail:User"] = "juniper",
            ["Billing:Mail:Password"] = SmtpPassword,
            ["Billing:Mail:TimeoutSeconds"] = "5",
        };
        var watch = new SecretWatch();
        await using var server = await ApiServer.Start(withStripe: true, settings: settings, log: watch);
        watch.Watch(ApiServer.OperatorToken, ApiServer.StripeKey, ApiServer.WebhookSecret, SmtpPassword);

        var practice = await Practice.Open(server);
        var pages = await PageRequests.Of(server, practice);
        var spare = await practice.IssueToken(practice.OwnerId);
        watch.Watch([practice.Owner, practice.Assistant, practice.OtherAssistant, practice.Bookkeeper, spare.Token, .. pages.Secrets]);
        var refusals = await Refusals(server, practice, spare.Token, pages.Secrets);

        Assert.DoesNotContain(refusals, answer => watch.IsIn(answer.Text + string.Join(' ', answer.Headers.Values)));
        Assert.Empty(watch.Lines);
        await server.CatchUp();
        var files = Directory.EnumerateFiles(server.DataFolder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) != ".lock").ToList();
        Assert.Contains(files, file => Path.GetFileName(file) == "events.db");
        foreach (var file in files)
        {
            var found = watch.FoundIn(OpenFile.Bytes(file)).ToList();
            Assert.True(found.Count == 0, $"{file} holds {string.Join(' ', found)}");
        }
        Assert.True(watch.Count > 0 && watch.FoundIn(System.Text.Encoding.UTF8.GetBytes($"x{practice.Owner}")).Any());
    }

    /// <summary>Refusals of requests that bring secrets, right and wrong, where they belong and where they do not.</summary>
    private static async Task<IReadOnlyList<ApiAnswer>> Refusals(
        ApiServer server, Practice practice, string token, IEnumerable<string> links)
    {
        await practice.Post($"/v1/invoices/{practice.InvoiceId}:send", "{}");
        var answers = new List<ApiAnswer>
        {
            await server.Get(token + "x", "/v1/me"), await server.Get(ApiServer.OperatorToken, "/v1/me"),
            await server.Get(practice.Assistant, "/v1/tokens"), await server.Post(practice.Owner, "/v1/businesses", "{}"),
            await server.Get(token, $"/v1/clients?limit={token}"), await server.Get(token, $"/v1/{token}"),
            await server.Post(token, "/v1/clients", $$"""{"name":"A","currency":"{{token}}"}"""),
            await server.Post(token, $"/v1/invoices/{practice.InvoiceId}:checkout", "{}"),
            await server.Post(token, "/v1/stripe/webhook", "{}", ("Stripe-Signature", $"t=1,v1={ApiServer.WebhookSecret}")),
        };
        foreach (var link in links)
            foreach (var page in new[] { "i", "q", "t", "c" }) answers.Add(await server.Get(null, $"/{page}/{link}/nothing-here"));
        Assert.Contains(answers, answer => answer.Code == 400);
        return [.. answers.Where(answer => answer.Code >= 400)];
    }
}
