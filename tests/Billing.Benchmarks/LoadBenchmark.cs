using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Domain.TimeTracking;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Sqlite;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>The state of a stream as a command loads it, against the raw read of the same rows.</summary>
internal sealed class LoadBenchmark : IBenchmark
{
    private const int WarmUpSeconds = 3;

    public string Name => "load";

    public string Heading(BenchOptions options) =>
        $"""
        load: the state of a week from its {LoadWorkload.EventsPerStream} events, SQLite, one caller, nothing of it cached by us,
        the file in the system's cache.
        Shape: {LoadWorkload.Streams} weeks, written in turns; of each {LoadWorkload.EventsPerStream} events about two thirds are
        entries with a note, sealed for their client, the rest timers, corrections, removals, billings and a hand-in.
        Limit: one prepared SELECT of the same columns of the same rows, each column looked at.
        {LoadWorkload.Streams} weeks a sample, {Rounds(options)} rounds, interleaved; the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var path = Path.Combine(options.Folder, "events.db");
        using var keys = Keys(options);
        await using var store = new SealedEventStore(SqliteEventStore.Open(path), keys);
        await LoadWorkload.Fill(store);
        using var raw = new RawStreamRead(path);
        await WarmUp(store);
        var samples = await BenchRounds.Interleave(
            Rounds(options),
            () => Task.CompletedTask,
            new("raw read", () => Task.Run(raw.MicrosecondsPerStream)),
            new("load", () => Task.Run(() => MicrosecondsPerStream(store))));
        return [BenchCase.Of("state from 100 events", "µs", samples[1], samples[0], 2.5, 1.7, lowerIsBetter: true)];
    }

    /// <summary>In a file beside the events, as a server keeps them.</summary>
    internal static KeyRing Keys(BenchOptions options) =>
        new(SqliteKeyHome.Open(Path.Combine(options.Folder, "keys.db")), null, Guid.CreateVersion7);

    private static int Rounds(BenchOptions options) => options.Quick ? 11 : 31;

    /// <summary>The runtime compiles what is hot for some seconds, which no measurement should pay for.</summary>
    internal static async Task WarmUp(IEventStore store)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed.TotalSeconds < WarmUpSeconds;) await MicrosecondsPerStream(store);
    }

    /// <summary>As the command runner does it, with a cache that is new for each.</summary>
    internal static async Task<double> MicrosecondsPerStream(IEventStore store)
    {
        var context = new CommandContext(LoadWorkload.Book, "member:bench", Instant.MinValue, Guid.Empty);
        var clock = Stopwatch.StartNew();
        foreach (var week in LoadWorkload.Weeks)
        {
            var session = new BookSession(store, new StateCache(), context, CancellationToken.None);
            var state = await session.Load(Timesheet.Stream, week.StreamName);
            if (!state.IsHandedIn) throw new InvalidOperationException("The week is not whole.");
        }
        return clock.Elapsed.TotalMicroseconds / LoadWorkload.Weeks.Count;
    }
}

/// <summary>The rows of a stream, each column looked at and nothing made of it.</summary>
internal sealed class RawStreamRead : IDisposable
{
    private readonly Database database;
    private readonly Statement rows;

    public RawStreamRead(string path)
    {
        database = Database.Open(path, forWriting: false);
        rows = database.Prepare("""
            SELECT e.position, e.book_key, e.place, e.stream_key, e.version, e.id, e.type, e.data, e.confidential,
                e.confidential_key, e.actor, e.correlation_id, e.causation_id, e.recorded_at_ticks, e.idempotency_key,
                e.body_hash, e.link
            FROM events e
            WHERE e.stream_key = (SELECT stream_key FROM streams WHERE name = ?2
                AND book_key = (SELECT book_key FROM books WHERE id = ?1))
            AND e.version >= 1 ORDER BY e.version
            """);
    }

    public double MicrosecondsPerStream()
    {
        var clock = Stopwatch.StartNew();
        foreach (var week in LoadWorkload.Weeks)
        {
            rows.Bind(1, LoadWorkload.Book.Value).Bind(2, week.StreamName);
            var (count, sum) = (0, 0L);
            while (rows.Step())
            {
                count++;
                foreach (var column in (ReadOnlySpan<int>)[0, 1, 2, 3, 4, 13]) sum += rows.Number(column);
                foreach (var column in (ReadOnlySpan<int>)[5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16])
                    foreach (var part in rows.Bytes(column)) sum += part;
            }
            rows.Reset();
            if (count != LoadWorkload.EventsPerStream || sum == 0) throw new InvalidOperationException($"{count} rows were read.");
        }
        return clock.Elapsed.TotalMicroseconds / LoadWorkload.Weeks.Count;
    }

    public void Dispose() => database.Dispose();
}
