using System.Net;
using System.Text.RegularExpressions;
using Billing.Api.Tests.Hosting;

namespace Billing.Api.Tests.Journeys;

/// <summary>
/// A practice in Chicago, its assistant in Manila and its clients, who go through the three journeys over HTTP step by step.
/// Each step checks what it sees; all days lie before the one on which this was written, and no figure depends on today.
/// </summary>
public sealed partial class PracticeJourney : IAsyncDisposable
{
    private readonly ServerWithStripe _server;
    private readonly LastWrite _lastWrite = new();
    private readonly Person _owner;
    private readonly Person _visitor;
    private Person? _assistant;
    private Guid _ana;
    private Guid _acme;
    private Guid _calder;
    private Guid _inbox;
    private Guid _research;

    private PracticeJourney(ServerWithStripe server)
    {
        _server = server;
        _owner = new Person(server.Address, server.Process.OwnerToken, _lastWrite);
        _visitor = new Person(server.Address);
    }

    public ServerProcess Process => _server.Process;

    private Person Assistant => _assistant ?? throw new InvalidOperationException("The practice is not open yet.");

    public static async Task<PracticeJourney> Begin()
    {
        var journey = new PracticeJourney(await ServerWithStripe.Start());
        try
        {
            await journey.OpenPractice();
            return journey;
        }
        catch
        {
            await journey.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills the server and starts it again. What it had acknowledged is there, and these addresses answer as before.</summary>
    public async Task LoseNothing(params string[] unchanged)
    {
        var before = await Read(unchanged);
        await _server.Process.KillAndRestart();
        var health = (await _visitor.Get("/health")).Ok();
        Assert.True(health.Whole("head") >= _lastWrite.Position, $"{_lastWrite.Position} was acknowledged: {health.Text}");
        Assert.Equal(before, await Read(unchanged));
    }

    /// <summary>Waits until the read models have everything that is in the books.</summary>
    public Task CatchUp() => Eventually.Is(
        () => _visitor.Get("/health"), health => health.Ok().Whole("readModels") == health.Whole("head"));

    public async ValueTask DisposeAsync()
    {
        _assistant?.Dispose();
        _owner.Dispose();
        _visitor.Dispose();
        await _server.DisposeAsync();
    }

    private async Task OpenPractice()
    {
        (await _owner.Post("/v1/business:move", new { timeZone = "America/Chicago" })).Ok();
        (await _owner.Post("/v1/business:describe", new
        {
            name = "Juniper Assistance",
            addressLines = new[] { "1 Main St", "Austin, TX 78701" },
            email = "billing@juniper.example",
        })).Ok();
        (await _owner.Post("/v1/business:set-invoicing-policy", new
        {
            numberPrefix = "JA",
            paymentTermsDays = 14,
            rounding = new { incrementSeconds = 0, direction = "nearest", scope = "line" },
        })).Ok();
        _ana = (await _owner.Post(
            "/v1/members", new { name = "Ana Reyes", role = "assistant", timeZone = "Asia/Manila" })).Ok().Id;
        var token = (await _owner.Post("/v1/tokens", new { memberId = _ana, label = "phone" })).Ok().String("token");
        _assistant = new Person(_server.Address, token, _lastWrite);
        (_acme, _inbox) = await Agree("Acme Dental", "ap@acme.example", "Inbox and scheduling", "45.00");
        (_calder, _research) = await Agree("Calder & Sons Law", "accounts@calder.example", "Research", "250.00");
    }

    private async Task<(Guid Client, Guid Engagement)> Agree(string name, string email, string work, string perHour)
    {
        var client = (await _owner.Post("/v1/clients", new { name, currency = "USD", email })).Ok().Id;
        var engagement = (await _owner.Post("/v1/engagements", new { clientId = client, name = work })).Ok().Id;
        (await _owner.Post(
            $"/v1/engagements/{engagement}:set-rate", new { perHour = Usd(perHour), validFrom = "2026-01-01" })).Ok();
        return (client, engagement);
    }

    private static object Usd(string amount) => new { amount, currency = "USD" };

    /// <summary>The same request under the same key is answered as before; another one under it is refused.</summary>
    private static async Task IsReplayed(Person person, string path, object body, string key, Reply first)
    {
        var again = (await person.Post(path, body, key)).Ok();
        Assert.Equal((first.Status, first.Text), (again.Status, again.Text));
        Assert.Equal("true", again.Headers["Idempotent-Replayed"]);
        (await person.Post(path, new { engagementId = Guid.Empty }, key))
            .Refused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
    }

    private async Task<IReadOnlyList<string>> Read(IReadOnlyList<string> paths)
    {
        var texts = new List<string>();
        foreach (var path in paths) texts.Add(LastUse().Replace((await _owner.Get(path)).Ok().Text, ""));
        return texts;
    }

    /// <summary>No fact of the books: a server that is killed forgets the uses of its last minute.</summary>
    [GeneratedRegex(",\"lastUsedAt\":\"[^\"]*\"")]
    private static partial Regex LastUse();
}
