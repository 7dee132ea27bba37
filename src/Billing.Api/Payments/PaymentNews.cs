using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Payments;

/// <summary>
/// Tells the books what Stripe says of a payment now. Everything is worked out from what is fetched, so it does not matter which
/// notice led here, how often, or in what order.
/// </summary>
public sealed class PaymentNews(
    CommandBus bus, IEventStore store, StateCache cache, StripeGateway gateway, IClock clock, Func<Guid> newId)
{
    internal const string Actor = "stripe";

    /// <param name="isAboutMoneyBack">Whether refunds and disputes are asked for although the session names none: a refund that
    /// failed leaves no trace on it.</param>
    public async Task<Heeded> Heed(StripePayment payment, bool isAboutMoneyBack, CancellationToken cancellationToken)
    {
        if (payment is not { BusinessId: { } businessId, PaymentId: { } paymentId }) return Heeded.NotOurs;
        var context = new CommandContext(new BookId(businessId), Actor, clock.GetCurrentInstant(), newId());
        var books = Session(context.Book, cancellationToken);
        if (await books.Load(Payment.Stream, paymentId) is not PaymentState.Online known) return Heeded.NotOurs;
        if (await books.Load(Business.Stream, businessId) is not BusinessState.Open business) return Heeded.NotOurs;

        if (Differs(known, payment) is { } difference) return new Heeded(IsOurs: true, difference);

        if (await Tell(context, Payments(context, business, payment, known), cancellationToken) is { } refusal)
            return new Heeded(IsOurs: true, refusal);
        var isPaid = payment is { PaymentStatus: "paid", PaymentIntentId: not null };
        if (!isPaid || !(isAboutMoneyBack || payment.HasMoneyGoneBack || known.Back.IsWaiting)) return Heeded.Agrees;

        var refunds = await gateway.In(known.Account).RefundsOf(payment.PaymentIntentId!, cancellationToken);
        var disputes = await gateway.In(known.Account).DisputesOf(payment.PaymentIntentId!, cancellationToken);
        return new Heeded(IsOurs: true, await Tell(
            context, [.. Refunds(context, business, paymentId, refunds), .. Disputes(context, business, paymentId, disputes)],
            cancellationToken));
    }

    /// <summary>
    /// Looks at a payment's session. One that asks for what is no longer open, or for money into an account that was given up, is
    /// expired first. What is in an account that is out of reach waits.
    /// </summary>
    public async Task LookAt(BookId book, Guid paymentId, CancellationToken cancellationToken)
    {
        var session = Session(book, cancellationToken);
        if (await session.Load(Payment.Stream, paymentId) is not PaymentState.Online { Session: { } opened } payment) return;
        if (!await session.Reaches(payment.Account)) return;
        if (payment.Stage is PaymentStage.Attempted)
        {
            var invoice = await session.Load(Invoice.Stream, payment.InvoiceId);
            var isWanted = invoice is InvoiceState.Finalized { Invoice: var asks } && asks.Checkout?.PaymentId == paymentId
                && asks.AsksFor(payment.Amount.Minor) && await IsTaken(session, payment.Account);
            if (!isWanted) await gateway.In(payment.Account).ExpireSession(opened.SessionId, cancellationToken);
        }
        await Heed(
            await gateway.In(payment.Account).GetSession(opened.SessionId, cancellationToken), isAboutMoneyBack: false, cancellationToken);
    }

    /// <summary>Whether the practice still takes payments into the account; whether Stripe lets it, Stripe heeds by itself.</summary>
    private static async ValueTask<bool> IsTaken(BookSession session, string? account) =>
        account is null || (await session.StripeAccounts()).Current == account;

    private async Task<string?> Tell(CommandContext context, IEnumerable<ICommand> commands, CancellationToken cancellationToken)
    {
        foreach (var command in commands)
        {
            switch (await bus.Send(context, () => command, cancellationToken))
            {
                case CommandResult.Refused refused:
                    return $"{refused.Rejection.Code}: {refused.Rejection.Detail}";
                case CommandResult.Overloaded:
                    throw new IOException("The store is overloaded.");
            }
        }
        return null;
    }

    /// <summary>What Stripe's metadata say is ours only where our own record says the same.</summary>
    private static string? Differs(PaymentState.Online known, StripePayment payment)
    {
        var isSame = known.Account == payment.Account && known.InvoiceId == payment.InvoiceId
            && (payment.SessionId is null || known.Session is null || known.Session.SessionId == payment.SessionId)
            && (known.IntentId is null || known.IntentId == payment.PaymentIntentId);
        return isSame ? null : "payment-differs: Stripe tells of our payment by what is not ours. Look at its metadata.";
    }

    private static IEnumerable<ICommand> Payments(
        CommandContext context, BusinessState.Open business, StripePayment payment, PaymentState.Online known)
    {
        var paymentId = known.PaymentId;
        if (known.Automatic is not null && payment.PaymentIntentId is { } made)
            yield return new NoteIntentCommand(context, new NoteIntent(paymentId, made, context.Now));
        if (payment is { PaymentStatus: "paid", PaymentIntentId: { } intentId })
        {
            var receivedOn = business.DayOf(payment.ChargedAt);
            yield return new SucceedPaymentCommand(context, new SucceedPayment(
                paymentId, intentId, payment.StripeAmount, payment.StripeCurrency, receivedOn, context.Now));
            if (Kept(known, payment) is { } method)
            {
                yield return new SaveMethodCommand(
                    context, known.ClientId, new SaveMethod(paymentId, method with { SavedAt = context.Now }));
            }
            if (payment.Fee is { } fee && StripeAmounts.TryFromStripe(fee.StripeAmount, fee.StripeCurrency, out var amount))
            {
                yield return new ChargeFeeCommand(
                    context, new ChargeFee(paymentId, fee.BalanceTransactionId, amount.Value, receivedOn));
            }
        }
        else if (payment.SessionId is null && known.Automatic is null)
        {
            // A try within a checkout that is still open.
        }
        else if (payment.Status == "expired")
        {
            yield return new ExpireCheckoutCommand(context, new ExpireCheckout(paymentId, context.Now));
        }
        else if (payment.Status == "complete")
        {
            yield return payment.IntentStatus is "requires_payment_method" or "requires_action" or "requires_confirmation" or "canceled"
                ? new FailPaymentCommand(context, new FailPayment(
                    paymentId, payment.FailureMessage ?? "the payment was declined", context.Now, payment.FailureCode, payment.Advice))
                : new MarkPendingCommand(context, new MarkPending(paymentId, context.Now));
        }
    }

    /// <summary>The method that a checkout kept for the client; null for none.</summary>
    private static SavedMethod? Kept(PaymentState.Online known, StripePayment payment) =>
        known is { Automatic: null, CustomerId: { } customerId } && payment.CustomerId == customerId
        && payment.Method is { } method && method.CustomerId == customerId
            ? new SavedMethod(
                method.PaymentMethodId, known.Account, method.Kind, method.Brand, method.LastFour, method.ExpiresMonth, method.ExpiresYear,
                default, Gone: null)
            : null;

    private static IEnumerable<ICommand> Refunds(
        CommandContext context, BusinessState.Open business, Guid paymentId, IEnumerable<StripeRefund> refunds) =>
        refunds.OrderBy(refund => refund.MadeAt).ThenBy(refund => refund.Id, StringComparer.Ordinal).Select(refund =>
            new TellRefundCommand(context, new TellRefund(
                paymentId, refund.Id, refund.RefundId, refund.StripeAmount, refund.StripeCurrency, business.DayOf(refund.MadeAt),
                refund.FailureReason, refund.FailedAt is { } failed ? business.DayOf(failed) : null, context.Now)));

    private static IEnumerable<ICommand> Disputes(
        CommandContext context, BusinessState.Open business, Guid paymentId, IEnumerable<StripeDispute> disputes)
    {
        foreach (var dispute in disputes)
        {
            var withdrawn = dispute.Bookings.FirstOrDefault(booked => booked.StripeAmount < 0);
            var reinstated = dispute.Bookings.FirstOrDefault(booked => booked.StripeAmount > 0);
            yield return new TellDisputeCommand(context, new TellDispute(
                paymentId, dispute.Id, dispute.StripeAmount, dispute.StripeCurrency, dispute.Reason, business.DayOf(dispute.OpenedAt),
                dispute.AnswerBy, Day(withdrawn), Day(reinstated), OutcomeOf(dispute.Status), context.Now, dispute.GivenBack()));
            foreach (var booked in dispute.Bookings.Where(booked => booked.StripeFee != 0))
            {
                if (!StripeAmounts.TryFromStripe(booked.StripeFee, booked.StripeCurrency, out var fee)) continue;
                yield return new ChargeFeeCommand(context, new ChargeFee(
                    paymentId, booked.BalanceTransactionId, fee.Value, business.DayOf(booked.BookedAt), MayBeGivenBack: true));
            }
        }

        LocalDate? Day(DisputeBooking? booked) => booked is null ? null : business.DayOf(booked.BookedAt);
    }

    private static string? OutcomeOf(string status) => status switch
    {
        "won" => DisputeOutcome.Won,
        "lost" => DisputeOutcome.Lost,
        "warning_closed" or "prevented" => DisputeOutcome.Withdrawn,
        _ => null,
    };

    private BookSession Session(BookId book, CancellationToken cancellationToken) => new(
        store, cache, new CommandContext(book, Actor, clock.GetCurrentInstant(), Guid.Empty), cancellationToken);
}

/// <summary>What became of news.</summary>
/// <param name="IsOurs">False for a session that no practice here began.</param>
/// <param name="Refusal">Why the books do not take it, though it is ours: somebody has to look. Null where they agree now.</param>
public sealed record Heeded(bool IsOurs, string? Refusal)
{
    public static Heeded NotOurs { get; } = new(false, null);

    public static Heeded Agrees { get; } = new(true, null);
}
