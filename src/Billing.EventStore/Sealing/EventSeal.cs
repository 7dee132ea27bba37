using System.Globalization;
using System.Text.Unicode;
using Billing.EventStore.Port;

namespace Billing.EventStore.Sealing;

/// <summary>
/// Seals the confidential part of an event, bound to its book, stream, id and type, so that no part opens in another's place.
/// </summary>
public sealed class EventSeal(KeyRing keys)
{
    private const int StackBytes = 512, FixedContextBytes = 100, BytesPerCharacter = 3;

    /// <summary>
    /// As it is stored. Without an owner, or a confidential part, the event stays as it is; where the owner's key is erased it loses
    /// the part: nothing new is kept of whom there shall be nothing.
    /// </summary>
    public NewEvent Seal(BookId book, string stream, NewEvent @event)
    {
        if (@event.Owner is not { } owner || @event.Confidential.IsEmpty) return @event;
        var key = keys.KeyOf(book, owner);
        if (key.Bytes is null) return @event with { Confidential = default, Event = null };
        var most = MostContextBytes(stream, @event.Type);
        var context = WriteContext(
            most <= StackBytes ? stackalloc byte[StackBytes] : new byte[most], book, stream, @event.Id, @event.Type);
        var cipher = keys.Ciphers.Take(key.Id, key.Bytes);
        var whole = SealedBytes.Seal(cipher.Cipher, @event.Confidential.Span, context);
        keys.Ciphers.Give(cipher);
        return @event with { Confidential = whole, ConfidentialKey = key.Id, Unsealed = @event.Confidential };
    }

    /// <summary>With its confidential part in plain; still sealed, and so unreadable, where the key is erased.</summary>
    /// <exception cref="EventStoreException">The key is not there, or the part was not sealed for this event.</exception>
    public StoredEvent Open(StoredEvent stored)
    {
        if (stored.ConfidentialKey is null) return stored;
        using var opener = Opener();
        return opener.Open(stored);
    }

    /// <summary>The confidential part of an event in plain. Null where it was not sealed with this key for this event.</summary>
    internal static byte[]? TryOpen(StoredEvent stored, byte[] key)
    {
        var room = new byte[MostContextBytes(stored.Stream, stored.Type)];
        return SealedBytes.TryOpen(
            key, stored.Confidential.Span, WriteContext(room, stored.Book, stored.Stream, stored.Id, stored.Type));
    }

    public IReadOnlyList<StoredEvent> Open(IReadOnlyList<StoredEvent> page)
    {
        using var opener = Opener();
        var opened = new StoredEvent[page.Count];
        for (var i = 0; i < opened.Length; i++) opened[i] = opener.Open(page[i]);
        return opened;
    }

    /// <summary>For events that are read together.</summary>
    internal SealOpener Opener() => new(keys);

    internal static int MostContextBytes(string stream, string type) =>
        FixedContextBytes + BytesPerCharacter * (stream.Length + type.Length);

    /// <summary>What a part is bound to. Neither streams nor types hold a line feed, so no two events have the same.</summary>
    /// <param name="room">Of <see cref="MostContextBytes"/> at least.</param>
    internal static ReadOnlySpan<byte> WriteContext(Span<byte> room, BookId book, string stream, Guid id, string type)
    {
        if (!Utf8.TryWrite(
            room, CultureInfo.InvariantCulture, $"billing-sealed.v1\n{book.Value:D}\n{stream}\n{id:D}\n{type}", out var written))
            throw new ArgumentException("There is too little room.", nameof(room));
        return room[..written];
    }
}
