using Billing.Domain.TimeTracking;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>Days of random work around a week's border, often on a DST night. Everything lies on quarters of an hour.</summary>
/// <param name="Anchor">Midnight of a Monday, or the moment at which the clocks change.</param>
internal sealed record Spell(DateTimeZone Zone, Instant Anchor, Act[] Acts)
{
    /// <summary>Late enough that nothing in the spell is in the future.</summary>
    public Instant Now => Anchor + Duration.FromDays(9);
}

internal enum ActKind
{
    Log,
    LogOnDay,
    Start,
    Stop,
    Correct,
    Remove,
}

/// <param name="StartQuarters">Quarters of an hour from the anchor.</param>
/// <param name="Pick">Which of the ids so far it is about, where it is about one.</param>
internal sealed record Act(ActKind Kind, int StartQuarters, int Quarters, int Pick)
{
    public Instant StartIn(Spell spell) => spell.Anchor + Duration.FromMinutes(15 * StartQuarters);

    public Instant EndIn(Spell spell) => StartIn(spell) + Duration.FromMinutes(15 * Quarters);

    public TimeSpent TimeIn(Spell spell) => Kind == ActKind.LogOnDay
        ? new TimeSpent.OnDay(StartIn(spell).InZone(spell.Zone).Date, Quarters * 900L)
        : new TimeSpent.Between(StartIn(spell), EndIn(spell));
}

internal static class Spells
{
    private static readonly string[] Zones =
        ["America/New_York", "Europe/Helsinki", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo"];

    private static readonly Gen<Act> AnyAct = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(ActKind.Log)), (3, Gen.Const(ActKind.LogOnDay)), (1, Gen.Const(ActKind.Start)),
            (2, Gen.Const(ActKind.Stop)), (2, Gen.Const(ActKind.Correct)), (1, Gen.Const(ActKind.Remove))),
        Gen.Int[-200, 200], Gen.OneOf(Gen.Int[1, 12], Gen.Int[1, 100]), Gen.Int[0, 1000],
        (kind, start, quarters, pick) => new Act(kind, start, quarters, pick));

    public static readonly Gen<Spell> Any =
        from zoneName in Gen.OneOfConst(Zones)
        let zone = DateTimeZoneProviders.Tzdb[zoneName]
        from anchor in Gen.OneOf(Monday(zone), ClockChange(zone))
        from acts in AnyAct.Array[1, 30]
        select new Spell(zone, anchor, acts);

    private static Gen<Instant> Monday(DateTimeZone zone) => Gen.Int[0, 1000]
        .Select(week => zone.AtStartOfDay(new LocalDate(2010, 1, 4).PlusWeeks(week)).ToInstant());

    /// <summary>Kathmandu, which never changes its clocks, gets a Monday.</summary>
    private static Gen<Instant> ClockChange(DateTimeZone zone)
    {
        var from = Instant.FromUtc(2010, 1, 1, 0, 0);
        var changes = zone.GetZoneIntervals(from, Instant.FromUtc(2030, 1, 1, 0, 0))
            .Where(interval => interval.HasStart && interval.Start > from).Select(interval => interval.Start).ToArray();
        return changes.Length == 0 ? Monday(zone) : Gen.OneOfConst(changes);
    }
}
