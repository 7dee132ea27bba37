using System.Runtime.InteropServices;

namespace Billing.Projections.Reports;

/// <summary>At which places of its book each thing was written about.</summary>
internal sealed class EventTrail
{
    private readonly Dictionary<Thing, List<long>> places = [];

    public void Add(Thing thing, long place)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(places, thing, out _);
        (known ??= new List<long>(2)).Add(place);
    }

    /// <summary>In the order of the book, each place once.</summary>
    public IReadOnlyList<long> Of(IEnumerable<Thing> things) =>
        [.. things.Distinct().SelectMany(thing => places.GetValueOrDefault(thing, [])).Distinct().Order()];
}
