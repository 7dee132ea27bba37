using Billing.EventStore.Sqlite;

namespace Billing.Benchmarks;

/// <summary>Durable appends, each acknowledged to a caller that waits for it, against the disk and bare SQLite.</summary>
internal sealed class AppendBenchmark : IBenchmark
{
    private const int Preloaded = 100_000;
    private const int ConflictEvery = 20;

    public string Name => "append";

    public string Heading(BenchOptions options) =>
        $"""
        append: SQLite, WAL, synchronous=FULL, on a fresh copy of a database of {Preloaded:#,0} events each round.
        Load: closed loop; each caller waits for its answer before its next append.
        Shape: one event of about 300 bytes of JSON an append, at the caller's own expected version;
        {AppendWorkload.EventsPerStream} events to a stream before the caller opens the next, in one of
        {AppendWorkload.Books} books; ids time-ordered, no idempotency key.
        With conflicts, every {ConflictEvery}th call expects a version that is past; a refusal counts as an answer.
        Limits: 4 KiB append + fdatasync in a loop; prepared inserts into the same tables, 10,000 a transaction.
        {Rounds(options)} rounds, interleaved; values are medians, the ratio is the median of the rounds' ratios.
        """;

    public async Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        var duration = TimeSpan.FromSeconds(options.Quick ? 0.5 : 2);
        var seed = Path.Combine(options.Folder, "seed.db");
        var path = Path.Combine(options.Folder, "events.db");
        var bare = Path.Combine(options.Folder, "bare.db");
        await Preload(seed);

        var samples = await BenchRounds.Interleave(
            Rounds(options),
            () => Task.WhenAll(Task.Run(() => FreshCopy(seed, path)), Task.Run(() => FreshCopy(seed, bare))),
            new("fdatasync loop", () => Task.Run(() => AppendLimits.SyncLoop(options.Folder, duration))),
            new("bare inserts", () => Task.Run(() => AppendLimits.BareInserts(bare, options.Quick ? 5 : 10))),
            new("1 caller", () => Answers(path, 1, duration)),
            new("64 callers", () => Answers(path, 64, duration)),
            new("256 callers", () => Answers(path, 256, duration)),
            new("64 callers, no conflicts", () => Answers(path, 64, duration)),
            new("64 callers, conflicts", () => Answers(path, 64, duration, ConflictEvery)));
        var (loop, inserts, one, many, most) = (samples[0], samples[1], samples[2], samples[3], samples[4]);

        const string unit = "appends/s";
        return
        [
            BenchCase.Of("64 callers", unit, many, loop, 6, 14),
            BenchCase.Of("64 callers", unit, many, inserts, 0.18, 0.35),
            BenchCase.Of("256 callers", unit, most, inserts, 0.28, 0.50),
            BenchCase.Of("1 caller", unit, one, loop, 0.60, 0.90),
            BenchCase.Of("64 callers, 5 % version conflicts", unit, samples[6], samples[5], 0.90, 0.98),
        ];
    }

    private static int Rounds(BenchOptions options) => options.Quick ? 5 : 7;

    private static async Task<double> Answers(string path, int callers, TimeSpan duration, int conflictEvery = int.MaxValue)
    {
        await using var store = SqliteEventStore.Open(path);
        return await AppendLoad.Answers([store], callers, duration, conflictEvery);
    }

    private static async Task Preload(string path)
    {
        await using var store = SqliteEventStore.Open(path);
        await AppendLoad.Preload(store, Preloaded);
    }

    /// <summary>On the disk before the clock runs, so that no measurement pays for the copy.</summary>
    private static void FreshCopy(string from, string to)
    {
        foreach (var rest in new[] { "-wal", "-shm" }) File.Delete(to + rest);
        File.Copy(from, to, overwrite: true);
        using var file = File.OpenHandle(to, FileMode.Open, FileAccess.ReadWrite);
        RandomAccess.FlushToDisk(file);
    }
}
