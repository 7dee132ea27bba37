using System.Globalization;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Sqlite;
using Billing.Faults.Books;
using Billing.Faults.Running;
using Billing.TestSupport.Processes;

namespace Billing.Faults.Serving;

/// <summary>One data folder over several lives of the server, with a practice in it and its callers.</summary>
internal sealed class ServerDrill : IDisposable
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private readonly Tally tally;
    private readonly HttpClient http;
    private Practice? practice;

    public ServerDrill(string folder, int seed, Tally tally)
    {
        (DataFolder, LookedAt, Seed, this.tally) = (folder, folder + ".looked-at", seed, tally);
        Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPort.Free()}"));
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = Address, Timeout = CallLimit };
    }

    public string DataFolder { get; }

    public int Seed { get; }

    public Uri Address { get; }

    /// <summary>Beside the data folder, which may be on a disk that is full.</summary>
    public string LookedAt { get; init; }

    public string EventFile => Path.Combine(DataFolder, "events.db");

    private string KeyFile => Path.Combine(DataFolder, "keys.db");

    public string ReadModelFile => Path.Combine(DataFolder, "read.db");

    public Practice Practice => practice ?? throw new InvalidOperationException("The practice is not open yet.");

    /// <summary>Answers to all callers so far, over all lives.</summary>
    public int Answered => Practice.Callers.Sum(c => c.Answered);

    /// <summary>Answers that acknowledged, over all lives.</summary>
    public int Done => Practice.Callers.Sum(c => c.Done);

    /// <summary>Answers that the server could not.</summary>
    public int Unable => Practice.Callers.Sum(c => c.Unable);

    public Reply? LastUnable => Practice.Callers.Select(c => c.LastUnable).FirstOrDefault(r => r is not null);

    public ServerLife Start(IReadOnlyDictionary<string, string>? environment = null) => ServerLife.Start(Address, DataFolder, environment);

    /// <summary>
    /// Starts the server on what a fault has left. It serves, or it ends and says in one line what a person must do.
    /// </summary>
    /// <returns>That line; null where it serves.</returns>
    public async Task<string?> ServesOrSaysWhy(string where, ServerLife life)
    {
        if (await life.Serves()) return null;
        if (life.Errors is [var only]) return only;
        tally.Wrong($"{where}: the server did not start and said {life.Errors.Count} lines: {string.Join(" / ", life.Errors.Take(5))}");
        return string.Join(' ', life.Errors.Take(1));
    }

    /// <summary>The server's first life, in which the practice is opened.</summary>
    public async Task Open(IReadOnlyDictionary<string, string>? environment = null)
    {
        await using var life = Start(environment);
        if (!await life.Serves()) throw new InvalidOperationException($"The server does not start: {string.Join(' ', life.Errors)}");
        practice = await Practice.Open(http, Seed, tally);
    }

    /// <summary>All callers at once, until it is stopped.</summary>
    public Task Load(CancellationToken stop) => Task.WhenAll(
        Practice.Callers.Select(c => Task.Run(() => c.Run(http, stop), CancellationToken.None)));

    public async Task<string?> Health()
    {
        using var answer = await http.GetAsync(new Uri("/health", UriKind.Relative));
        return answer.IsSuccessStatusCode ? null : await answer.Content.ReadAsStringAsync();
    }

    /// <summary>
    /// Looks at all that is stored, in a copy, so that the server itself comes upon what the kill left, and at the read models
    /// where asked.
    /// </summary>
    public async Task Check(string where, bool readModels)
    {
        var copy = EventFiles.Copy(EventFile, LookedAt);
        try
        {
            await using var store = SqliteEventStore.Open(copy);
            tally.Take(await PracticeCheck.Run(store, Practice), where);
            if (!readModels || !File.Exists(ReadModelFile)) return;
            var killed = EventFiles.Copy(ReadModelFile, LookedAt + "-rows");
            using var keys = new KeyRing(
                SqliteKeyHome.Open(EventFiles.Copy(KeyFile, LookedAt + "-keys")), master: null, Guid.CreateVersion7);
            // It closes the store, which is closed once more below: that does no harm.
            await using var opened = new SealedEventStore(store, keys);
            if (await ReadModelCheck.Run(opened, killed) is { } wrong) tally.Wrong($"{where}: {wrong}");
        }
        catch (EventStoreException failure)
        {
            tally.Wrong($"{where}: the store does not open for a look: {failure.Message}");
        }
    }

    /// <summary>Position of the newest event of what is stored now.</summary>
    public async Task<long> Head()
    {
        await using var store = SqliteEventStore.Open(EventFiles.Copy(EventFile, LookedAt));
        return await store.HeadPosition(CancellationToken.None);
    }

    public void Dispose()
    {
        tally.Acknowledged += practice?.Acknowledged.Count() ?? 0;
        http.Dispose();
    }
}
