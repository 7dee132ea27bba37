using System.Collections.Frozen;
using System.Globalization;

namespace Billing.EventStore.Codec;

/// <summary>One stored name and the shape that it stands for.</summary>
/// <param name="Name">Such as <c>time-entry-logged.v1</c>.</param>
/// <param name="Next">The shape of the next version; null for the newest, which alone is written.</param>
/// <param name="Upcast">Makes the next version's event of this one's. Pure: an event reads the same on every day.</param>
public sealed record CatalogueEntry(string Name, Type Type, Type? Next, Func<object, object>? Upcast)
{
    public static CatalogueEntry Newest<TEvent>(string name) where TEvent : notnull => new(name, typeof(TEvent), null, null);

    public static CatalogueEntry Retired<TEvent, TNext>(string name, Func<TEvent, TNext> upcast)
        where TEvent : notnull
        where TNext : notnull => new(name, typeof(TEvent), typeof(TNext), old => upcast((TEvent)old));
}

/// <summary>
/// The stored names of events. Every version that was ever stored stays readable; retired ones are made into the newest by
/// upcasters from neighbour to neighbour.
/// </summary>
public sealed class Catalogue
{
    private readonly FrozenDictionary<Type, string> newest;
    private readonly FrozenDictionary<string, CatalogueEntry> byName;
    private readonly FrozenDictionary<Type, CatalogueEntry> byType;

    /// <exception cref="ArgumentException">
    /// A name or a shape occurs twice, versions of an event are not 1, 2, 3 …, or one does not lead to its neighbour.
    /// </exception>
    public Catalogue(IReadOnlyList<CatalogueEntry> entries)
    {
        Entries = entries;
        foreach (var versions in entries.GroupBy(entry => Split(entry.Name).Event, StringComparer.Ordinal))
            CheckVersions([.. versions.OrderBy(entry => Split(entry.Name).Version)]);
        foreach (var shape in entries.CountBy(entry => entry.Type))
            Require(shape.Value == 1, $"{shape.Key} has two names.");
        byName = entries.ToFrozenDictionary(entry => entry.Name, StringComparer.Ordinal);
        byType = entries.ToFrozenDictionary(entry => entry.Type);
        newest = entries.Where(entry => entry.Upcast is null).ToFrozenDictionary(entry => entry.Type, entry => entry.Name);
    }

    /// <summary>Of every stored name.</summary>
    public IReadOnlyList<CatalogueEntry> Entries { get; }

    /// <summary>The names under which events are written, and their shapes.</summary>
    public IEnumerable<CatalogueEntry> Newest => Entries.Where(entry => entry.Upcast is null);

    /// <summary>Whether an event of this stored name, of whatever version, can be read.</summary>
    public bool Knows(string name) => byName.ContainsKey(name);

    public bool IsStored(Type type) => byType.ContainsKey(type);

    /// <summary>The name under which an event is written; none for a retired shape.</summary>
    public bool TryNameOf(Type type, out string? name) => newest.TryGetValue(type, out name);

    /// <summary>The entry that a stored name, of whatever version, is made into.</summary>
    public CatalogueEntry NewestOf(string name)
    {
        var entry = byName[name];
        while (entry.Next is { } next) entry = byType[next];
        return entry;
    }

    /// <summary>Makes an event as it was stored into the newest shape; null where it has that already.</summary>
    public Func<object, object>? Upcast(string name)
    {
        if (byName[name] is not { Upcast: { } first, Next: { } next }) return null;
        return Upcast(byType[next].Name) is { } rest ? old => rest(first(old)) : first;
    }

    private static void CheckVersions(CatalogueEntry[] versions)
    {
        for (var i = 0; i < versions.Length; i++)
        {
            Require(
                Split(versions[i].Name).Version == i + 1,
                $"{versions[i].Name} is where version {i + 1} is expected; each has one entry.");
        }
        for (var i = 0; i < versions.Length; i++)
        {
            var (name, next) = (versions[i].Name, i + 1 < versions.Length ? versions[i + 1] : null);
            Require(versions[i].Next == next?.Type, next is null
                ? $"{name} is the newest version and is made into none, or the next one has no entry."
                : $"{name} is made into {versions[i].Next?.Name ?? "none"}, not into the shape of {next.Name}.");
        }
    }

    private static (string Event, int Version) Split(string name)
    {
        var dot = name.LastIndexOf(".v", StringComparison.Ordinal);
        var isVersion = dot > 0
            && int.TryParse(name.AsSpan(dot + 2), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            && name[dot + 2] != '0';
        Require(isVersion, $"{name} is no stored name; those end in .v1, .v2 and so on.");
        return (name[..dot], int.Parse(name.AsSpan(dot + 2), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new ArgumentException(otherwise);
    }
}
