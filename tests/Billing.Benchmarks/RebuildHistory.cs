using System.Globalization;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>The events that a rebuild reads: the same mix in whichever store.</summary>
internal sealed class RebuildHistory(IEventStore store)
{
    private const int Practices = 100;

    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);

    public const string Shape =
        """
        Shape: events of 100 practices, which come in turns, a day of one assistant (about 14 events) at a time; four
        assistants a practice, invoices over four weeks with about 190 entries each.
        """;

    public long Stored { get; private set; }

    public string Mix => "Mix: " + string.Join(", ", counts.OrderByDescending(c => c.Value)
        .Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Key} {100.0 * c.Value / Stored:0.0} %")));

    public static int Events(BenchOptions options) => options.Quick ? 150_000 : 1_000_000;

    public static int Rounds(BenchOptions options) => options.Quick ? 3 : 5;

    /// <summary>Every read model from the first event on, in events a second.</summary>
    public async Task<double> Rebuild(ReadDatabase database)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var runner = new ProjectionRunner(store, database);
        await runner.CatchUp(CancellationToken.None);
        if (runner.Position != Stored) throw new InvalidOperationException($"Came to {runner.Position}: {runner.Health}");
        return Stored / clock.Elapsed.TotalSeconds;
    }

    public async Task Fill(int events)
    {
        var practices = Enumerable.Range(0, Practices)
            .Select(i => (Book: new BookId(Guid.CreateVersion7()), Work: new RebuildWorkload(i))).ToList();
        await InTurns(work => work.Open().Select(write => new[] { write }));
        for (var week = 0; Stored < events; week++)
        {
            for (var day = 0; day < RebuildWorkload.DaysPerWeek && Stored < events; day++)
            {
                for (var a = 0; a < 4; a++) await InTurns(work => [[work.Day(a, week, day)]]);
            }
            if ((week + 1) % RebuildWorkload.WeeksPerInvoice != 0) continue;
            for (var c = 0; c < 4; c++) await InTurns(work => work.Month(c, week));
        }

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
                Stored += encoded.Sum(w => w.Events.Count);
            }
        }
    }
}
