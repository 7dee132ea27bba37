using System.Diagnostics;
using Billing.EventStore.Sqlite;
using Billing.Projections.Sqlite;

namespace Billing.Benchmarks;

/// <summary>All read models from the first event on, against a bare scan of the same table.</summary>
internal sealed class RebuildBenchmark : IBenchmark
{
    public string Name => "rebuild";

    public string Heading(BenchOptions options) =>
        $"""
        rebuild: every read model from position 0 into an empty SQLite file (WAL, synchronous=NORMAL), indexes included.
        {RebuildHistory.Events(options):#,0} events or a little more. {RebuildHistory.Shape}
        Limit: one prepared SELECT over the events table in the order of the positions that looks at position, type and both
        parts of each event. {RebuildHistory.Rounds(options)} rounds, interleaved; the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var path = Path.Combine(options.Folder, "events.db");
        await using var store = SqliteEventStore.Open(path);
        var history = new RebuildHistory(store);
        await history.Fill(RebuildHistory.Events(options));
        if (!options.Json) Console.WriteLine(history.Mix + Environment.NewLine);
        var samples = await BenchRounds.Interleave(
            RebuildHistory.Rounds(options),
            () => Task.CompletedTask,
            new("bare scan", () => Task.Run(() => Scan(path, history.Stored))),
            new("rebuild", () => Rebuild(history, options.Folder)));
        return [BenchCase.Of($"{history.Stored:#,0} events", "events/s", samples[1], samples[0], 0.09, 0.30)];
    }

    private static double Scan(string path, long stored)
    {
        using var database = Database.Open(path, forWriting: false);
        var rows = database.Prepare("SELECT position, type, data, confidential FROM events ORDER BY position");
        var clock = Stopwatch.StartNew();
        var (count, bytes) = (0L, 0L);
        while (rows.Step())
        {
            if (rows.Number(0) != ++count) throw new InvalidOperationException("A position is missing.");
            bytes += rows.Bytes(1).Length + rows.Bytes(2).Length + rows.Bytes(3).Length;
        }
        if (count != stored || bytes == 0) throw new InvalidOperationException($"{count} events were scanned, {stored} stored.");
        return count / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> Rebuild(RebuildHistory history, string folder)
    {
        var path = Path.Combine(folder, "read.db");
        double perSecond;
        using (var database = SqliteReadDatabase.Open(path)) perSecond = await history.Rebuild(database);
        foreach (var rest in (string[])["", "-wal", "-shm"]) File.Delete(path + rest);
        return perSecond;
    }
}
