using Billing.Domain.TimeTracking;
using NodaTime;
using static Billing.Domain.Tests.TimeTracking.Desk;

namespace Billing.Domain.Tests.TimeTracking;

/// <summary>
/// Weeks of one assistant in zones with odd clocks: the same ones every time, and fast to make, so that a rule is tried on as
/// many as it takes. Every other one has a clock change in it, where the zone has any.
/// </summary>
internal static class GeneratedWeeks
{
    public const int Enough = 100_000;

    private static readonly LocalDate FirstMonday = new(2005, 1, 3);
    private const int Weeks = 30 * 52;

    private static readonly Place[] Places =
    [
        .. new[]
        {
            "Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/Havana", "Pacific/Apia",
            "Asia/Kathmandu", "UTC",
        }.Select(Place.Of),
    ];

    /// <summary>Tries the rule on each week, and says on how many.</summary>
    public static int Try(uint seed, Action<GeneratedWeek> rule)
    {
        var chance = new Chance(seed);
        var tried = 0;
        while (tried < Enough)
        {
            var place = Places[tried % Places.Length];
            var change = place.Changes.Length > 0 && chance.Next(2) == 0
                ? place.Changes[chance.Next(place.Changes.Length)]
                : (Instant?)null;
            var monday = change is { } at
                ? Monday(at.InZone(place.Zone).Date)
                : FirstMonday.PlusWeeks(chance.Next(Weeks));
            rule(new GeneratedWeek(place.Zone, monday, change, chance));
            tried++;
        }
        return tried;
    }

    private static LocalDate Monday(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);

    private sealed record Place(DateTimeZone Zone, Instant[] Changes)
    {
        public static Place Of(string name)
        {
            var zone = DateTimeZoneProviders.Tzdb[name];
            var from = FirstMonday.AtMidnight().InUtc().ToInstant();
            var until = FirstMonday.PlusWeeks(Weeks).AtMidnight().InUtc().ToInstant();
            return new Place(
                zone, [.. zone.GetZoneIntervals(from, until).Where(i => i.HasStart && i.Start > from).Select(i => i.Start)]);
        }
    }
}

/// <summary>Numbers by chance, the same for the same seed (xorshift).</summary>
internal sealed class Chance(uint seed)
{
    private uint _state = seed;

    public int Next(int limit)
    {
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)limit);
    }
}

/// <param name="Change">When the clocks change in it; null where they don't, or nobody looked.</param>
internal sealed record GeneratedWeek(DateTimeZone Zone, LocalDate Monday, Instant? Change, Chance Chance)
{
    private int _ids;

    /// <summary>Its first moment, also where midnight is skipped.</summary>
    public Instant Start => Zone.AtStartOfDay(Monday).ToInstant();

    public TimesheetWeek Week => TimesheetWeek.Of(Assistant, Monday);

    /// <summary>Late enough that nothing in the week or the one after it lies in the future.</summary>
    public Instant Now => Start + Duration.FromDays(20);

    public LogTime Log(Instant start, Duration length) => new(
        Id(++_ids), Assistant, EngagementId, new TimeSpent.Between(start, start + length), null, Billable: true, Zone, Now);

    public StartTimer StartTimer(Instant start) =>
        new(Id(++_ids), Assistant, EngagementId, null, Billable: true, Zone, start, Now);

    /// <summary>The local day, by the offset that holds then and nothing else.</summary>
    public LocalDate DayOf(Instant instant) =>
        LocalDate.FromDateTime(instant.ToDateTimeUtc().AddSeconds(Zone.GetZoneInterval(instant).WallOffset.Seconds));

    public Duration Minutes(int from, int limit) => Duration.FromMinutes(from + Chance.Next(limit));
}
