using Billing.EventStore;
using Billing.EventStore.Codec;
using Billing.EventStore.Copying;
using Billing.EventStore.Exporting;
using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Sqlite;
using Billing.Projections.Running;
using Billing.Projections.Sqlite;
using Billing.Projections.Tests.Given;

namespace Billing.Projections.Tests.Exporting;

/// <summary>A random history in one installation, its export, and another installation that it may be taken into.</summary>
internal sealed class ExportedHistory : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("billing-export-").FullName;

    private ExportedHistory() => Keys = OpenKeys("keys.db");

    public KeyRing Keys { get; }

    public MemoryEventStore Source { get; } = new();

    public string File => Path.Combine(folder, "practice.jsonl");

    public string Events => Path.Combine(folder, "new", "events.db");

    /// <summary>What became of the files in it, by what they hold.</summary>
    public List<byte[]> Kept { get; } = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<ExportedHistory> Of(int seed, int steps, Guid? erased = null)
    {
        var history = new ExportedHistory();
        var sealing = new SealedEventStore(history.Source, history.Keys);
        foreach (var (index, (stream, @event)) in RandomHistory.Of(seed, steps).Index())
        {
            var owner = new KeyOwner(index % 3 == 0 ? null : Ids.Of(3, 1 + (index % 2)), (KeyUse)(index % 2));
            var written = EventCodec.Encode(Guid.CreateVersion7(), @event) with { Owner = index % 7 == 0 ? null : owner };
            var metadata = new EventMetadata(
                "member:test", Guid.CreateVersion7(), Guid.CreateVersion7(), Practice.Now, index % 5 == 0 ? $"key-{index}" : null);
            await sealing.Append(
                new AppendRequest(Practice.Book, [new StreamAppend(stream, StreamAppend.AnyVersion, [written])], [], metadata), Stop);
        }
        if (erased is { } client) history.Keys.Erase(Practice.Book, new KeyOwner(client, KeyUse.Contact), Practice.Now);
        await history.Export();
        return history;
    }

    public async Task Export()
    {
        await using var to = System.IO.File.Create(File);
        await new PracticeExport(Source, Keys, _ => null).Write(Practice.Book, Practice.Now, to, Stop);
    }

    public async Task<CopiedBook> Import()
    {
        using var keys = OpenKeys("new/keys.db");
        var practice = await ExportedPractice.Open(File, null, Stop);
        var import = new PracticeImport(new StoreAddress("sqlite", Events), keys, (bytes, _) => Keep(bytes), []);
        return await import.Run(practice, Practice.Now, null, Stop);
    }

    public async Task<IReadOnlyList<StoredEvent>> Imported()
    {
        await using var store = SqliteEventStore.Open(Events);
        return await store.ReadBook(Practice.Book, 0, int.MaxValue, Stop);
    }

    public Task<IReadOnlyList<string>> RowsOfSource() => Rows(new SealedEventStore(Source, Keys), "before.db");

    public async Task<IReadOnlyList<string>> RowsOfImported()
    {
        using var keys = OpenKeys("new/keys.db");
        await using var store = SqliteEventStore.Open(Events);
        return await Rows(new SealedEventStore(store, keys), "after.db");
    }

    public void ChangeLines(Action<List<string>> change)
    {
        var lines = System.IO.File.ReadAllLines(File).ToList();
        change(lines);
        System.IO.File.WriteAllText(File, string.Concat(lines.Select(line => line + "\n")));
    }

    /// <summary>Whether the new installation holds nothing, but for the file of keys that was opened for the import.</summary>
    public bool IsUntouched => !System.IO.File.Exists(Events) && Kept.Count == 0;

    public void Dispose()
    {
        Keys.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private KeyRing OpenKeys(string name) => new(SqliteKeyHome.Open(Path.Combine(folder, name)), null, Guid.CreateVersion7);

    private async Task<IReadOnlyList<string>> Rows(IEventStore store, string name)
    {
        using var database = SqliteReadDatabase.Open(Path.Combine(folder, name));
        using var runner = new ProjectionRunner(store, database);
        await runner.CatchUp(Stop);
        return [.. runner.DumpRows()];
    }

    private Task Keep(byte[] bytes)
    {
        Kept.Add(bytes);
        return Task.CompletedTask;
    }
}
