using System.Runtime.CompilerServices;
using Billing.EventStore.Port;

namespace Billing.EventStore.Feed;

/// <summary>
/// Catches up by pages and then follows the commits, with one and the same read for both, so that there is no hand-over
/// in which an event could be lost or seen twice.
/// </summary>
internal static class Subscription
{
    public static async IAsyncEnumerable<IReadOnlyList<StoredEvent>> Follow(
        CommitSignal signal, Func<long, CancellationToken, ValueTask<IReadOnlyList<StoredEvent>>> readPageAfter, long afterPosition,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var position = afterPosition;
        while (true)
        {
            await signal.WaitBeyond(position).WaitAsync(cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            var page = await readPageAfter(position, cancellationToken).ConfigureAwait(false);
            if (page.Count == 0) continue;
            yield return page;
            position = page[^1].Position;
        }
    }
}
