using Billing.Domain.Values;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Access;

/// <summary>By which rules time is kept, and up to which day the books are closed.</summary>
public static partial class Business
{
    public static Decision<BusinessEvent> Decide(BusinessState state, SetTimekeepingPolicy command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        var policy = command.Policy;
        if (open.Timekeeping == policy) return Decision<BusinessEvent>.AlreadyDone;
        if (policy.RefuseUnfit() is { } refusal) return refusal;
        return new TimekeepingPolicySet(
            policy.WhileRunning, policy.ForgottenAfterSeconds, policy.CapSeconds, command.At,
            policy.WhenForgotten == TimekeepingPolicy.Warn ? null : policy.WhenForgotten);
    }

    public static Decision<BusinessEvent> Decide(BusinessState state, LockPeriod command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        if (open.LockedThrough == command.Through) return Decision<BusinessEvent>.AlreadyDone;
        if (Wording.RefuseName(command.Reason, "/reason") is { } refusal) return refusal;
        return command.Through > open.DayOf(command.At)
            ? new Rejection("in-the-future", "A period is closed when it is over, not before.", "/through")
            : new PeriodLocked(command.Through, command.Reason, command.At);
    }
}
