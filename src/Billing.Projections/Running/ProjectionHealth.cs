namespace Billing.Projections.Running;

/// <summary>How the read models stand towards the events.</summary>
public abstract record ProjectionHealth
{
    private ProjectionHealth() { }

    /// <summary>Nothing reads the feed.</summary>
    public sealed record Stopped : ProjectionHealth;

    /// <summary>Events that were stored before are being applied; what is read is old.</summary>
    public sealed record CatchingUp : ProjectionHealth;

    /// <summary>New events are applied as they come.</summary>
    public sealed record Live : ProjectionHealth;

    /// <summary>Another node applies the events; what it has written is read here.</summary>
    public sealed record Standby : ProjectionHealth;

    /// <summary>An event can't be applied. What is read stays as it was before that event until the cause is gone.</summary>
    /// <param name="Position">Position of the event; the one after the checkpoint where the database itself failed.</param>
    /// <param name="EventName">Its stored name, where it is known.</param>
    /// <param name="Reason">For a person, without any confidential part of the event.</param>
    public sealed record Halted(long Position, string? EventName, string Reason) : ProjectionHealth;
}

/// <summary>How far catching up has come.</summary>
/// <param name="Position">The last event applied.</param>
/// <param name="Head">The newest event when catching up began.</param>
/// <param name="EventsPerSecond">Over all of this catching up.</param>
public sealed record CatchUpProgress(long Position, long Head, long EventsPerSecond);
