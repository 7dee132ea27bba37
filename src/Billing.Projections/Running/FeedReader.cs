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

    /// <summary>As many as an engine gives at once: more is waiting, and there is no time to pause.</summary>
    private const int FullPage = 1_000;

    /// <summary>Decoding fewer events on another thread costs more than it saves.</summary>
    private const int WorthAThread = 100;

    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(5);

    private readonly Channel<Task<Batch>> queue = Channel.CreateBounded<Task<Batch>>(
        new BoundedChannelOptions(PagesAhead) { SingleReader = true, SingleWriter = true });

    /// <summary>The next batch is on its way already.</summary>
    public bool HasNext => queue.Reader.Count > 0;

    /// <summary>
    /// Everything stored after the position, then <see cref="Batch.EndOfHistory"/>, then, if asked to follow, each new event, and
    /// <see cref="Batch.Quiet"/> each few seconds that none came.
    /// </summary>
    public async IAsyncEnumerable<Batch> Read(
        long after, bool follow, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => Fill(after, follow, stopping.Token), CancellationToken.None);
        try
        {
            while (true)
            {
                var next = queue.Reader.WaitToReadAsync(cancellationToken).AsTask();
                while (!next.IsCompleted)
                {
                    await ((Task)next).WaitAsync(QuietAfter, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    if (!next.IsCompleted) yield return Batch.Quiet;
                }
                if (!await next.ConfigureAwait(false)) break;
                while (queue.Reader.TryRead(out var batch)) yield return await batch.ConfigureAwait(false);
            }
        }
        finally
        {
            await stopping.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
    }

    private async Task Fill(long after, bool follow, CancellationToken cancellationToken)
    {
        try
        {
            while (await store.ReadFeed(after, pageEvents, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
                after = await HandOver(page, after, cancellationToken).ConfigureAwait(false);
            await queue.Writer.WriteAsync(Task.FromResult(Batch.EndOfHistory), cancellationToken).ConfigureAwait(false);
            if (follow)
            {
                await foreach (var page in store.Subscribe(after, cancellationToken).ConfigureAwait(false))
                {
                    after = await HandOver(page, after, cancellationToken).ConfigureAwait(false);
                    if (page.Count < FullPage) await breather.Take(cancellationToken).ConfigureAwait(false);
                }
            }
            queue.Writer.Complete();
        }
        catch (Exception e)
        {
            // Whoever reads the queue meets it there, after the pages before it.
            queue.Writer.Complete(e);
        }
    }

    private async ValueTask<long> HandOver(IReadOnlyList<StoredEvent> page, long after, CancellationToken cancellationToken)
    {
        var batch = page.Count < WorthAThread
            ? Task.FromResult(projections.Decode(page, after))
            : Task.Run(() => projections.Decode(page, after), CancellationToken.None);
        await queue.Writer.WriteAsync(batch, cancellationToken).ConfigureAwait(false);
        return page[^1].Position;
    }
}
