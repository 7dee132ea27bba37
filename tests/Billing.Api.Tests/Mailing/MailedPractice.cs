using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;
using Billing.TestSupport.Smtp;

namespace Billing.Api.Tests.Mailing;

/// <summary>A practice with a client, whose mail goes to a server of this test's own.</summary>
public sealed class MailedPractice : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private MailedPractice(SmtpServer smtp, ApiServer server, Practice practice) =>
        (Smtp, Server, Practice) = (smtp, server, practice);

    public SmtpServer Smtp { get; }

    public ApiServer Server { get; }

    public Practice Practice { get; }

    public static Dictionary<string, string?> Settings(SmtpServer smtp, int timeoutSeconds = 60) => new()
    {
        ["Billing:Mail:Sends"] = "true",
        ["Billing:Mail:Host"] = "127.0.0.1",
        ["Billing:Mail:Port"] = smtp.Port.ToString(CultureInfo.InvariantCulture),
        ["Billing:Mail:From"] = "mail@juniper.example",
        ["Billing:Mail:Security"] = "none",
        ["Billing:Mail:RetrySeconds"] = "0",
        ["Billing:Mail:TimeoutSeconds"] = timeoutSeconds.ToString(CultureInfo.InvariantCulture),
    };

    /// <param name="more">Settings besides.</param>
    public static async Task<MailedPractice> Open(string currency = "USD", params (string Name, string Value)[] more)
    {
        var smtp = new SmtpServer();
        var settings = Settings(smtp);
        foreach (var (name, value) in more) settings[name] = value;
        var server = await ApiServer.Start(settings: settings);
        var practice = await Practice.OpenEmpty(server, "Juniper Assistance", currency);
        await practice.AddClient(currency);
        return new MailedPractice(smtp, server, practice);
    }

    /// <summary>Sends the invoice.</summary>
    /// <returns>The id of the mail.</returns>
    public async Task<Guid> Send(Guid invoice, string body = "{}") => (await Practice.Post($"/v1/invoices/{invoice}:send", body)).Id;

    /// <summary>The mail once it has come so far.</summary>
    public async Task<JsonObject> Becomes(Guid mail, params string[] statuses)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            await Server.CatchUp();
            var answer = await Server.Get(Practice.Owner, $"/v1/mails/{mail}");
            var seen = answer.IsSuccess ? answer.Json["mail"]!.AsObject() : answer.Json;
            if (answer.IsSuccess && statuses.Contains((string?)seen["status"])) return seen;
            if (watch.Elapsed > Limit) Assert.Fail($"It did not come about within {Limit}. Last seen: {seen}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Smtp.DisposeAsync();
    }
}
