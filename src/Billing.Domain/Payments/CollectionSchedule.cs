using System.Collections.Frozen;
using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>
/// When a charge that failed is tried again: one, three and five days later, and then no more. What Stripe documents as final is
/// not tried again at all (its pages "Decline codes" and "Error codes", and the advice code of a decline).
/// </summary>
public static class CollectionSchedule
{
    private static readonly Duration[] Pauses = [Duration.FromDays(1), Duration.FromDays(3), Duration.FromDays(5)];

    private const string DoNotTryAgain = "do_not_try_again";

    private static readonly FrozenSet<string> Final = new[]
    {
        FailureCode.AuthenticationRequired, FailureCode.MethodGone, "account_closed", "bank_account_restricted", "debit_not_authorized",
        "expired_card", "fraudulent", "incorrect_number", "invalid_account", "invalid_number", "lost_card", "no_account", "pickup_card",
        "restricted_card", "revocation_of_all_authorizations", "revocation_of_authorization", "stolen_card", "stop_payment_order",
    }.ToFrozenSet(StringComparer.Ordinal);

    public static int MostAttempts => Pauses.Length + 1;

    /// <summary>When the next attempt may be made; null where none is.</summary>
    /// <param name="number">Of the attempt that failed, from 1, among those for the same.</param>
    public static Instant? NextAfter(int number, PaymentStage.Failed failed) =>
        number >= MostAttempts || failed.Advice == DoNotTryAgain || (failed.Code is { } code && Final.Contains(code))
            ? null
            : failed.FailedAt + Pauses[number - 1];
}

/// <summary>Why a charge failed, where it matters to us; else it is Stripe's own word.</summary>
public static class FailureCode
{
    /// <summary>The client's bank wants the client to be there: the checkout page is the way.</summary>
    public const string AuthenticationRequired = "authentication_required";

    /// <summary>Stripe has the method or the customer no longer. Ours, not Stripe's.</summary>
    public const string MethodGone = "payment_method_gone";
}
