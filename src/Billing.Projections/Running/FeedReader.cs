using System.Threading.Channels;
using Billing.EventStore.Port;

namespace Billing.Projections.Running;

/// <summary>
/// Reads and decodes ahead of whoever applies: pages are read one after the other, decoded side by side, and handed over
/// in order.
/// </summary>
internal sealed class FeedReader(IEventStore store, ProjectionSet projections, Breather breather, int pageEvents)
{
    /// <summary>So many that reading goes on while a large batch is written.</summary>
    private const int PagesAhead = 40;

    /// <summary>After a page of this size more is waiting, and there is no time to pause.</summary>
    private const int ManyEvents = 500;

    /// <summary>Decoding fewer events on another thread costs more than it saves.</summary>
    private const int WorthAThread = 100;

    /// <summary>
    /// Everything stored after the position, then <see cref="Batch.EndOfHistory"/>, then, if asked to follow, each new event.
    /// </summary>
    public async IAsyncEnumerable<Batch> Read(
        long after, bool follow, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var queue = Channel.CreateBounded<Task<Batch>>(
            new BoundedChannelOptions(PagesAhead) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => Fill(queue.Writer, after, follow, stopping.Token), CancellationToken.None);
        try
        {
            await foreach (var batch in queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                yield return await batch.ConfigureAwait(false);
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
    }

    private async Task Fill(ChannelWriter<Task<Batch>> queue, long after, bool follow, CancellationToken cancellationToken)
    {
        try
        {
            while (await store.ReadFeed(after, pageEvents, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
                after = await HandOver(queue, page, after, cancellationToken).ConfigureAwait(false);
            await queue.WriteAsync(Task.FromResult(Batch.EndOfHistory), cancellationToken).ConfigureAwait(false);
            if (follow)
            {
                await foreach (var page in store.Subscribe(after, cancellationToken).ConfigureAwait(false))
                {
                    after = await HandOver(queue, page, after, cancellationToken).ConfigureAwait(false);
                    if (page.Count < ManyEvents) await breather.Take(cancellationToken).ConfigureAwait(false);
                }
            }
            queue.Complete();
        }
        catch (Exception e)
        {
            // Whoever reads the queue meets it there, after the pages before it.
            queue.Complete(e);
        }
    }

    private async ValueTask<long> HandOver(
        ChannelWriter<Task<Batch>> queue, IReadOnlyList<StoredEvent> page, long after, CancellationToken cancellationToken)
    {
        var batch = page.Count < WorthAThread
            ? Task.FromResult(projections.Decode(page, after))
            : Task.Run(() => projections.Decode(page, after), CancellationToken.None);
        await queue.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        return page[^1].Position;
    }
}
