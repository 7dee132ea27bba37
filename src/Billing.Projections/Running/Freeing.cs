using Billing.Projections.Storage;

namespace Billing.Projections.Running;

/// <summary>
/// After rows were deleted: sees to it that nothing of them is left in the database's files, once nobody reads a state from before.
/// </summary>
internal sealed class Freeing(ReadDatabase database)
{
    /// <summary>What keeps files from being freed lasts longer than a commit.</summary>
    private static readonly TimeSpan AgainAfter = TimeSpan.FromSeconds(1);

    private readonly HashSet<string> tables = new(StringComparer.Ordinal);
    private Func<bool>? shrink;
    private long lastTried;

    /// <summary>Rows of the table are deleted; it counts from the next <see cref="Begin"/>.</summary>
    public void Note(string table) => tables.Add(table);

    /// <summary>What was noted is committed.</summary>
    public void Begin() => (shrink, lastTried) = (database.Writer.Shrink(tables), 0);

    /// <summary>Nothing is to be freed.</summary>
    public void Forget()
    {
        tables.Clear();
        shrink = null;
    }

    /// <summary>Outside of transactions, as often as one likes: true where it has become done.</summary>
    public bool TryEnd()
    {
        if (shrink is null || Environment.TickCount64 - lastTried < AgainAfter.TotalMilliseconds) return false;
        lastTried = Environment.TickCount64;
        if (!shrink()) return false;
        Forget();
        return true;
    }
}
