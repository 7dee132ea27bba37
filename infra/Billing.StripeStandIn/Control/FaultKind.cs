namespace Billing.StripeStandIn.Control;

/// <summary>What goes wrong with a request.</summary>
public enum FaultKind
{
    /// <summary>429 before anything is done; nothing is saved under the idempotency key.</summary>
    RateLimited,

    /// <summary>500, nothing done; saved and replayed under the idempotency key, as Stripe does.</summary>
    ServerErrorBeforeCommit,

    /// <summary>500 although it was done; saved and replayed under the idempotency key.</summary>
    ServerErrorAfterCommit,

    /// <summary>Done, then the connection breaks; the same key gets the true answer.</summary>
    ConnectionLostAfterCommit,

    /// <summary>Done, then no answer until the client gives up; the same key gets the true answer.</summary>
    TimeOutAfterCommit,

    /// <summary>Waits before it begins, with the key in flight: another request under it gets 409.</summary>
    Slow,
}
