using Billing.EventStore.Port;

namespace Billing.Projections.Running;

/// <summary>Some events of the feed, decoded: what is applied and committed together.</summary>
/// <param name="Events">Those that a projection takes, in order.</param>
/// <param name="Through">Position of the last event, taken or not.</param>
/// <param name="Fault">Why the event after <paramref name="Through"/> can't be read; null where all could be.</param>
internal sealed record Batch(
    IReadOnlyList<DecodedEvent> Events, long Through, ProjectionHealth.Halted? Fault = null)
{
    /// <summary>Stands in the queue where everything stored so far has been read.</summary>
    public static Batch EndOfHistory { get; } = new([], Through: 0);

    /// <summary>Nothing has come for a while.</summary>
    public static Batch Quiet { get; } = new([], Through: 0);
}

internal readonly record struct DecodedEvent(StoredEvent Stored, object Event, Action<Fact, object>[] Handlers);
