using System.Data.Common;
using Billing.Api.Payments;
using Billing.EventStore.Port;

namespace Billing.Api.Tests.Payments.Chaos;

/// <summary>The process is dead: nothing that it had in memory is there any more.</summary>
internal sealed class KilledException() : Exception("The process was killed.");

/// <summary>Kills the process at a step to come: before or after a write, a request or a look into the inbox.</summary>
internal sealed class Fuse
{
    private int _stepsLeft = int.MaxValue;

    public bool IsBlown { get; private set; }

    /// <param name="steps">How many steps the process still makes.</param>
    public void Light(int steps) => _stepsLeft = steps;

    public void Renew() => (_stepsLeft, IsBlown) = (int.MaxValue, false);

    /// <exception cref="KilledException">It is over.</exception>
    public void Step()
    {
        if (_stepsLeft != int.MaxValue && _stepsLeft-- <= 0) IsBlown = true;
        if (IsBlown) throw new KilledException();
    }
}

/// <summary>Requests to Stripe, which may be made and their answer never seen.</summary>
internal sealed class FusedHandler(Fuse fuse, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        fuse.Step();
        var response = await base.SendAsync(request, cancellationToken);
        fuse.Step();
        return response;
    }
}

/// <summary>The inbox's database, which outlives the process that has it open.</summary>
internal sealed class FusedInbox(Fuse fuse, InboxDatabase inner) : InboxDatabase
{
    public override string Counter => inner.Counter;

    public override string Due => inner.Due;

    public override void LayOut(string sql) => inner.LayOut(sql);

    public override void AddColumn(string table, string column, string type) => inner.AddColumn(table, column, type);

    public override void Dispose() => inner.Dispose();

    public override T Use<T>(Func<DbConnection, T> work)
    {
        fuse.Step();
        var done = inner.Use(work);
        fuse.Step();
        return done;
    }
}

/// <summary>The event store, which outlives the process that writes to it.</summary>
internal sealed class FusedStore(Fuse fuse, IEventStore inner) : IEventStore
{
    public async ValueTask<AppendOutcome> Append(AppendRequest request, CancellationToken cancellationToken)
    {
        fuse.Step();
        var outcome = await inner.Append(request, cancellationToken);
        fuse.Step();
        return outcome;
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadStream(
        BookId book, string stream, long from, int limit, ReadDirection direction, CancellationToken cancellationToken)
    {
        fuse.Step();
        return inner.ReadStream(book, stream, from, limit, direction, cancellationToken);
    }

    public ValueTask<long> VisitStream(BookId book, string stream, EventVisitor visitor, CancellationToken cancellationToken)
    {
        fuse.Step();
        return inner.VisitStream(book, stream, visitor, cancellationToken);
    }

    public ValueTask<IReadOnlyList<StoredEvent>> ReadBook(BookId book, long afterPlace, int limit, CancellationToken cancellationToken) =>
        inner.ReadBook(book, afterPlace, limit, cancellationToken);

    public ValueTask<IReadOnlyList<StoredEvent>> ReadFeed(long afterPosition, int limit, CancellationToken cancellationToken) =>
        inner.ReadFeed(afterPosition, limit, cancellationToken);

    public ValueTask<long> HeadPosition(CancellationToken cancellationToken) => inner.HeadPosition(cancellationToken);

    public ValueTask<KeyedAppend?> FindByIdempotencyKey(BookId book, string key, CancellationToken cancellationToken) =>
        inner.FindByIdempotencyKey(book, key, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<StoredEvent>> Subscribe(long afterPosition, CancellationToken cancellationToken) =>
        inner.Subscribe(afterPosition, cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
