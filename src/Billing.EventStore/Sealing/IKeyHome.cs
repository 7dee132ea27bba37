using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Sealing;

/// <summary>
/// Where keys lie, apart from the events that they open. An erased key leaves a row without bytes, which says so for good. All of it
/// throws <see cref="EventStoreException"/> where the home can't be reached.
/// </summary>
public interface IKeyHome : IDisposable
{
    KeyRow? Find(Guid id);

    /// <summary>The owner's row: the one given where there is none yet, an erased one before all others. On the disk before it
    /// returns.</summary>
    KeyRow Keep(KeyRow row);

    /// <summary>Adds a key from a copy, unless it is there or its owner's are erased. False where nothing was added.</summary>
    bool Add(KeyRow row);

    /// <summary>Overwrites the owner's keys, or notes that there shall be none. False where that was done before.</summary>
    /// <param name="unused">Id of the row where the owner has none.</param>
    bool Erase(BookId book, KeyOwner owner, Guid unused, Instant at);

    /// <summary>How many keys of each book were erased; books without are left out.</summary>
    IReadOnlyDictionary<BookId, long> CountErased();

    IReadOnlyList<KeyRow> ReadAll();

    /// <summary>All keys of one book, erased ones too.</summary>
    IReadOnlyList<KeyRow> ReadBook(BookId book);

    /// <summary>Puts other bytes in the place of keys that were wrapped meanwhile.</summary>
    void Replace(IReadOnlyList<KeyRow> rows);
}
