using NodaTime;

namespace Billing.EventStore.Sealing;

/// <summary>
/// Takes keys from one home to another, as they lie there. What was erased in either is erased in the target after: a copy from
/// before an erasure brings nothing back.
/// </summary>
public static class KeyCopy
{
    /// <returns>How many keys were added.</returns>
    /// <exception cref="Port.EventStoreException">One of both can't be used.</exception>
    public static int Run(IKeyHome from, IKeyHome to, Instant now)
    {
        var added = 0;
        foreach (var row in from.ReadAll())
        {
            if (row.Bytes is null) to.Erase(row.Book, row.Owner, row.Id, now);
            else if (to.Add(row)) added++;
        }
        return added;
    }
}
