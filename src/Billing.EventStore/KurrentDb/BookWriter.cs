using Billing.EventStore.Port;

namespace Billing.EventStore.KurrentDb;

/// <summary>
/// Writes what waits for one book, group by group: a group is decided, sent as one append to the physical stream, and
/// each of it answered for itself. While one is under way the next gathers; books do not wait for each other.
/// </summary>
internal sealed class BookWriter(OpenBook book, PhysicalAppend appends, AppendQuota quota)
{
    /// <summary>Each try that fails means that someone else has written in the meantime.</summary>
    private const int MostTries = 50;

    private readonly Lock gate = new();
    private readonly Queue<PendingAppend> waiting = new();
    private Task running = Task.CompletedTask;
    private bool isRunning;
    private bool isKnown;

    /// <summary>Ends when nothing waits any more.</summary>
    public Task Drained
    {
        get
        {
            lock (gate) return running;
        }
    }

    /// <param name="finished">Called once the writer has nothing more to do.</param>
    /// <returns>False where the writer runs already and goes on with this one too.</returns>
    public bool Add(PendingAppend append, Action finished)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Enqueue(append);
            if (isRunning) return false;
            isRunning = true;
            running = ended.Task;
        }
        // The caller's own thread decides and sends the first group, as long as nothing has to be waited for.
        _ = Run(finished, ended);
        return true;
    }

    private async Task Run(Action finished, TaskCompletionSource ended)
    {
        while (Take() is { } group)
        {
            await Write(group).ConfigureAwait(false);
            // From here on the answers' reading loop would decide the next group, and with it hold up other books.
            if (HasMore) await Task.Yield();
        }
        finished();
        ended.SetResult();
    }

    private bool HasMore
    {
        get
        {
            lock (gate) return waiting.Count > 0;
        }
    }

    private List<PendingAppend>? Take()
    {
        lock (gate)
        {
            isRunning = waiting.Count > 0;
            if (!isRunning) return null;
            var group = new List<PendingAppend>();
            long bytes = 0;
            while (waiting.TryPeek(out var next) && (group.Count == 0 || bytes + next.Bytes <= quota.LargestAppendBytes))
            {
                bytes += next.Bytes;
                group.Add(waiting.Dequeue());
            }
            return group;
        }
    }

    private async Task Write(List<PendingAppend> group)
    {
        try
        {
            await Settle(group).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // What is stored is no longer known, so the next group begins by reading.
            isKnown = false;
            foreach (var append in group.Where(a => a.Misuse is null)) append.Misuse = AsStoreFailure(failure);
        }
        foreach (var append in group)
        {
            quota.Return(append);
            append.Complete();
        }
    }

    private async Task Settle(List<PendingAppend> group)
    {
        for (var attempt = 1; attempt <= MostTries; attempt++)
        {
            if (!isKnown) await book.CatchUp(CancellationToken.None).ConfigureAwait(false);
            isKnown = true;
            var draft = Decide(group);
            if (draft.Messages.Count == 0)
            {
                // A conflict is believed only once it is certain that the index knows everything.
                if (draft.HasConflict && await book.CatchUp(CancellationToken.None).ConfigureAwait(false)) continue;
                await TellPositions(group).ConfigureAwait(false);
                return;
            }
            if (await TrySend(group, draft).ConfigureAwait(false)) return;
        }
        foreach (var append in group) append.Outcome = new AppendOutcome.Busy();
    }

    private async Task<bool> TrySend(List<PendingAppend> group, BookDraft draft)
    {
        if (draft.Bytes > quota.LargestAppendBytes) return RefuseOrSplit(group, quota.LargestAppendBytes);
        switch (await appends.Send(book.Id, draft).ConfigureAwait(false))
        {
            case PhysicalOutcome.Stored stored:
                book.Merge(draft, stored.Position);
                await TellPositions(group).ConfigureAwait(false);
                return true;
            case PhysicalOutcome.TooLarge refused:
                quota.Lower(refused.MostBytes);
                return RefuseOrSplit(group, refused.MostBytes);
            case PhysicalOutcome.TryAgain:
                await Task.Delay(quota.Options.DiscoveryInterval).ConfigureAwait(false);
                break;
            case PhysicalOutcome.Overtaken:
                break;
        }
        isKnown = false;
        return false;
    }

    private BookDraft Decide(List<PendingAppend> group) => book.Use(index =>
    {
        var draft = new BookDraft(book.Id, index);
        foreach (var append in group)
        {
            append.Outcome = null;
            if (append.IsGivenUp || append.Misuse is not null) continue;
            try
            {
                append.Outcome = draft.Decide(append.Request);
            }
            catch (ArgumentException misuse)
            {
                append.Misuse = misuse;
            }
        }
        return draft;
    });

    /// <summary>
    /// The server tells the position of a physical append's last event only. Where several appends went as one, the
    /// positions of the others are read back.
    /// </summary>
    private async Task TellPositions(List<PendingAppend> group)
    {
        if (FillPositions(group) is not { } unknown) return;
        await book.LearnPositions(unknown.First, unknown.Last).ConfigureAwait(false);
        FillPositions(group);
    }

    /// <summary>The places between which lie all whose position is not known yet; null where there is none.</summary>
    private (long First, long Last)? FillPositions(List<PendingAppend> group) => book.Use(index =>
    {
        (long First, long Last)? unknown = null;
        foreach (var append in group)
        {
            if (append.Outcome is not AppendOutcome.Appended appended) continue;
            var (place, position) = (appended.Place, index.PositionAt(appended.Place));
            if (position > 0) append.Outcome = appended with { Position = position };
            else unknown = unknown is { } known ? (Math.Min(known.First, place), Math.Max(known.Last, place)) : (place, place);
        }
        return unknown;
    });

    /// <summary>True where the whole group is refused; one that is too large only together is halved.</summary>
    private bool RefuseOrSplit(List<PendingAppend> group, int mostBytes)
    {
        if (group.Count == 1)
        {
            group[0].Misuse = new ArgumentException(FormattableString.Invariant(
                $"The append is larger than the {mostBytes:#,0} bytes that the server takes at once, its metadata included. ")
                + "Write it as several appends, or raise the server's MaxAppendSize and LargestAppendBytes of this store alike.");
            return true;
        }
        lock (gate)
        {
            var later = group.Skip(group.Count / 2).Concat(waiting).ToList();
            group.RemoveRange(group.Count / 2, group.Count - (group.Count / 2));
            waiting.Clear();
            foreach (var append in later) waiting.Enqueue(append);
        }
        return false;
    }

    private static Exception AsStoreFailure(Exception failure) =>
        failure is EventStoreException or ObjectDisposedException
            ? failure
            : new EventStoreException($"An append to KurrentDB failed: {failure.Message}", failure);
}
