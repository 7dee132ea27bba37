using System.Diagnostics;
using System.Text;
using Billing.Api.Clients;
using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Http;
using Billing.Domain.Clients;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Sqlite;
using Billing.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Billing.Api.Tests.Clients;

/// <summary>Erasing a client of whom each text holds a word that is found nowhere else.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    /// <summary>Whose answers are the same after an erasure.</summary>
    internal static readonly string[] Reports =
    [
        "/v1/journal", "/v1/reports/trial-balance?from=2026-01-01&to=2026-12-31",
        "/v1/reports/profit-and-loss?from=2026-01-01&to=2026-12-31", "/v1/reports/two-clocks?from=2026-01-01&to=2026-12-31",
        "/v1/reports/work?from=2026-01-01&to=2026-12-31&by=month", "/v1/reports/sales-tax?from=2026-01-01&to=2026-12-31",
        "/v1/receivables", "/v1/unearned", "/v1/sales-tax/returns?year=2026",
    ];

    private static readonly TimeSpan FreeingLimit = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("billing-erasure-").FullName;
    private ApiServer? _server;
    private Practice? _practice;

    private ApiServer Server => _server!;

    private Practice P => _practice!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.OpenEmpty(Server);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task After_an_erasure_no_word_is_found_anywhere_and_no_amount_has_changed()
    {
        var (client, other) = (await AddMarkedClient(), await AddOther());
        var invoice = await client.Bill(Server);
        await Settle();
        Assert.NotEmpty(Found(Files("read.db"), MarkedClient.AtOnce));
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(Server.DataFolder, "outbox")));
        var before = await Answers(Reports);
        var pdf = await Pdf(invoice);
        var link = (await ProgramRun.Of("verify", Setting)).Output;
        Assert.Equal(0, (await ProgramRun.Of("backup", "--to", In("before.db"), Setting)).ExitCode);

        await client.Erase();
        await Settle();

        Assert.Equal(before, await Answers(Reports));
        Assert.Empty(Found(Files("events.db"), MarkedClient.All));
        await UntilGone(MarkedClient.AtOnce);
        Assert.Empty(Found([In("before.db")], MarkedClient.All));
        Assert.Empty(Directory.GetFiles(Path.Combine(Server.DataFolder, "outbox")));
        var told = await client.EveryAnswer(Server, invoice);
        Assert.DoesNotContain(MarkedClient.AtOnce, marker => told.Contains(marker, StringComparison.Ordinal));
        var view = await P.Get($"/v1/clients/{client.Id}");
        Assert.Equal((null, null), ((string?)view["name"], (string?)view["email"]));
        Assert.Equal("2033-12-31", (string?)view["documentsUntil"]);
        Assert.Equal(pdf, await Pdf(invoice));
        Assert.Equal("Beech", (string?)(await P.Get($"/v1/clients/{other}"))["name"]);
        var verified = await ProgramRun.Of("verify", Setting);
        Assert.Equal((0, true), (verified.ExitCode, verified.Output != link));
        Assert.Equal(0, (await ProgramRun.Of("verify", "--store", $"sqlite:{In("before.db")}")).ExitCode);
        Assert.Empty(Server.Errors);
    }

    /// <summary>What was issued stays, to the byte.</summary>
    private async Task<string> Pdf(Guid invoice)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/invoices/{invoice:D}/pdf");
        request.Headers.Authorization = new("Bearer", P.Owner);
        using var response = await Server.Http.SendAsync(request, Stop);
        Assert.True(response.IsSuccessStatusCode);
        return Convert.ToHexString(await response.Content.ReadAsByteArrayAsync(Stop));
    }

    [Fact]
    public async Task A_backup_from_before_tells_nothing_of_the_client_and_everything_of_others()
    {
        var (client, other) = (await AddMarkedClient(), await AddOther());
        await client.Bill(Server);
        await Settle();
        await ProgramRun.Of("backup", "--to", In("before.db"), Setting);
        await ProgramRun.Of("backup-keys", "--to", In("keys-before.db"), Setting);

        await client.Erase();
        Assert.Equal(0, (await ProgramRun.Of("restore-keys", "--from", In("keys-before.db"), Setting)).ExitCode);
        Assert.Equal(0, (await ProgramRun.Of("backup-keys", "--to", In("keys-after.db"), Setting)).ExitCode);

        await using var backup = SqliteEventReader.Open(In("before.db"));
        using var keys = new KeyRing(SqliteKeyHome.Open(In("keys-after.db")), master: null, Guid.CreateVersion7);
        var seal = new EventSeal(keys);
        var opened = (await backup.ReadFeed(0, 1_000, Stop)).Select(seal.Open).ToList();
        string[] documents = ["invoice-", "payment-", "expense-"];
        var text = string.Concat(opened.Select(e => Encoding.UTF8.GetString(e.Confidential.Span)));
        // Of what stays sealed the bytes are by chance, and may read like anything.
        var others = string.Concat(opened
            .Where(e => e.ConfidentialKey is null && !documents.Any(of => e.Stream.StartsWith(of, StringComparison.Ordinal)))
            .Select(e => Encoding.UTF8.GetString(e.Confidential.Span)));
        Assert.DoesNotContain(MarkedClient.AtOnce, marker => text.Contains(marker, StringComparison.Ordinal));
        Assert.DoesNotContain("Zq", others, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("ZqName", text, StringComparison.Ordinal);
        Assert.Contains("BeechNote", text, StringComparison.Ordinal);
        Assert.All(
            opened.Where(e => e.Stream == $"client-{other:D}"), e => Assert.True(e.ConfidentialKey is null && !e.Confidential.IsEmpty));
        Assert.Contains(opened, e => e.Stream == $"client-{client.Id:D}" && e.ConfidentialKey is not null);
    }

    [Fact]
    public async Task A_client_without_documents_is_erased_with_everything()
    {
        var client = await AddMarkedClient();
        var until = (await P.Get($"/v1/clients/{client.Id}/erasure"))["documentsUntil"];
        await client.Erase();
        await Settle();

        Assert.Null(until);
        await UntilGone(MarkedClient.All);
        var keys = Server.Services.GetRequiredService<KeyRing>();
        Assert.Null(keys.KeyOf(new BookId(P.Id), new KeyOwner(client.Id, KeyUse.Documents)).Bytes);
        var described = await Server.Post(P.Owner, $"/v1/clients/{client.Id}:describe", """{"name":"Again","addressLines":[]}""");
        Assert.Equal((409, "client-erased"), (described.Code, (string?)described.Json["code"]));
        Assert.Equal(200, (await Server.Post(P.Owner, $"/v1/clients/{client.Id}:erase", "{}")).Code);
    }

    [Fact]
    public async Task What_is_unfinished_stands_in_the_way_and_is_told_before()
    {
        var client = await AddMarkedClient();
        await client.Log("ZqEntryNote", billable: true);
        await Refused("work-unbilled");
        var draft = (await P.Post("/v1/invoices", $$"""{"clientId":"{{client.Id}}","through":"2026-04-30"}""")).Id;
        Assert.Equal(
            ["work-unbilled", "drafts-open"],
            (await P.Get($"/v1/clients/{client.Id}/erasure"))["hindrances"]!.AsArray().Select(one => (string)one!["code"]!));
        await P.Post($"/v1/invoices/{draft}:finalize", """{"issuedOn":"2026-05-01"}""");
        await Refused("invoices-open");
        await P.Pay(draft, "40.00", "2026-05-02");

        var tried = await P.Post($"/v1/clients/{client.Id}:erase?dryRun=true", """{"keepYears":12}""");
        Assert.Equal("2038-12-31", (string?)tried.Json["wouldWrite"]![0]!["data"]!["documentsUntil"]);
        Assert.Equal("ZqName", (string?)(await P.Get($"/v1/clients/{client.Id}"))["name"]);

        async Task Refused(string code)
        {
            var answer = await Server.Post(P.Owner, $"/v1/clients/{client.Id}:erase", "{}");
            Assert.Equal((409, code), (answer.Code, (string?)answer.Json["code"]));
        }
    }

    [Fact]
    public async Task An_erasure_that_a_crash_cut_short_is_finished_later()
    {
        var client = await AddMarkedClient();
        var store = Server.Services.GetRequiredService<IEventStore>();
        var now = SystemClock.Instance.GetCurrentInstant();
        var erased = EventCodec.Encode(Guid.CreateVersion7(), new ClientEvent.ClientErased(null, now));
        var metadata = new EventMetadata("test", Guid.CreateVersion7(), Guid.CreateVersion7(), now);
        await store.Append(new AppendRequest(
            new BookId(P.Id), [new StreamAppend($"client-{client.Id:D}", StreamAppend.AnyVersion, [erased])], [], metadata), Stop);

        var keys = Server.Services.GetRequiredService<KeyRing>();
        for (var n = 0; n < 300 && keys.KeyOf(new BookId(P.Id), new KeyOwner(client.Id, KeyUse.Contact)).Bytes is not null; n++)
            await Task.Delay(100, Stop);
        await Settle();

        Assert.Null(keys.KeyOf(new BookId(P.Id), new KeyOwner(client.Id, KeyUse.Contact)).Bytes);
        await UntilGone(MarkedClient.All);
    }

    [Fact]
    public async Task Every_word_is_sealed_and_of_clients_things_none_with_the_practices_key()
    {
        var practice = await Practice.Open(Server, "Everything");
        var key = Server.Services.GetRequiredService<KeyRing>().KeyOf(new BookId(practice.Id), new KeyOwner(null, KeyUse.Documents)).Id;
        await using var file = SqliteEventReader.Open(Path.Combine(Server.DataFolder, "events.db"));
        var events = await file.ReadBook(new BookId(practice.Id), 0, 1_000, Stop);
        var worded = events.Where(stored => !stored.Confidential.IsEmpty).ToList();

        Assert.True(worded.Count > 20);
        Assert.DoesNotContain(worded, stored => stored.ConfidentialKey is null);
        var ofPractice = worded.Where(stored => stored.ConfidentialKey == key).Select(stored => stored.Type).ToHashSet();
        Assert.DoesNotContain(ofPractice, type => type.StartsWith("client-", StringComparison.Ordinal)
            || type.StartsWith("engagement-", StringComparison.Ordinal) || type.StartsWith("quote-", StringComparison.Ordinal)
            || type.StartsWith("retainer-", StringComparison.Ordinal) || type.StartsWith("invoice-", StringComparison.Ordinal)
            || type.StartsWith("credit-", StringComparison.Ordinal) || type.StartsWith("mail-", StringComparison.Ordinal)
            || type.StartsWith("time-", StringComparison.Ordinal) || type.StartsWith("recurring-invoice-", StringComparison.Ordinal));
        Assert.Contains("business-opened.v1", ofPractice);
    }

    private IEnumerable<string> Files(string name) => Directory.GetFiles(Server.DataFolder, $"{name}*")
        .Where(path => !path.EndsWith(".lock", StringComparison.Ordinal));

    private string Setting => $"--Billing:DataFolder={Server.DataFolder}";

    private string In(string name) => Path.Combine(_folder, name);

    private Task<MarkedClient> AddMarkedClient() => MarkedClient.Add(Server, P.Owner);

    private async Task<Guid> AddOther()
    {
        var other = (await P.Post("/v1/clients", """{"name":"Beech","currency":"USD"}""")).Id;
        var engagement = (await P.Post("/v1/engagements", $$"""{"clientId":"{{other}}","name":"Calls"}""")).Id;
        await MarkedClient.Log(Server, P.Owner, engagement, "BeechNote", billable: false);
        return other;
    }

    private async Task Settle()
    {
        await Server.CatchUp();
        Server.Services.GetRequiredService<ErasureDesk>().Listen();
        await Server.CatchUp();
    }

    private async Task<string> Answers(IEnumerable<string> paths)
    {
        var all = new StringBuilder();
        foreach (var path in paths) all.AppendLine((await Server.Get(P.Owner, path)).Ok().Text);
        return all.ToString();
    }

    /// <summary>Whoever waits for the rows does not wait for what is left of the old ones in the file.</summary>
    private async Task UntilGone(IReadOnlyList<string> markers)
    {
        var watch = Stopwatch.StartNew();
        while (Found(Files("read.db"), markers) is { Count: > 0 } found)
        {
            Assert.True(watch.Elapsed < FreeingLimit, $"Still there: {string.Join(", ", found)}.");
            await Task.Delay(TimeSpan.FromMilliseconds(50), Stop);
        }
    }

    private static List<string> Found(IEnumerable<string> files, IEnumerable<string> markers)
    {
        var found = new List<string>();
        foreach (var file in files)
        {
            var bytes = OpenFile.Bytes(file);
            found.AddRange(markers.Where(marker => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(marker)) >= 0)
                .Select(marker => $"{marker} in {Path.GetFileName(file)}"));
        }
        return found;
    }
}
