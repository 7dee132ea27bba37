using System.Text;
using Billing.EventStore.Port;

namespace Billing.EventStore.Sealing;

/// <summary>
/// Seals the confidential part of an event, bound to its book, stream, id and type, so that no part opens in another's place.
/// </summary>
public sealed class EventSeal(KeyRing keys)
{
    /// <summary>
    /// As it is stored. Without an owner, or a confidential part, the event stays as it is; where the owner's key is erased it loses
    /// the part: nothing new is kept of whom there shall be nothing.
    /// </summary>
    public NewEvent Seal(BookId book, string stream, NewEvent @event)
    {
        if (@event.Owner is not { } owner || @event.Confidential.IsEmpty) return @event;
        var key = keys.KeyOf(book, owner);
        if (key.Bytes is null) return @event with { Confidential = default };
        var context = Context(book, stream, @event.Id, @event.Type);
        return @event with
        {
            Confidential = SealedBytes.Seal(key.Bytes, @event.Confidential.Span, context),
            ConfidentialKey = key.Id,
        };
    }

    /// <summary>With its confidential part in plain; still sealed, and so unreadable, where the key is erased.</summary>
    /// <exception cref="EventStoreException">The key is not there, or the part was not sealed for this event.</exception>
    public StoredEvent Open(StoredEvent stored)
    {
        if (stored.ConfidentialKey is not { } id || keys.Find(id).Bytes is not { } key) return stored;
        var plain = TryOpen(stored, key) ?? throw new EventStoreException(
            FormattableString.Invariant($"The sealed part of the event at position {stored.Position} was altered, or is another event's."));
        return stored with { Confidential = plain, ConfidentialKey = null };
    }

    /// <summary>The confidential part of an event in plain. Null where it was not sealed with this key for this event.</summary>
    internal static byte[]? TryOpen(StoredEvent stored, byte[] key) => SealedBytes.TryOpen(
        key, stored.Confidential.Span, Context(stored.Book, stored.Stream, stored.Id, stored.Type));

    public IReadOnlyList<StoredEvent> Open(IReadOnlyList<StoredEvent> page)
    {
        var opened = new StoredEvent[page.Count];
        for (var i = 0; i < opened.Length; i++) opened[i] = Open(page[i]);
        return opened;
    }

    /// <summary>Neither streams nor types hold a line feed, so no two events have the same.</summary>
    private static byte[] Context(BookId book, string stream, Guid id, string type) =>
        Encoding.UTF8.GetBytes($"billing-sealed.v1\n{book}\n{stream}\n{id:D}\n{type}");
}
