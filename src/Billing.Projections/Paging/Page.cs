namespace Billing.Projections.Paging;

/// <summary>Which part of a list is wanted. Lists are in the order of their ids, which never change.</summary>
/// <param name="After">The last id of the part before; null for the beginning.</param>
public sealed record PageRequest(Guid? After = null, int Limit = PageRequest.MostItems)
{
    public const int MostItems = 500;

    /// <summary>1 to 500.</summary>
    public int Limit { get; } = Limit is >= 1 and <= MostItems
        ? Limit
        : throw new ArgumentOutOfRangeException(nameof(Limit), Limit, $"A page has 1 to {MostItems} items.");

    /// <summary>No id is as low as this one.</summary>
    internal Guid Start => After ?? Guid.Empty;

    /// <summary>One more than wanted, to see whether there is more.</summary>
    internal long Fetched => Limit + 1L;
}

/// <param name="Next">What to ask for the next part with; null where there is none.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, Guid? Next)
{
    internal static Page<T> Of(List<T> fetched, PageRequest request, Func<T, Guid> id)
    {
        if (fetched.Count <= request.Limit) return new Page<T>(fetched, Next: null);
        fetched.RemoveRange(request.Limit, fetched.Count - request.Limit);
        return new Page<T>(fetched, id(fetched[^1]));
    }
}
