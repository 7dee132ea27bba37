using Billing.Domain.TimeTracking;
using CsCheck;
using NodaTime;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class WeekEntriesTests
{
    private static readonly LocalDate Monday = new(2026, 3, 2);

    /// <summary>Few ids, so that the same is met again, and enough that a week grows out of its array and shrinks again.</summary>
    [Fact]
    public void Hold_what_a_dictionary_would_hold() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 400]).Array[0, 1_500].Sample(steps =>
        {
            var (entries, model) = (WeekEntries.Empty, new Dictionary<Guid, TimeEntry>());
            foreach (var (kind, n) in steps)
            {
                var id = Id(n);
                switch (kind)
                {
                    case < 8:
                        model[id] = Entry(n, kind);
                        entries = entries.With(model[id]);
                        break;
                    case 8:
                        model.Remove(id);
                        entries = entries.Without(id);
                        break;
                    default:
                        foreach (var changed in new[] { id, Id(n + 1) }.Where(model.ContainsKey))
                            model[changed] = model[changed] with { InvoiceId = id };
                        entries = entries.Changed([id, Id(n + 1)], entry => entry with { InvoiceId = id });
                        break;
                }
                Assert.Equal(model.ContainsKey(id), entries.ContainsKey(id));
                Assert.Equal(model.GetValueOrDefault(id), entries.TryGetValue(id, out var found) ? found : null);
            }
            Assert.Equal(model.Count, entries.Count);
            Assert.Equal(model.Values.ToHashSet(), entries.AsSpan().ToArray().ToHashSet());
            Assert.Equal(model.OrderBy(e => e.Key), entries.OrderBy(e => e.Key));
        }, iter: 60);

    [Fact]
    public void A_state_stays_as_it_was_when_another_is_made_of_it()
    {
        var before = WeekEntries.Empty;
        for (var n = 0; n < 300; n++) before = before.With(Entry(n, 1));
        var whole = before.AsSpan().ToArray();

        _ = before.With(Entry(300, 1)).With(Entry(0, 2)).Without(Id(1)).Changed([Id(2)], entry => entry with { Note = "other" });

        Assert.Equal(whole, before.AsSpan().ToArray());
    }

    /// <summary>Counted in the bytes that it takes: were each change a copy, twice the week would take four times as many.</summary>
    [Fact]
    public void Folding_a_week_twice_as_long_takes_about_twice_the_work()
    {
        _ = BytesToFold(1_000);
        var (once, twice) = (BytesToFold(10_000), BytesToFold(20_000));
        Assert.InRange((double)twice / once, 1.8, 2.5);
    }

    private static long BytesToFold(int entries)
    {
        var events = Enumerable.Range(0, entries).SelectMany(n => new TimesheetEvent[]
        {
            Logged(n), new TimesheetEvent.TimeEntryCorrected(
                Id(n / 2), Id(1), Id(2), "Sorted", true, Monday, null, null, 600, "Europe/Berlin", Instant.FromUnixTimeSeconds(n)),
        }).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var state = events.Aggregate(TimesheetState.Empty, Timesheet.Evolve);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(entries, state.Entries.Count);
        return bytes;
    }

    private static TimesheetEvent.TimeEntryLogged Logged(int n) => new(
        Id(n), Id(0), Id(1), Id(2), null, true, Monday, null, null, 600, "Europe/Berlin", Instant.FromUnixTimeSeconds(n));

    private static TimeEntry Entry(int n, int minutes) => new(
        Id(n), Id(0), Id(1), Id(2), null, true, Monday, null, null, 60 * minutes, "Europe/Berlin", null, Logged(n));

    private static Guid Id(int n) => new(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
}
