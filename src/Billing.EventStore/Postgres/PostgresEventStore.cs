using System.Text.RegularExpressions;
using Billing.EventStore.Feed;
using Billing.EventStore.Port;
using Billing.EventStore.Writing;

namespace Billing.EventStore.Postgres;

/// <summary>
/// The event store on a PostgreSQL server. Any number of processes may write and read it at once. An append that is
/// acknowledged is as durable as the server makes a commit. It has no clock of its own: keys are pruned by the recorded-at
/// of what is appended.
/// </summary>
public sealed partial class PostgresEventStore : IEventStore
{
    private readonly Server server;
    private readonly Reader reader;
    private readonly AppendQueue queue;
    private readonly CommitSignal signal;
    private readonly Writer writer;
    private readonly FeedWatch watch;
    private readonly TimeSpan pollInterval;
    private int disposed;

    private PostgresEventStore(Server server, PostgresStoreOptions options, long head)
    {
        this.server = server;
        pollInterval = options.PollInterval.ToTimeSpan();
        reader = new Reader(server);
        queue = new AppendQueue(options.QueuedAppends, options.QueuedBytes);
        signal = new CommitSignal(head);
        writer = new Writer(server, options, queue, signal);
        watch = new FeedWatch(server, options, signal);
    }

    /// <summary>Opens the store, or lays out its schema where there is none, and brings it up to date.</summary>
    /// <param name="connectionString">Npgsql's keywords. Several hosts: the primary among them is used.</param>
    /// <exception cref="ArgumentException">The connection string or an option is malformed.</exception>
    /// <exception cref="EventStoreException">
    /// The server can't be reached, a newer program wrote the schema, or it is no event store.
    /// </exception>
    public static async Task<PostgresEventStore> Open(
        string connectionString, PostgresStoreOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PostgresStoreOptions();
        if (!SchemaName().IsMatch(options.Schema))
            throw new ArgumentException(
                $"The schema name '{options.Schema}' is not made of at most 63 lower-case letters, digits and underscores.",
                nameof(options));
        var server = new Server(connectionString, options);
        try
        {
            var head = await server.Use(
                async connection =>
                {
                    await Schema.Prepare(connection, options.Schema, cancellationToken).ConfigureAwait(false);
                    return await Reader.Head(connection, cancellationToken).ConfigureAwait(false);
                },
                cancellationToken).ConfigureAwait(false);
            return new PostgresEventStore(server, options, head);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        RequestRules.Check(request);
        cancellationToken.ThrowIfCancellationRequested();
        return queue.Append(request, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken)
    {
        RequestRules.CheckText(stream, "stream");
        CheckOpen(cancellationToken);
        return await reader.ReadStream(book, stream, from, limit, direction, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadBook(
        BookId book, long afterPlace, int limit, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return await reader.ReadBook(book, afterPlace, limit, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<BookId>> ReadBooks(BookId? after, int limit, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return await reader.ReadBooks(after, limit, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(
        long afterPosition, int limit, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return await reader.ReadFeed(afterPosition, limit, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>While the server is away, a subscription waits for it, however long.</summary>
    public IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(long afterPosition, CancellationToken cancellationToken) =>
        Subscription.Follow(signal, ReadFeedPatiently, afterPosition, cancellationToken);

    public async ValueTask<long> HeadPosition(CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return await reader.Head(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken)
    {
        CheckOpen(cancellationToken);
        return await reader.Keyed(book, key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes what waits in the queue, ends the subscriptions and lets go of the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        queue.Close();
        await writer.Ended.ConfigureAwait(false);
        await watch.DisposeAsync().ConfigureAwait(false);
        signal.Close();
        await server.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Asked for once there is news. Finding none nevertheless means that a failover lost it; then it waits for more.
    /// </summary>
    private async ValueTask<IReadOnlyList<StoredEvent>> ReadFeedPatiently(long afterPosition, CancellationToken cancellationToken)
    {
        while (true)
        {
            CheckOpen(cancellationToken);
            try
            {
                var page = await reader.ReadFeedPage(afterPosition, cancellationToken).ConfigureAwait(false);
                if (page.Count > 0) return page;
                await Task.Delay(pollInterval, cancellationToken).ConfigureAwait(false);
            }
            catch (EventStoreException failure) when (failure.InnerException is { } inner && Server.IsAway(inner))
            {
                // The reader itself paused between its tries, so this does not spin.
            }
        }
    }

    private void CheckOpen(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(disposed == 1, typeof(IEventStore));
    }

    [GeneratedRegex("^[a-z_][a-z0-9_]{0,62}$")]
    private static partial Regex SchemaName();
}
