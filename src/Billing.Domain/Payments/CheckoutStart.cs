using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Payments.PaymentEvent;

namespace Billing.Domain.Payments;

/// <summary>
/// How a click on Pay begins. An invoice has one open attempt: it is used again while it asks for what is open now, so
/// that a client who clicks twice pays once; otherwise a new one replaces it.
/// </summary>
public abstract record CheckoutStart
{
    /// <summary>
    /// How long an attempt waits for a lost answer of Stripe's to be asked for again. Stripe keeps answers for a day, and
    /// a session must then live for half an hour at least.
    /// </summary>
    public static readonly Duration UnansweredLife = Duration.FromHours(12);

    private CheckoutStart() { }

    /// <summary>Go on with this attempt; nothing is to be written.</summary>
    /// <param name="Session">Null where Stripe's answer was lost: ask again with the same idempotency key.</param>
    public sealed record Reused(Guid PaymentId, Money Amount, CheckoutSession? Session) : CheckoutStart;

    /// <summary>Write both events in one append, then call Stripe.</summary>
    /// <param name="Superseded">The attempt that was open until now, whose session is to be expired.</param>
    public sealed record Begun(PaymentAttempted Payment, InvoiceEvent Invoice, Guid? Superseded) : CheckoutStart;

    public sealed record Refused(Rejection Rejection) : CheckoutStart;

    /// <summary>Refuses: <c>invoice-unknown</c>, <c>invoice-not-finalized</c>, <c>invoice-voided</c>,
    /// <c>invoice-already-paid</c>, <c>payment-under-way</c>, <c>id-taken</c> and what
    /// <see cref="StripeAmounts.Refusal"/> refuses.</summary>
    /// <param name="open">The payment that the invoice's open attempt names; not started where there is none.</param>
    /// <param name="fresh">The payment with the command's id, as a rule not started.</param>
    public static CheckoutStart Decide(
        InvoiceState invoice, PaymentState open, PaymentState fresh, AttemptPayment command)
    {
        if (Invoice.NotPayable(invoice, command.InvoiceId) is { } refusal) return new Refused(refusal);
        var issued = invoice.Issued!;
        if (invoice.OpenMinor == 0)
            return new Refused(new Rejection("invoice-already-paid", "Nothing is open on this invoice."));

        var amount = new Money(command.OnlyDueOn is { } day ? issued.NextDueMinor(day) : invoice.OpenMinor, issued.Currency);
        if (open is PaymentState.Online attempt)
        {
            if (attempt.PaymentId != issued.Checkout?.PaymentId)
                throw new ArgumentException("The payment is not the invoice's open attempt.", nameof(open));
            if (attempt.Stage is PaymentStage.Pending || attempt is { Automatic: not null, Stage: PaymentStage.Attempted })
            {
                return new Refused(new Rejection("payment-under-way",
                    $"A payment of {attempt.Amount} is under way. Wait until the bank has settled it."));
            }
            if (CanBeUsedAgain(attempt, amount, command)) return new Reused(attempt.PaymentId, amount, attempt.Session);
        }
        if (StripeAmounts.Refusal(amount) is { } unpayable) return new Refused(unpayable);
        if (fresh is not PaymentState.NotStarted)
            return new Refused(new Rejection("id-taken", "Another payment has this id. Choose a new one."));
        return new Begun(
            new PaymentAttempted(
                command.PaymentId, issued.Facts.InvoiceId, issued.Facts.ClientId, amount.Minor, amount.Currency.Code,
                command.At, command.CustomerId, Automatic: null, command.Account),
            Invoice.Decide(invoice, new AttemptCheckout(command.InvoiceId, command.PaymentId, amount.Minor, command.At))
                .Certain().Single(),
            issued.Checkout?.PaymentId);
    }

    private static bool CanBeUsedAgain(PaymentState.Online attempt, Money amount, AttemptPayment command) =>
        attempt.Stage is PaymentStage.Attempted && attempt.Amount == amount
        && attempt.CustomerId == command.CustomerId && attempt.Account == command.Account
        && command.At < (attempt.Session?.ExpiresAt ?? attempt.AttemptedAt + UnansweredLife);
}
