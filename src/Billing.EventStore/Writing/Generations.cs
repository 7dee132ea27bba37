namespace Billing.EventStore.Writing;

/// <summary>
/// A bounded cache: when the young generation is full it becomes the old one, and the old one is let go. What is found
/// in the old one becomes young again. One dictionary look-up where it matters, at most twice the capacity in memory.
/// </summary>
internal sealed class Generations<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private Dictionary<TKey, TValue> young = [];
    private Dictionary<TKey, TValue> old = [];

    public TValue? Find(TKey key)
    {
        if (young.TryGetValue(key, out var value)) return value;
        if (!old.Remove(key, out value)) return null;
        Add(key, value);
        return value;
    }

    public void Add(TKey key, TValue value)
    {
        if (young.Count >= capacity) (old, young) = (young, []);
        young[key] = value;
    }
}
