using Billing.EventStore.Port;

namespace Billing.EventStore.KurrentDb;

/// <summary>A book with its index in memory and the appends that wait for it.</summary>
internal sealed class OpenBook : IDisposable
{
    private readonly BookIndex index;
    private readonly KurrentReads reads;
    private readonly SemaphoreSlim catchingUp = new(1, 1);

    public OpenBook(BookId id, KurrentReads reads, PhysicalAppend appends, AppendQuota quota)
    {
        (Id, this.reads) = (id, reads);
        index = new BookIndex(quota.Options.KeyLifetime);
        Writer = new BookWriter(this, appends, quota);
    }

    public BookId Id { get; }

    public BookWriter Writer { get; }

    /// <summary>Guarded by <see cref="OpenBooks"/>: who uses the book now, and how many events it is counted for.</summary>
    public int Uses { get; set; }

    public long CountedEvents { get; set; }

    public long Place => Use(known => known.Place);

    public T Use<T>(Func<BookIndex, T> read)
    {
        lock (index) return read(index);
    }

    /// <summary>Reads what was stored after the last known place, by whichever process. True where there was something.</summary>
    public async Task<bool> CatchUp(CancellationToken cancellationToken)
    {
        await catchingUp.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await reads.Book(Id, Place, long.MaxValue, Add, cancellationToken).ConfigureAwait(false) > 0;
        }
        finally
        {
            catchingUp.Release();
        }
    }

    /// <summary>Takes a draft that the server has stored, with the position of its last event.</summary>
    public void Merge(BookDraft draft, long position)
    {
        lock (index)
        {
            for (var i = 0; i < draft.Events.Count; i++)
            {
                var filed = draft.Events[i];
                index.Add(i < draft.Events.Count - 1 ? filed : filed with { Stored = filed.Stored with { Position = position } });
            }
        }
    }

    /// <summary>Asks the server for the positions of events that it has only been told to store.</summary>
    public async Task LearnPositions(long first, long last)
    {
        var positions = await reads.Positions(Id, first, last, CancellationToken.None).ConfigureAwait(false);
        lock (index)
        {
            for (var i = 0; i < positions.Count; i++) index.SetPosition(first + i, positions[i]);
        }
    }

    public void Dispose() => catchingUp.Dispose();

    private void Add(FiledEvent filed)
    {
        lock (index) index.Add(filed);
    }
}
