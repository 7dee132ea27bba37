using Billing.EventStore.Codec;
using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>An event store, in memory unless another is given, and read models of its own, driven step by step.</summary>
internal sealed class Practice : IAsyncDisposable
{
    private readonly ReadModels models;

    public Practice(ReadModelsIn where, IEventStore? store = null)
    {
        models = ReadModels.In(where);
        Store = store ?? new MemoryEventStore();
        Database = models.Open();
        Runner = new ProjectionRunner(Store, Database);
    }

    public static BookId Book { get; } = new(Ids.Of(1, 1));

    public static Instant Now { get; } = Instant.FromUtc(2026, 3, 2, 8, 0);

    public IEventStore Store { get; }

    public ReadDatabase Database { get; private set; }

    public ProjectionRunner Runner { get; private set; }

    /// <summary>Appends to one stream, whatever its version is.</summary>
    public async Task<long> Append(BookId book, string stream, params object[] events)
    {
        var encoded = events.Select(e => EventCodec.Encode(Guid.CreateVersion7(), e)).ToList();
        return await Append(book, stream, encoded);
    }

    public async Task<long> Append(BookId book, string stream, IReadOnlyList<NewEvent> events)
    {
        var metadata = new EventMetadata("member:test", Guid.CreateVersion7(), Guid.CreateVersion7(), Now);
        var request = new AppendRequest(book, [new StreamAppend(stream, StreamAppend.AnyVersion, events)], [], metadata);
        var outcome = await Store.Append(request, TestContext.Current.CancellationToken);
        return Assert.IsType<AppendOutcome.Appended>(outcome).Position;
    }

    public async Task<long> Append(BookId book, IEnumerable<(string Stream, object Event)> history)
    {
        var position = 0L;
        foreach (var (stream, @event) in history) position = await Append(book, stream, @event);
        return position;
    }

    public Task CatchUp() => Runner.CatchUp(TestContext.Current.CancellationToken);

    /// <summary>Appends to streams of <see cref="Book"/> and reads up to there.</summary>
    public async Task Happened(params (string Stream, object Event)[] history)
    {
        await Append(Book, history);
        await CatchUp();
        Assert.IsType<ProjectionHealth.Stopped>(Runner.Health);
    }

    /// <summary>As after a restart of the process.</summary>
    public void Reopen()
    {
        Runner.Dispose();
        Database.Dispose();
        Database = models.Open();
        Runner = new ProjectionRunner(Store, Database);
    }

    public async ValueTask DisposeAsync()
    {
        Runner.Dispose();
        Database.Dispose();
        await Store.DisposeAsync();
        models.Dispose();
    }
}
