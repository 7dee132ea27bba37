using Billing.EventStore.Feed;
using Billing.EventStore.Port;
using Billing.EventStore.Writing;

namespace Billing.EventStore.Postgres;

/// <summary>
/// The one thread of this process that writes. It waits for the writing lock, takes whatever waits by then, writes it in
/// one transaction, and lets the callers go on once that is durable. A group that fails fails its own callers only.
/// </summary>
internal sealed class Writer
{
    private readonly Server server;
    private readonly PostgresStoreOptions options;
    private readonly AppendQueue queue;
    private readonly CommitSignal signal;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WriterSession? session;

    public Writer(Server server, PostgresStoreOptions options, AppendQueue queue, CommitSignal signal)
    {
        (this.server, this.options, this.queue, this.signal) = (server, options, queue, signal);
        new Thread(Run) { IsBackground = true, Name = "event writer" }.Start();
    }

    /// <summary>Ends after the queue is closed and all that waited in it is written or has failed.</summary>
    public Task Ended => ended.Task;

    private void Run()
    {
        var group = new List<PendingAppend>();
        while (queue.Take(group))
        {
            WriteGroup(group);
            group.Clear();
        }
        EndSession();
        ended.SetResult();
    }

    private void WriteGroup(List<PendingAppend> group)
    {
        try
        {
            var writing = server.Persist(Begin);
            queue.TakeMore(group);
            writing.Write(group);
            signal.Publish(writing.Position);
        }
        catch (Exception failure)
        {
            Abandon(group, failure);
            return;
        }
        EndedAppends.LetGo(group);
    }

    /// <summary>Nothing is written yet, so this may be tried again while the server is away.</summary>
    private WriterSession Begin()
    {
        try
        {
            session ??= WriterSession.Open(server, options);
            session.Begin();
            return session;
        }
        catch
        {
            EndSession();
            throw;
        }
    }

    private void Abandon(List<PendingAppend> group, Exception failure)
    {
        EndSession();
        foreach (var pending in group)
            pending.Fail(new EventStoreException(
                $"Writing to {server.Name} failed, and with it all appends of one group: {failure.Message} Whether they were "
                + "stored is unknown; append again with the same event ids to find out.",
                failure));
        EndedAppends.LetGo(group);
    }

    /// <summary>The server undoes what was not committed when the connection ends, in whatever way it does.</summary>
    private void EndSession()
    {
        try
        {
            session?.Dispose();
        }
        catch (Exception)
        {
            // It was lost already, and this thread must go on.
        }
        session = null;
    }
}
