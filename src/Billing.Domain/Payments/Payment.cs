using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Values;
using static Billing.Domain.Payments.PaymentEvent;

namespace Billing.Domain.Payments;

/// <summary>
/// One payment. What involves its invoice too is decided elsewhere: <see cref="CheckoutStart"/>,
/// <see cref="PaymentReceipt"/>, <see cref="CheckoutEnd"/>.
/// </summary>
public static partial class Payment
{
    public static readonly StreamType<PaymentState, PaymentEvent> Stream =
        new("payment", new PaymentState.NotStarted(), Evolve);

    public static PaymentState Evolve(PaymentState state, PaymentEvent @event) => (state, @event) switch
    {
        (_, PaymentAttempted e) => new PaymentState.Online(
            e.PaymentId, e.InvoiceId, e.ClientId, new Money(e.AmountMinor, Currency.Of(e.Currency)), e.AttemptedAt,
            Session: null, new PaymentStage.Attempted(),
            ImmutableSortedDictionary.Create<string, ProcessorFee>(StringComparer.Ordinal))
        {
            CustomerId = e.CustomerId,
            Automatic = e.Automatic,
            Account = e.Account,
        },
        (_, PaymentRecorded e) => new PaymentState.ByHand(e),
        (PaymentState.Online s, CheckoutOpened e) =>
            s with { Session = new CheckoutSession(e.SessionId, e.Url, e.ExpiresAt) },
        (PaymentState.Online s, PaymentIntentMade e) => s with { IntentId = e.PaymentIntentId },
        (PaymentState.Online s, PaymentPending) => Forward(s, new PaymentStage.Pending()),
        (PaymentState.Online s, PaymentSucceeded e) =>
            Forward(s, new PaymentStage.Succeeded(e.PaymentIntentId, e.AppliedMinor, e.CreditMinor, e.ReceivedOn)),
        (PaymentState.Online s, PaymentFailed e) => Forward(s, new PaymentStage.Failed(e.Reason, e.Code, e.Advice, e.FailedAt)),
        (PaymentState.Online s, CheckoutExpired) => Forward(s, new PaymentStage.Expired()),
        (PaymentState.Online s, ProcessorFeeCharged e) => s with
        {
            Fees = s.Fees.SetItem(
                e.BalanceTransactionId, new ProcessorFee(new Money(e.AmountMinor, Currency.Of(e.Currency)), e.ChargedOn)),
        },
        (PaymentState.Online s, _) => s with { Back = Evolve(s.Back, @event) },
        _ => throw new UnreachableException($"{@event.GetType().Name} on a payment that was not attempted online."),
    };

    /// <summary>Refuses: <c>payment-unknown</c>, <c>checkout-differs</c>.</summary>
    public static Decision<PaymentEvent> Decide(PaymentState state, OpenCheckout command)
    {
        if (state is not PaymentState.Online online) return Unknown(command.PaymentId);
        if (online.Session is null)
            return new CheckoutOpened(command.SessionId, command.Url, command.ExpiresAt, command.At);
        return online.Session.SessionId == command.SessionId
            ? Decision<PaymentEvent>.AlreadyDone
            : new Rejection("checkout-differs", "This payment has another checkout session already.");
    }

    /// <summary>Refuses: <c>payment-unknown</c>, <c>payment-differs</c>.</summary>
    public static Decision<PaymentEvent> Decide(PaymentState state, NoteIntent command)
    {
        if (state is not PaymentState.Online { Automatic: not null } online) return Unknown(command.PaymentId);
        if (online.IntentId is null) return new PaymentIntentMade(command.PaymentIntentId, command.At);
        return online.IntentId == command.PaymentIntentId
            ? Decision<PaymentEvent>.AlreadyDone
            : new Rejection("payment-differs", $"This payment is {online.IntentId} at Stripe already.");
    }

    /// <summary>Refuses: <c>payment-unknown</c>. News that a later stage has overtaken changes nothing.</summary>
    public static Decision<PaymentEvent> Decide(PaymentState state, MarkPending command) =>
        Advance(state, command.PaymentId, new PaymentStage.Pending(), new PaymentPending(command.At));

    /// <summary>Refuses: <c>payment-unknown</c>. <see cref="CheckoutEnd"/> decides it together with the
    /// invoice.</summary>
    internal static Decision<PaymentEvent> Decide(PaymentState state, FailPayment command) => Advance(
        state, command.PaymentId, new PaymentStage.Failed(command.Reason, command.Code, command.Advice, command.At),
        new PaymentFailed(command.Reason, command.At, command.Code, command.Advice));

    /// <summary>Refuses: <c>payment-unknown</c>. <see cref="CheckoutEnd"/> decides it together with the
    /// invoice.</summary>
    internal static Decision<PaymentEvent> Decide(PaymentState state, ExpireCheckout command) =>
        Advance(state, command.PaymentId, new PaymentStage.Expired(), new CheckoutExpired(command.At));

    /// <summary>Refuses: <c>payment-unknown</c>, <c>fee-negative</c>, <c>fee-differs</c>.</summary>
    public static Decision<PaymentEvent> Decide(PaymentState state, ChargeFee command)
    {
        if (state is not PaymentState.Online online) return Unknown(command.PaymentId);
        if (command is { Fee.IsNegative: true, MayBeGivenBack: false })
            return new Rejection("fee-negative", "A processor's fee can't be negative.", Kind: RejectionKind.Invalid);
        if (!online.Fees.TryGetValue(command.BalanceTransactionId, out var fee))
        {
            return new ProcessorFeeCharged(
                command.BalanceTransactionId, command.Fee.Minor, command.Fee.Currency.Code, command.ChargedOn);
        }
        return fee.Amount == command.Fee
            ? Decision<PaymentEvent>.AlreadyDone
            : new Rejection("fee-differs", $"The fee of {command.BalanceTransactionId} was recorded as {fee.Amount}.");
    }

    internal static Rejection Unknown(Guid paymentId) =>
        new("payment-unknown", $"There is no online payment {paymentId:D}.", Kind: RejectionKind.NotFound);

    private static Decision<PaymentEvent> Advance(
        PaymentState state, Guid paymentId, PaymentStage stage, PaymentEvent @event) => state switch
        {
            PaymentState.Online online => online.Stage.IsBefore(stage) ? @event : Decision<PaymentEvent>.AlreadyDone,
            _ => Unknown(paymentId),
        };

    private static PaymentState.Online Forward(PaymentState.Online state, PaymentStage stage) =>
        state.Stage.IsBefore(stage) ? state with { Stage = stage } : state;
}
