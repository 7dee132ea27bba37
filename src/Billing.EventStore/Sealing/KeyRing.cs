using System.Collections.Concurrent;
using System.Security.Cryptography;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Sealing;

/// <summary>
/// The keys of clients and practices, 256 bits each, made when they are first needed. What was used is kept in memory, so that no
/// event costs a look at the disk. Safe for use by several threads.
/// </summary>
public sealed class KeyRing : IDisposable
{
    private const int KeyBytes = 32;

    private readonly IKeyHome home;
    private readonly MasterKey? master;
    private readonly Func<Guid> newId;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<Guid, SealingKey> byId = [];
    private readonly ConcurrentDictionary<(BookId, KeyOwner), SealingKey> byOwner = [];
    private volatile ErasedKeys erased;

    /// <param name="master">Wraps the keys at home; null where they lie there as they are.</param>
    /// <exception cref="EventStoreException">The home can't be read, or its keys are wrapped by another master key.</exception>
    public KeyRing(IKeyHome home, MasterKey? master, Func<Guid> newId)
    {
        (this.home, this.master, this.newId) = (home, master, newId);
        var unwrapped = new List<KeyRow>();
        foreach (var row in home.ReadAll())
        {
            var key = Open(row);
            if (master is not null && key.Bytes is { } bytes && !row.IsWrapped) unwrapped.Add(Row(row.Id, row.Book, row.Owner, bytes));
        }
        if (unwrapped.Count > 0) home.Replace(unwrapped);
        erased = new ErasedKeys(home.CountErased());
    }

    internal SpareCiphers Ciphers { get; } = new();

    /// <summary>Which keys were erased, as far as this process has heard. What was made with the help of one may be kept no more once
    /// there are more of its book.</summary>
    public ErasedKeys Erased => erased;

    /// <summary>How many.</summary>
    public long Erasures => erased.Count;

    /// <summary>The owner's key, made where there is none yet. It has no bytes once it is erased.</summary>
    /// <exception cref="EventStoreException">The home can't be reached.</exception>
    public SealingKey KeyOf(BookId book, KeyOwner owner)
    {
        if (byOwner.TryGetValue((book, owner), out var known)) return known;
        var heard = Erasures;
        return Remember(home.Keep(Row(newId(), book, owner, RandomNumberGenerator.GetBytes(KeyBytes))), heard);
    }

    /// <summary>A key that something was sealed with. It has no bytes once it is erased.</summary>
    /// <exception cref="EventStoreException">There is no such key, or the home can't be reached.</exception>
    public SealingKey Find(Guid id)
    {
        if (byId.TryGetValue(id, out var known)) return known;
        var heard = Erasures;
        return home.Find(id) is { } row
            ? Remember(row, heard)
            : throw new EventStoreException(
                $"The key {id} is not there, so what it sealed can't be read: put the keys that belong to these events back.");
    }

    /// <summary>For good: nobody can read what it sealed, and the owner gets no other. False where that was done before.</summary>
    /// <exception cref="EventStoreException">The home can't be reached.</exception>
    public bool Erase(BookId book, KeyOwner owner, Instant at)
    {
        var isNew = home.Erase(book, owner, newId(), at);
        if (isNew) Refresh();
        return isNew;
    }

    /// <summary>Every key of a book as it is now, without the master key's wrapping. Whoever gets it can read the book for good.</summary>
    /// <exception cref="EventStoreException">The home can't be reached.</exception>
    public IReadOnlyList<BookKey> OfBook(BookId book) =>
        [.. home.ReadBook(book).Select(row => new BookKey(row.Id, row.Owner, Open(row).Bytes))];

    /// <summary>Takes the keys of a book that comes from elsewhere. What is erased in it is erased here.</summary>
    /// <exception cref="EventStoreException">The home can't be reached.</exception>
    public void TakeIn(BookId book, IReadOnlyList<BookKey> keys, Instant now)
    {
        foreach (var owned in keys.GroupBy(key => key.Owner))
        {
            // An erased key has to be there before it is erased, so that each of them is known as erased afterwards.
            foreach (var key in owned) home.Add(Row(key.Id, book, owned.Key, key.Bytes ?? new byte[KeyBytes]));
            if (owned.Any(key => key.Bytes is null)) Erase(book, owned.Key, now);
        }
    }

    /// <summary>Hears of what other processes have erased. True where there is news.</summary>
    /// <exception cref="EventStoreException">The home can't be reached.</exception>
    public bool Refresh()
    {
        var news = new ErasedKeys(home.CountErased());
        if (news.Count == Erasures) return false;
        lock (gate)
        {
            byId.Clear();
            byOwner.Clear();
            // Only now: whoever reads of an erasure gets no key of before it any more.
            erased = news;
        }
        Ciphers.Clear();
        return true;
    }

    public void Dispose()
    {
        Ciphers.Clear();
        home.Dispose();
    }

    /// <summary>What was read before an erasure was heard of may be of a key that is no more, and is not kept.</summary>
    private SealingKey Remember(KeyRow row, long heard)
    {
        var key = Open(row);
        lock (gate)
        {
            if (heard != Erasures) return key;
            byId[row.Id] = key;
            byOwner[(row.Book, row.Owner)] = key;
        }
        return key;
    }

    private SealingKey Open(KeyRow row) => row switch
    {
        { Bytes: null } => new SealingKey(row.Id, null),
        { IsWrapped: false } => new SealingKey(row.Id, row.Bytes),
        _ when master is null => throw new EventStoreException(
            "The keys are wrapped by a master key: set Billing:Sealing:MasterKey to the one that they were made with."),
        _ => new SealingKey(row.Id, master.Unwrap(row.Id, row.Bytes)),
    };

    private KeyRow Row(Guid id, BookId book, KeyOwner owner, byte[] key) =>
        new(id, book, owner, master is null ? key : master.Wrap(id, key), IsWrapped: master is not null);
}

/// <summary>How many keys of each book were erased; books without are left out.</summary>
public sealed class ErasedKeys(IReadOnlyDictionary<BookId, long> ofBook)
{
    public static ErasedKeys None { get; } = new(new Dictionary<BookId, long>());

    public IReadOnlyDictionary<BookId, long> OfBook => ofBook;

    /// <summary>In all.</summary>
    public long Count { get; } = ofBook.Values.Sum();
}

/// <summary>A key with whose it is.</summary>
/// <param name="Bytes">256 bits; null once the key is erased.</param>
public sealed record BookKey(Guid Id, KeyOwner Owner, byte[]? Bytes);

/// <param name="Bytes">256 bits; null once the key is erased.</param>
public sealed record SealingKey(Guid Id, byte[]? Bytes);
