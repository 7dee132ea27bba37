using Billing.Domain.Values;
using static Billing.Domain.Access.BusinessEvent;

namespace Billing.Domain.Access;

public static partial class Business
{
    public static Decision<BusinessEvent> Decide(BusinessState state, SetLateFeePolicy command)
    {
        if (state is not BusinessState.Open open) return NoSuchBusiness;
        var policy = command.Policy;
        if (policy.RefuseUnfit(open.Currency) is { } refusal) return refusal;
        if (open.LateFees == policy || (open.LateFees is null && policy.Kind == LateFeePolicy.NoFee))
            return Decision<BusinessEvent>.AlreadyDone;
        return new LateFeePolicySet(
            policy.Kind, open.Currency.Code, policy.Amount?.Minor, policy.BasisPoints, policy.GraceDays, policy.Per, policy.Cap?.Minor,
            command.At);
    }

    private static LateFeePolicy? PolicyOf(LateFeePolicySet e)
    {
        if (e.Kind == LateFeePolicy.NoFee) return null;
        var currency = Currency.Of(e.Currency);
        return new LateFeePolicy(
            e.Kind, e.AmountMinor is { } amount ? new Money(amount, currency) : null, e.BasisPoints, e.GraceDays, e.Per,
            e.CapMinor is { } cap ? new Money(cap, currency) : null);
    }
}
