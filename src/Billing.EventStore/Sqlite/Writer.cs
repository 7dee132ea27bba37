using Billing.EventStore.Feed;
using Billing.EventStore.Port;
using Billing.EventStore.Writing;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// The one thread that writes. It takes whatever waits, writes it in one transaction, and lets the callers go on once
/// that is durable. A group that fails fails its own callers only.
/// </summary>
internal sealed class Writer
{
    private const int GroupEnoughAppends = 512;
    private const int GroupsBetweenLogChecks = 64;
    private const int LogWaitMilliseconds = 100;

    private readonly string path;
    private readonly SqliteStoreOptions options;
    private readonly AppendQueue queue;
    private readonly CommitSignal signal;
    private readonly PageRewrite pages;
    private readonly JustCommitted committed;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriterSession? session;
    private int groups;

    public Writer(
        string path, SqliteStoreOptions options, WriterSession session, PageRewrite pages, AppendQueue queue, CommitSignal signal,
        JustCommitted committed)
    {
        (this.path, this.options, this.session) = (path, options, session);
        (this.pages, this.queue, this.signal, this.committed) = (pages, queue, signal, committed);
        new Thread(Run) { IsBackground = true, Name = "event writer" }.Start();
    }

    /// <summary>Ends after the queue is closed and all that waited in it is written.</summary>
    public Task Ended => ended.Task;

    private void Run()
    {
        var group = new List<PendingAppend>();
        while (queue.Take(group))
        {
            WriteGroup(group);
            group.Clear();
        }
        session?.Dispose();
        ended.SetResult();
    }

    private void WriteGroup(List<PendingAppend> group)
    {
        try
        {
            session ??= Reopen();
            session.Begin(committed.IsFollowed);
            DecideAll(group, session);
            session.Commit();
            committed.Add(session.Added);
            signal.Publish(session.Position);
        }
        catch (Exception failure)
        {
            Abandon(group, failure);
            return;
        }
        EndedAppends.LetGo(group);
        MoveLog(session);
    }

    private WriterSession Reopen()
    {
        pages.RunIfDue();
        return WriterSession.Open(path, options);
    }

    /// <summary>
    /// Fails nobody's append: what is acknowledged is in the log. After a failure the log is left to the next session, which
    /// begins by putting both files on the disk again.
    /// </summary>
    private void MoveLog(WriterSession writing)
    {
        try
        {
            writing.MoveLog();
            if (++groups % GroupsBetweenLogChecks == 0) LimitLog(writing);
        }
        catch (Failure)
        {
            pages.IsDue = true;
            session = null;
            writing.LeaveLog();
        }
    }

    /// <summary>
    /// Also those that come in while the first are decided. Without them, callers that answer each other's rhythm fall
    /// into two halves, and every commit serves only one of them. Where there are several, whoever is about to come gets the
    /// processor once: a page that many of them touch is written once for all.
    /// </summary>
    private void DecideAll(List<PendingAppend> group, WriterSession writing)
    {
        Func<AppendRequest, AppendOutcome> append = writing.Append;
        var decided = DecideWaiting(group, decided: 0, append);
        if (decided is 1 or >= GroupEnoughAppends) return;
        Thread.Sleep(0);
        if (queue.TakeMore(group)) DecideWaiting(group, decided, append);
    }

    /// <returns>How many of the group are decided now.</returns>
    private int DecideWaiting(List<PendingAppend> group, int decided, Func<AppendRequest, AppendOutcome> append)
    {
        do
        {
            for (; decided < group.Count; decided++) group[decided].Decide(append);
        }
        while (decided < GroupEnoughAppends && queue.TakeMore(group));
        return decided;
    }

    /// <summary>Closing the session undoes its transaction and drops its caches; the next group opens a new one.</summary>
    private void Abandon(List<PendingAppend> group, Exception failure)
    {
        session?.Dispose();
        session = null;
        var what = $"Writing to {path} failed, and with it all appends of one group";
        foreach (var append in group)
            append.Fail(failure is Failure known
                ? known.Explain(path, what)
                : new EventStoreException($"{what}: {failure.Message}", failure));
        EndedAppends.LetGo(group);
    }

    /// <summary>
    /// SQLite starts its log anew only when no reader uses it, which under steady reading may never be. Past the limit the
    /// writer waits for the readers, whose pages are short.
    /// </summary>
    private void LimitLog(WriterSession writing)
    {
        try
        {
            var log = new FileInfo(path + "-wal");
            if (log.Exists && log.Length > options.LogLimitBytes) writing.TryTruncateLog(LogWaitMilliseconds);
        }
        catch (IOException)
        {
            // Only the size could not be told; the next check will.
        }
    }
}
