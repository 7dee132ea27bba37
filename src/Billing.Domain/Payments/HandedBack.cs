using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>Money that was given back by hand, however it came to be due.</summary>
internal static class HandedBack
{
    /// <summary>Refuses: <c>payment-method-unknown</c>, <c>settled-on-implausible</c>, what <see cref="Wording.RefuseLine"/> refuses;
    /// null where it can be.</summary>
    /// <param name="dueOn">The day of what it settles.</param>
    public static Rejection? Refuse(string method, string? reference, LocalDate settledOn, LocalDate dueOn, Instant at)
    {
        if (!PaymentMethods.All.Contains(method))
        {
            return new Rejection("payment-method-unknown", $"The method is one of {string.Join(", ", PaymentMethods.All)}.", "/method",
                RejectionKind.Invalid);
        }
        if (Wording.RefuseLine(reference, PaymentReceipt.MaxReferenceLength, "/reference") is { } unfit) return unfit;
        // Somewhere on earth it is a day later than in UTC.
        return settledOn < dueOn || settledOn > at.InUtc().Date.PlusDays(1)
            ? new Rejection("settled-on-implausible",
                "A refund is settled on the day on which it fell due or later, and not in the future.", "/settledOn", RejectionKind.Invalid)
            : null;
    }
}
