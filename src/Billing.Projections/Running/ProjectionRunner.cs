using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Storage;

namespace Billing.Projections.Running;

/// <summary>
/// Keeps the read models up with the events: catches up, then follows. Rows and checkpoint are committed together, so
/// each event counts once whatever happens in between. Where the tables were laid out by another version of the program
/// they are emptied at the start and everything is replayed. Of several nodes on one database one does this and the others
/// follow (<see cref="WritingTurn"/>).
/// </summary>
public sealed class ProjectionRunner : IDisposable
{
    /// <summary>Small enough that a page is decoded and folded while it still lies in the processor's cache.</summary>
    private const int PageEvents = 250;

    /// <summary>
    /// While catching up. A row that later events touch again is written once if they come before the commit: most entries
    /// are billed within this many.
    /// </summary>
    private const int EventsPerCommit = 200_000;

    /// <summary>While following, where nobody waits.</summary>
    private const int EventsPerCommitLive = 10_000;

    private const int MostHeldRows = 250_000;
    private const int MostHeldRowsLive = 5_000;

    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    private readonly IEventStore store;
    private readonly ReadDatabase database;
    private readonly IProgress<CatchUpProgress>? progress;
    private readonly ProjectionSet projections = new();
    private readonly Applier applier;
    private readonly Watermark watermark = new(position: 0);
    private readonly WritingTurn? turn;
    private readonly Breather breather = new();
    private readonly SemaphoreSlim running = new(1, 1);
    private readonly Lock gate = new();
    private CancellationTokenSource? round;
    private volatile ProjectionHealth health = new ProjectionHealth.Stopped();
    private volatile bool rebuildAsked;

    /// <param name="keys">What was made of a book before the last of its keys was erased is made anew.</param>
    /// <exception cref="ReadDatabaseException">
    /// The database can't be used. Delete the file, or drop the schema: it is made again from the events.
    /// </exception>
    public ProjectionRunner(
        IEventStore store, ReadDatabase database, IProgress<CatchUpProgress>? progress = null, KeyRing? keys = null)
    {
        (this.store, this.database, this.progress) = (store, database, progress);
        applier = new Applier(projections, database, keys);
        if (database.Lease is { } lease) turn = new WritingTurn(lease, applier, watermark);
        else applier.Open();
        if (turn?.TryBegin() == false) health = new ProjectionHealth.Standby();
        watermark.Publish(applier.ReadablePosition);
    }

    /// <summary>The last event whose effects can be read.</summary>
    public long Position => watermark.Position;

    public ProjectionHealth Health => health;

    /// <summary>
    /// Catches up and follows until cancelled or halted at an event; why it halted is in <see cref="Health"/>. Where a
    /// database or the store failed it tries again after a pause: a disk that was full may have room by then, and a server that
    /// was away be back. Never throws for what is wrong with an event or a database, so that the host goes on and can say so.
    /// </summary>
    public async Task Run(CancellationToken cancellationToken)
    {
        await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            do
            {
                using var current = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                lock (gate) round = current;
                await Round(follow: true, current.Token).ConfigureAwait(false);
                if (IsBroken) await Task.Delay(PauseAfterFailure, current.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                lock (gate) round = null;
            }
            while (!cancellationToken.IsCancellationRequested && (IsBroken || !IsHalted));
        }
        finally
        {
            turn?.End();
            running.Release();
            watermark.Publish(Position);
        }
    }

    /// <summary>Applies everything stored so far and ends. Not while it runs.</summary>
    public async Task CatchUp(CancellationToken cancellationToken)
    {
        await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Round(follow: false, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            turn?.End();
            running.Release();
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Empties every table and replays all events up to the present head, also while it runs. Meanwhile reads see what is
    /// there so far.
    /// </summary>
    /// <exception cref="InvalidOperationException">Another node keeps the read models; it has to be done there.</exception>
    public async Task Rebuild(CancellationToken cancellationToken)
    {
        if (health is ProjectionHealth.Standby)
            throw new InvalidOperationException("Another node keeps the read models; rebuild them there.");
        var head = await store.HeadPosition(cancellationToken).ConfigureAwait(false);
        rebuildAsked = true;
        if (TryInterrupt())
        {
            await watermark.WaitWhile(() => IsFollowing && (rebuildAsked || Position < head) && !IsHalted, cancellationToken)
                .ConfigureAwait(false);
        }
        else
        {
            await CatchUp(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Something was erased: makes the rows of its book anew, on whichever node writes them, without waiting for it. Whoever waits for a
    /// position reads nothing from here on that was made of what is gone.
    /// </summary>
    public void NoticeErasure()
    {
        watermark.Publish(0);
        TryInterrupt();
    }

    /// <summary>
    /// Waits until the effects of the event at the position can be read: true once they can, false when the time is over
    /// or the runner has halted.
    /// </summary>
    public async ValueTask<bool> WaitFor(long position, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (Position >= position) return true;
        using var call = breather.Hurry();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await watermark.WaitWhile(() => Position < position && !IsHalted, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
        return Position >= position;
    }

    /// <summary>Every row of every table as text, in a fixed order: two databases of the same events give the same lines.</summary>
    public IReadOnlyList<string> DumpRows() => projections.Dump(database);

    public void Dispose()
    {
        turn?.End();
        running.Dispose();
    }

    /// <summary>Halted by a file or by the store and not by an event, which would be the same at the next try.</summary>
    private bool IsBroken => health is ProjectionHealth.Halted { EventName: null };

    private bool IsHalted => health is ProjectionHealth.Halted;

    private bool IsFollowing
    {
        get
        {
            lock (gate) return round is not null;
        }
    }

    private bool TryInterrupt()
    {
        lock (gate)
        {
            round?.Cancel();
            return round is not null;
        }
    }

    private async Task Round(bool follow, CancellationToken cancellationToken)
    {
        try
        {
            if (turn is null) await Apply(follow, cancellationToken).ConfigureAwait(false);
            else if (turn.TryBegin()) await turn.Keep(over => Apply(follow, over), cancellationToken).ConfigureAwait(false);
            else await StandBy(follow, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            applier.RollBack();
            health = new ProjectionHealth.Stopped();
        }
        catch (Exception e) when (turn is not null && e is LeaseLostException or OperationCanceledException)
        {
            applier.RollBack();
            health = new ProjectionHealth.Standby();
        }
        catch (ApplyException e)
        {
            var reason = $"{e.InnerException!.GetType().Name} on the event '{e.Stored.Type}' at position {e.Stored.Position}.";
            Halt(new ProjectionHealth.Halted(e.Stored.Position, e.Stored.Type, reason));
        }
        catch (Exception e)
        {
            applier.RollBack();
            Halt(new ProjectionHealth.Halted(Position + 1, EventName: null, $"{e.GetType().Name}: {e.Message}"));
        }
    }

    private async Task StandBy(bool follow, CancellationToken cancellationToken)
    {
        rebuildAsked = false;
        health = new ProjectionHealth.Standby();
        if (follow) await turn!.Await(cancellationToken).ConfigureAwait(false);
    }

    private async Task Apply(bool follow, CancellationToken cancellationToken)
    {
        health = new ProjectionHealth.CatchingUp();
        applier.MostHeldRows = MostHeldRows;
        if (rebuildAsked) Reset();
        else if (applier.IsOutdated) await applier.Renew(store, cancellationToken).ConfigureAwait(false);
        await ApplyAll(follow, cancellationToken).ConfigureAwait(false);
        if (!IsHalted) health = new ProjectionHealth.Stopped();
    }

    private async Task ApplyAll(bool follow, CancellationToken cancellationToken)
    {
        var head = await store.HeadPosition(cancellationToken).ConfigureAwait(false);
        // Somebody has put an older event file in its place, or cut its end off: these rows fit events that are no more.
        if (applier.Position > head) Reset();
        var pace = new Pace(head);
        var reader = new FeedReader(store, projections, breather, PageEvents);
        await foreach (var batch in reader.Read(applier.Position, follow, cancellationToken).ConfigureAwait(false))
        {
            var isEnd = ReferenceEquals(batch, Batch.EndOfHistory);
            if (!isEnd) applier.Fold(batch);
            pace.Count(batch.Events.Count);
            var isCatchingUp = health is ProjectionHealth.CatchingUp && !isEnd && batch.Fault is null;
            if (isCatchingUp && applier.Uncommitted < EventsPerCommit) continue;
            if (IsForNextCommit(batch, reader)) continue;
            Commit();
            if (isCatchingUp && pace.IsDue) progress?.Report(pace.At(Position));
            if (isEnd) BeLive(pace);
            if (batch.Fault is null) continue;
            Halt(batch.Fault);
            return;
        }
    }

    /// <summary>While following: what comes in faster than it is written is written together, unless somebody waits for it.</summary>
    private bool IsForNextCommit(Batch batch, FeedReader reader) =>
        health is ProjectionHealth.Live && batch.Fault is null && reader.HasNext && !breather.IsHurried
        && applier.Uncommitted < EventsPerCommitLive;

    private void Commit()
    {
        breather.Time(applier.Commit);
        Publish();
        applier.Free();
    }

    private void BeLive(Pace pace)
    {
        applier.CompleteIndexes();
        applier.MostHeldRows = MostHeldRowsLive;
        progress?.Report(pace.At(Position));
        health = new ProjectionHealth.Live();
        Publish();
    }

    private void Publish() => watermark.Publish(() => applier.ReadablePosition);

    private void Reset()
    {
        applier.Reset();
        rebuildAsked = false;
        watermark.Publish(0);
    }

    private void Halt(ProjectionHealth.Halted halted)
    {
        health = halted;
        Publish();
    }
}
