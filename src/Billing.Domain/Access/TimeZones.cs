using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Billing.Domain.Access;

/// <summary>The IANA time zones, as NodaTime carries them.</summary>
public static class TimeZones
{
    /// <summary>The provider also makes up zones for fixed offsets, which are no IANA names.</summary>
    private static readonly FrozenSet<string> Names = DateTimeZoneProviders.Tzdb.Ids.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>False for names that IANA has not, which are case-sensitive.</summary>
    public static bool TryOf(string? name, [NotNullWhen(true)] out DateTimeZone? zone)
    {
        zone = name is not null && Names.Contains(name) ? DateTimeZoneProviders.Tzdb[name] : null;
        return zone is not null;
    }

    /// <summary>The zone of a name that is known to be good, as stored events hold it.</summary>
    /// <exception cref="ArgumentException">The name is none that IANA has.</exception>
    public static DateTimeZone Of(string name) =>
        TryOf(name, out var zone) ? zone : throw new ArgumentException($"Unknown time zone {name}.", nameof(name));

    /// <summary>Null where the zone is known.</summary>
    public static Rejection? Refuse(string? name, string field) => TryOf(name, out _)
        ? null
        : new Rejection(
            "time-zone-unknown", "This is no IANA time zone; write it as Europe/Helsinki.", field, RejectionKind.Invalid);
}
