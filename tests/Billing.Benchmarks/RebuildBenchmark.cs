using System.Diagnostics;
using System.Globalization;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.Projections.Running;
using Billing.Projections.Sqlite;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>All read models from the first event on, against a bare scan of the same table.</summary>
internal sealed class RebuildBenchmark : IBenchmark
{
    private const int Practices = 100;

    private long stored;
    private string mix = "";

    public string Name => "rebuild";

    public string Heading(BenchOptions options) =>
        $"""
        rebuild: every read model from position 0 into an empty SQLite file (WAL, synchronous=NORMAL), indexes included.
        Shape: {Events(options):#,0} events or a little more of {Practices} practices, which come in turns, a day of one assistant
        (about 14 events) at a time; four assistants a practice, invoices over four weeks with about 190 entries each.
        Limit: one prepared SELECT over the events table in the order of the positions that looks at position, type and both
        parts of each event. {Rounds(options)} rounds, interleaved; the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var path = Path.Combine(options.Folder, "events.db");
        await Fill(path, Events(options));
        if (!options.Json) Console.WriteLine(mix + Environment.NewLine);
        await using var store = SqliteEventStore.Open(path);
        var samples = await BenchRounds.Interleave(
            Rounds(options),
            () => Task.CompletedTask,
            new("bare scan", () => Task.Run(() => Scan(path))),
            new("rebuild", () => Rebuild(store, options.Folder)));
        return [BenchCase.Of($"{stored:#,0} events", "events/s", samples[1], samples[0], 0.09, 0.30)];
    }

    private static int Events(BenchOptions options) => options.Quick ? 150_000 : 1_000_000;

    private static int Rounds(BenchOptions options) => options.Quick ? 3 : 5;

    private double Scan(string path)
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

    private async Task<double> Rebuild(SqliteEventStore store, string folder)
    {
        var path = Path.Combine(folder, "read.db");
        var clock = Stopwatch.StartNew();
        using (var database = SqliteReadDatabase.Open(path))
        using (var runner = new ProjectionRunner(store, database))
        {
            await runner.CatchUp(CancellationToken.None);
            if (runner.Position != stored) throw new InvalidOperationException($"Came to {runner.Position}: {runner.Health}");
        }
        var perSecond = stored / clock.Elapsed.TotalSeconds;
        foreach (var rest in (string[])["", "-wal", "-shm"]) File.Delete(path + rest);
        return perSecond;
    }

    private async Task Fill(string path, int events)
    {
        await using var store = SqliteEventStore.Open(path);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var practices = Enumerable.Range(0, Practices)
            .Select(i => (Book: new BookId(Guid.CreateVersion7()), Work: new RebuildWorkload(i))).ToList();
        await InTurns(work => work.Open().Select(write => new[] { write }));
        for (var week = 0; stored < events; week++)
        {
            for (var day = 0; day < RebuildWorkload.DaysPerWeek && stored < events; day++)
            {
                for (var a = 0; a < 4; a++) await InTurns(work => [[work.Day(a, week, day)]]);
            }
            if ((week + 1) % RebuildWorkload.WeeksPerInvoice != 0) continue;
            for (var c = 0; c < 4; c++) await InTurns(work => work.Month(c, week));
        }
        mix = "Mix: " + string.Join(", ", counts.OrderByDescending(c => c.Value)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {100.0 * c.Value / stored:0.0} %")));

        Task InTurns(Func<RebuildWorkload, IEnumerable<(string, object[])[]>> appends) =>
            Task.WhenAll(practices.Select(practice => Task.Run(async () =>
            {
                foreach (var append in appends(practice.Work)) await Append(practice.Book, append);
            })));

        async Task Append(BookId book, (string Stream, object[] Events)[] writes)
        {
            var encoded = writes.Select(w => new StreamAppend(
                w.Stream, StreamAppend.AnyVersion, [.. w.Events.Select(e => EventCodec.Encode(Guid.CreateVersion7(), e))])).ToList();
            var request = new AppendRequest(book, encoded, [], new EventMetadata(
                "member:0199", Guid.CreateVersion7(), Guid.CreateVersion7(), Instant.FromUtc(2026, 1, 1, 0, 0)));
            if (await store.Append(request, CancellationToken.None) is not AppendOutcome.Appended)
                throw new InvalidOperationException("The store refused an append.");
            lock (counts)
            {
                foreach (var e in encoded.SelectMany(w => w.Events)) counts[e.Type] = counts.GetValueOrDefault(e.Type) + 1;
                stored += encoded.Sum(w => w.Events.Count);
            }
        }
    }
}
