using System.Globalization;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Webhooks;

/// <summary>A server that may call this machine and waits for seconds instead of hours, a practice on it, and a receiver.</summary>
public sealed class WebhookPractice : IAsyncLifetime
{
    public ApiServer Server { get; private set; } = null!;

    public Practice Practice { get; private set; } = null!;

    public Receiver Receiver { get; private set; } = null!;

    /// <param name="pauses">Before further attempts, in seconds.</param>
    public static IReadOnlyDictionary<string, string?> Settings(params int[] pauses)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Billing:Webhooks:AllowLoopback"] = "true",
            ["Billing:Webhooks:TimeoutSeconds"] = "1",
        };
        for (var i = 0; i < pauses.Length; i++)
            settings[$"Billing:Webhooks:RetrySeconds:{i}"] = pauses[i].ToString(CultureInfo.InvariantCulture);
        return settings;
    }

    public async ValueTask InitializeAsync()
    {
        Receiver = await Receiver.Start();
        Server = await ApiServer.Start(settings: Settings(1, 1));
        Practice = await Practice.OpenEmpty(Server);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Receiver.DisposeAsync();
    }

    /// <summary>The id and the secret of a new webhook on a path of the receiver.</summary>
    public async Task<(Guid Id, string Secret)> Register(string path, string more = "")
    {
        var made = await Practice.Post("/v1/webhooks", $$"""{"url":"{{Receiver.At(path)}}"{{more}}}""");
        return (made.Id, (string)made.Json["secret"]!);
    }

    /// <summary>Something that happens: a client of this name.</summary>
    public Task Happen(string name) => Practice.Post("/v1/clients", $$"""{"name":"{{name}}","currency":"USD"}""");

    public async Task<string> Now() => (string)(await Practice.Get("/v1/changes?since=now"))["next"]!;

    public async Task<IReadOnlyList<JsonObject>> ToldSince(string since) =>
        (await Server.Get(Practice.Owner, $"/v1/changes?limit=500&since={since}")).Ok().Items;

    public Task<JsonObject> Show(Guid id) => Practice.Get($"/v1/webhooks/{id}");

    /// <summary>The latest first, once there are so many: an attempt is noted after its receiver has answered.</summary>
    public Task<IReadOnlyList<JsonObject>> Deliveries(Guid id, int count) => Seen(
        async () => (await Server.Get(Practice.Owner, $"/v1/webhooks/{id}/deliveries")).Ok().Items is var noted && noted.Count >= count
            ? noted
            : null,
        $"Of {count} deliveries to {id} some were not noted.");

    /// <summary>Waits until it is paused, and says why.</summary>
    public Task<string> Paused(Guid id) => Seen(async () => (string?)(await Show(id))["pausedBecause"], $"{id} was not paused.");

    private static async Task<T> Seen<T>(Func<Task<T?>> look, string otherwise) where T : class
    {
        for (var looks = 0; looks < 600; looks++)
        {
            if (await look() is { } seen) return seen;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException(otherwise);
    }
}
