using System.Net;
using System.Text.Json.Nodes;
using Billing.Api.Demo;
using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Payments;
using Billing.EventStore.Port;
using Billing.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Exchange;

/// <summary>The export of everything, taken into an empty installation by the program itself.</summary>
public sealed class PracticeExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-practice-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string ExportFile => Path.Combine(_folder, "practice.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_demo_practice_answers_the_same_bytes_in_the_installation_that_it_was_taken_into()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Billing:Stripe:Platform"] = "true",
            ["Billing:Stripe:ConnectWebhookSecrets:0"] = "whsec_of_accounts",
            ["Billing:PublicUrl"] = "https://billing.example",
        };
        await using var from = await ApiServer.Start(withStripe: true, settings: settings);
        from.StandIn!.Webhooks.AddEndpoint(new Uri(from.Address, "/v1/stripe/connect-webhook"), ["whsec_of_accounts"], connect: true);
        var tokens = await new DemoPractice(from.Services, from.StandIn, from.Address).Make(Stop);
        await Settle(from);
        await Download(from, tokens.Owner);

        // The same Stripe, as after a move to another machine.
        settings["Billing:Stripe:ApiKey"] = ApiServer.StripeKey;
        settings["Billing:Stripe:ApiBase"] = from.StandIn.BaseAddress.GetLeftPart(UriPartial.Authority);
        settings["Billing:Stripe:WebhookSecrets:0"] = ApiServer.WebhookSecret;
        settings["Billing:Stripe:Collects"] = "false";
        await using var to = await ApiServer.Start(settings: settings);
        await to.Restart(async () => Assert.Equal(0, (await Import(to)).ExitCode));
        await to.CatchUp();

        var book = await Book(from);
        var before = await new EveryAnswer(from, tokens.Owner).Collect(book);
        var after = await new EveryAnswer(to, tokens.Owner).Collect(book);
        var answered = before.Count(IsGiven);
        Assert.InRange(answered, 300, int.MaxValue);
        Assert.Contains(before, answer => answer.Key.EndsWith("/pdf", StringComparison.Ordinal) && IsGiven(answer));
        Assert.Equal(before.Keys, after.Keys);
        Assert.All(before, answer => Assert.Equal($"{answer.Key} {answer.Value}", $"{answer.Key} {after[answer.Key]}"));
        Assert.Equal(await Exported(from, tokens.Owner), await Exported(to, tokens.Owner));
        Assert.Empty(to.Errors);
    }

    [Fact]
    public async Task Receipts_and_the_logo_come_along()
    {
        await using var from = await ApiServer.Start();
        var practice = await Practice.Open(from);
        var (receipt, logo) = ("%PDF-1.7 a receipt"u8.ToArray(), PngMaker.Rgb());
        (await from.PostBytes(practice.Owner, $"/v1/expenses/{practice.ExpenseId}/receipts", receipt, "application/pdf")).Ok();
        (await from.PostBytes(practice.Owner, "/v1/business/logo", logo, "image/png")).Ok();
        await Download(from, practice.Owner);
        await using var to = await ApiServer.Start();

        await to.Restart(async () => Assert.Equal(0, (await Import(to)).ExitCode));

        var before = Files(from);
        Assert.True(before.Count >= 2);
        Assert.Equal(before, Files(to));
        Assert.Equal(logo, await PaymentReceiptTests.Download(to, practice.Owner, "/v1/business/logo"));
    }

    [Fact]
    public async Task An_installation_that_is_served_or_holds_a_practice_is_left_as_it_is()
    {
        await using var from = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(from);
        await Download(from, practice.Owner);

        var served = await Import(from);
        await using var other = await ApiServer.Start();
        await Practice.OpenEmpty(other);
        var head = await other.Head();
        await other.Restart(async () =>
        {
            var refused = await Import(other);
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("holds events of another practice, and nothing was imported", refused.Errors, StringComparison.Ordinal);
        });

        Assert.Equal(1, served.ExitCode);
        Assert.Contains("stop the other one", served.Errors, StringComparison.Ordinal);
        Assert.Equal(head, await other.Head());
        Assert.Equal(0, (await ProgramRun.Of("import-practice", "--check", "--from", ExportFile)).ExitCode);
    }

    [Fact]
    public async Task Only_the_owner_gets_it()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.Open(server);

        Assert.Equal(403, (await server.Get(practice.Bookkeeper, "/v1/export")).Code);
        Assert.Equal(403, (await server.Get(practice.Assistant, "/v1/export")).Code);
    }

    /// <summary>Until nobody writes any more: budgets are looked at a moment after the work.</summary>
    private static async Task Settle(ApiServer server)
    {
        for (var head = -1L; head != await server.Head();)
        {
            head = await server.Head();
            await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        }
        await server.CatchUp();
    }

    private static bool IsGiven(KeyValuePair<string, string> answer) => answer.Value.StartsWith("200", StringComparison.Ordinal);

    private async Task Download(ApiServer server, string token) =>
        await File.WriteAllBytesAsync(ExportFile, await Bytes(server, token), Stop);

    private static async Task<byte[]> Bytes(ApiServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/export");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await server.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        return await response.Content.ReadAsByteArrayAsync(Stop);
    }

    /// <summary>All but when it was exported.</summary>
    private static async Task<IReadOnlyList<string>> Exported(ApiServer server, string token)
    {
        var lines = System.Text.Encoding.UTF8.GetString(await Bytes(server, token)).Split('\n');
        var head = JsonNode.Parse(lines[0])!.AsObject();
        head.Remove("exportedAt");
        return [head.ToJsonString(), .. lines[1..]];
    }

    private Task<ProgramRun> Import(ApiServer server) =>
        ProgramRun.Of("import-practice", "--from", ExportFile, $"--Billing:DataFolder={server.DataFolder}");

    private static async Task<BookId> Book(ApiServer server) =>
        (await server.Services.GetRequiredService<IEventStore>().ReadBooks(null, 1, Stop))[0];

    private static IReadOnlyList<string> Files(ApiServer server) =>
    [
        .. Directory.GetFiles(Path.Combine(server.DataFolder, "receipts"), "*", SearchOption.AllDirectories)
            .Select(path => $"{Path.GetRelativePath(server.DataFolder, path)} {new FileInfo(path).Length}").Order(StringComparer.Ordinal),
    ];
}
