using Billing.Domain.TimeTracking;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>What holds whatever is wished in whichever order, checked against a slow and simple count of quarter hours.</summary>
public sealed class TimesheetProperties
{
    private static readonly Duration Quarter = Duration.FromMinutes(15);

    [Fact]
    public void Exactly_what_fits_is_accepted_and_what_is_accepted_never_overlaps() => Spells.Any.Sample(
        spell =>
        {
            var office = new Office();
            for (var i = 0; i < spell.Acts.Length; i++)
            {
                var expected = Expect(office, spell, spell.Acts[i], i);
                Assert.Equal(expected, Said(Do(office, spell, spell.Acts[i], i)));
                AssertNoOverlap(office);
            }
        },
        iter: 1000);

    [Fact]
    public void Work_that_was_accepted_can_be_sent_again_in_any_order_and_changes_nothing() =>
        Gen.Select(Spells.Any, Gen.Int).Sample(
            (spell, seed) =>
            {
                var office = new Office();
                var accepted = new List<LogTime>();
                for (var i = 0; i < spell.Acts.Length; i++)
                {
                    var said = Said(Do(office, spell, spell.Acts[i], i));
                    if (said == "" && LogOf(spell, spell.Acts[i], i) is { } log) accepted.Add(log);
                }
                var before = Contents(office);
                foreach (var log in Shuffled(accepted, seed)) Assert.Equal("nothing", Said(office.Do(log)));
                Assert.Equal(before, Contents(office));

                // Without corrections, removals and timers in between, every order of the same work is the same work.
                var logsOnly = new Office();
                var fitting = accepted.Where(log => Said(logsOnly.Do(log)) == "").ToList();
                var shuffled = new Office();
                foreach (var log in Shuffled([.. fitting, .. fitting], seed))
                    Assert.True(Said(shuffled.Do(log)) is "" or "nothing");
                Assert.Equal(Contents(logsOnly), Contents(shuffled));
            },
            iter: 300);

    [Fact]
    public void Folding_a_history_in_two_parts_equals_folding_it_whole() => Gen.Select(Spells.Any, Gen.Int[0, 1000]).Sample(
        (spell, cut) =>
        {
            var office = new Office();
            for (var i = 0; i < spell.Acts.Length; i++) Do(office, spell, spell.Acts[i], i);
            foreach (var (week, history) in office.Histories)
            {
                var at = cut % (history.Count + 1);
                var begun = Timesheet.Stream.Fold(history.Take(at));
                // The same beginning is continued twice, which would show if folding changed what it was given.
                foreach (var _ in Enumerable.Range(0, 2))
                {
                    var whole = history.Skip(at).Aggregate(begun, Timesheet.Stream.Evolve);
                    Assert.Equal(Contents(office.States[week]), Contents(whole));
                }
            }
        },
        iter: 300);

    private static Decision<TimesheetEvent> Do(Office office, Spell spell, Act act, int number)
    {
        if (LogOf(spell, act, number) is { } log) return office.Do(log);
        var picked = Id(number == 0 ? 0 : act.Pick % number);
        return act.Kind switch
        {
            ActKind.Start => office.Do(Start(number) with { Zone = spell.Zone, StartedAt = act.StartIn(spell), At = spell.Now }),
            ActKind.Stop => office.Do(new StopTimer(office.Running?.EntryId ?? picked, act.EndIn(spell), spell.Now)),
            ActKind.Correct => office.Do(new CorrectEntry(
                picked, office.WeekOf(picked) ?? Week, EngagementId, act.TimeIn(spell), "Mails", true, spell.Now)),
            ActKind.Remove => office.Do(new RemoveEntry(picked, spell.Now)),
            _ => throw new InvalidOperationException(),
        };
    }

    private static LogTime? LogOf(Spell spell, Act act, int number) => act.Kind is ActKind.Log or ActKind.LogOnDay
        ? Log(number, act.TimeIn(spell)) with { Zone = spell.Zone, At = spell.Now }
        : null;

    /// <summary>The code of a refusal, nothing, or an empty text where something was recorded.</summary>
    private static string Said(Decision<TimesheetEvent> decision) => decision switch
    {
        Decision<TimesheetEvent>.Rejected rejected => rejected.Rejection.Code,
        Decision<TimesheetEvent>.Accepted { Events.Count: 0 } => "nothing",
        _ => "",
    };

    /// <summary>What must be said, by a model that knows no weeks.</summary>
    private static string Expect(Office office, Spell spell, Act act, int number)
    {
        var picked = Id(number == 0 ? 0 : act.Pick % number);
        var entry = office.Entries.SingleOrDefault(e => e.EntryId == picked);
        return act.Kind switch
        {
            ActKind.Log or ActKind.LogOnDay => ExpectTime(office, spell, act, Id(number)),
            ActKind.Start when office.Running is not null => "timer-running",
            ActKind.Start => office.Entries.Any(e => e.EndedAt > act.StartIn(spell)) ? "time-overlap" : "",
            ActKind.Stop when office.Running is { } timer => ExpectStop(office, spell, act, timer),
            ActKind.Correct when entry is not null => ExpectCorrection(office, spell, act, entry),
            ActKind.Remove => entry is not null || office.Running?.EntryId == picked ? "" : "nothing",
            ActKind.Stop => ExpectStopOfNothing(act, spell, entry),
            ActKind.Correct when office.Running?.EntryId == picked => "timer-running",
            ActKind.Correct => office.Of(Week).Removed.ContainsKey(picked) ? "entry-removed" : "entry-unknown",
            _ => throw new InvalidOperationException(),
        };
    }

    private static string ExpectTime(Office office, Spell spell, Act act, Guid id)
    {
        if (act.Quarters > 96) return "duration-too-long";
        if (act.Kind == ActKind.LogOnDay)
        {
            var day = act.StartIn(spell).InZone(spell.Zone).Date;
            return Taken(office, spell, id, day) + act.Quarters <= Length(spell, day) ? "" : "day-full";
        }
        return ExpectInterval(office, spell, act.StartIn(spell), act.EndIn(spell), id);
    }

    private static string ExpectInterval(Office office, Spell spell, Instant start, Instant end, Guid id)
    {
        if (office.Entries.Any(e => e.EntryId != id && e.StartedAt < end && start < e.EndedAt)) return "time-overlap";
        if (office.Running is { } timer && timer.EntryId != id && timer.StartedAt < end) return "time-overlap";
        var own = Quarters(start, end).GroupBy(quarter => quarter.InZone(spell.Zone).Date);
        return own.All(day => Taken(office, spell, id, day.Key) + day.Count() <= Length(spell, day.Key)) ? "" : "day-full";
    }

    private static string ExpectStop(Office office, Spell spell, Act act, RunningTimer timer)
    {
        if (act.EndIn(spell) <= timer.StartedAt) return "end-not-after-start";
        if (act.EndIn(spell) - timer.StartedAt > Duration.FromHours(24)) return "duration-too-long";
        return ExpectInterval(office, spell, timer.StartedAt, act.EndIn(spell), timer.EntryId);
    }

    /// <summary>What does not run can't be stopped, unless it is a timer that was stopped at that very time.</summary>
    private static string ExpectStopOfNothing(Act act, Spell spell, TimeEntry? entry) => entry switch
    {
        null => "nothing",
        { FirstAs: not TimesheetEvent.TimerStarted } => "timer-unknown",
        _ => entry.EndedAt == act.EndIn(spell) ? "nothing" : "timer-stopped",
    };

    private static string ExpectCorrection(Office office, Spell spell, Act act, TimeEntry entry)
    {
        if (act.Quarters > 96) return "duration-too-long";
        if (entry.StartedAt == act.StartIn(spell) && entry.EndedAt == act.EndIn(spell)) return "nothing";
        var day = act.StartIn(spell).InZone(spell.Zone).Date;
        return TimesheetWeek.Of(Assistant, day) == TimesheetWeek.Of(Assistant, entry.WorkedOn)
            ? ExpectInterval(office, spell, act.StartIn(spell), act.EndIn(spell), entry.EntryId)
            : "another-week";
    }

    /// <summary>Quarters of the day that are taken by anything but that entry.</summary>
    private static int Taken(Office office, Spell spell, Guid except, LocalDate day)
    {
        var others = office.Entries.Where(e => e.EntryId != except).ToList();
        var intervals = others.Where(e => e.StartedAt is not null).SelectMany(e => Quarters(e.StartedAt!.Value, e.EndedAt!.Value));
        var timer = office.Running is { } running && running.EntryId != except
            ? Quarters(running.StartedAt, spell.Now)
            : [];
        return intervals.Concat(timer).Count(quarter => quarter.InZone(spell.Zone).Date == day)
            + (int)others.Where(e => e.StartedAt is null && e.WorkedOn == day).Sum(e => e.DurationSeconds / 900);
    }

    private static int Length(Spell spell, LocalDate day)
    {
        var noon = day.At(new LocalTime(12, 0)).InZoneLeniently(spell.Zone).ToInstant();
        return Quarters(noon - Duration.FromHours(16), noon + Duration.FromHours(16))
            .Count(quarter => quarter.InZone(spell.Zone).Date == day);
    }

    private static IEnumerable<Instant> Quarters(Instant start, Instant end)
    {
        for (var quarter = start; quarter < end; quarter += Quarter) yield return quarter;
    }

    private static void AssertNoOverlap(Office office)
    {
        var intervals = office.Entries.Where(e => e.StartedAt is not null).OrderBy(e => e.StartedAt).ToList();
        foreach (var (earlier, later) in intervals.Zip(intervals.Skip(1))) Assert.True(earlier.EndedAt <= later.StartedAt);
        if (office.Running is { } timer) Assert.DoesNotContain(intervals, e => e.EndedAt > timer.StartedAt);
    }

    private static string Contents(Office office) =>
        string.Join("\n", office.States.OrderBy(pair => pair.Key.StreamId).Select(pair => $"{pair.Key}: {Contents(pair.Value)}"));

    private static string Contents(TimesheetState state) => string.Join(
        "\n", state.Entries.Values.Concat(state.Removed.Values).OrderBy(e => e.EntryId).Select(e => e.ToString())
            .Append(state.Running?.ToString() ?? "no timer").Append(string.Join(",", state.Removed.Keys.Order())));

    private static List<LogTime> Shuffled(List<LogTime> logs, int seed) =>
        [.. logs.Select((log, i) => (log, i)).OrderBy(x => unchecked((uint)((x.i + 1) * 0x9E3779B1 ^ seed) * 0x85EBCA6B))
            .Select(x => x.log)];
}
