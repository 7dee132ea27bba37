using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Payments;

/// <summary>
/// Tells the books what Stripe says of a session now. Everything is worked out from the fetched session, so it does not
/// matter which notice led here, how often, or in what order.
/// </summary>
public sealed class PaymentNews(
    CommandBus bus, IEventStore store, StateCache cache, StripeGateway gateway, IClock clock, Func<Guid> newId)
{
    private const string Actor = "stripe";

    /// <returns>Null where the books agree with the session now; otherwise why it is left aside.</returns>
    public async Task<string?> Heed(CheckoutSession session, CancellationToken cancellationToken)
    {
        if (session is not { BusinessId: { } businessId, PaymentId: { } paymentId }) return "not a session of ours";
        var context = new CommandContext(new BookId(businessId), Actor, clock.GetCurrentInstant(), newId());
        var known = await Session(context.Book, cancellationToken).Load(Payment.Stream, paymentId);
        if (known is not PaymentState.Online) return "not a payment of ours";

        foreach (var command in await Tell(context, session, paymentId, cancellationToken))
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

    /// <summary>Looks at a payment's session. One that asks for what is no longer open is expired first.</summary>
    public async Task LookAt(BookId book, Guid paymentId, CancellationToken cancellationToken)
    {
        var session = Session(book, cancellationToken);
        if (await session.Load(Payment.Stream, paymentId) is not PaymentState.Online { Session: { } opened } payment) return;
        var invoice = await session.Load(Invoice.Stream, payment.InvoiceId);
        var isWanted = invoice.Issued?.Checkout?.PaymentId == paymentId && invoice.OpenMinor == payment.Amount.Minor;
        if (!isWanted) await gateway.ExpireSession(opened.SessionId, cancellationToken);
        await Heed(await gateway.GetSession(opened.SessionId, cancellationToken), cancellationToken);
    }

    private async ValueTask<IReadOnlyList<ICommand>> Tell(
        CommandContext context, CheckoutSession session, Guid paymentId, CancellationToken cancellationToken)
    {
        var commands = new List<ICommand>();
        if (session.PaymentStatus == "paid" && session.PaymentIntentId is { } intentId)
        {
            var receivedOn = await DayOf(context, session.ChargedAt, cancellationToken);
            commands.Add(new SucceedPaymentCommand(context, new SucceedPayment(
                paymentId, intentId, session.StripeAmount, session.StripeCurrency, receivedOn, context.Now)));
            if (session.Fee is { } fee && StripeAmounts.TryFromStripe(fee.StripeAmount, fee.StripeCurrency, out var amount))
            {
                commands.Add(new ChargeFeeCommand(
                    context, new ChargeFee(paymentId, fee.BalanceTransactionId, amount.Value, receivedOn)));
            }
        }
        else if (session.Status == "expired")
        {
            commands.Add(new ExpireCheckoutCommand(context, new ExpireCheckout(paymentId, context.Now)));
        }
        else if (session.Status == "complete")
        {
            commands.Add(session.IntentStatus is "requires_payment_method" or "canceled"
                ? new FailPaymentCommand(context, new FailPayment(
                    paymentId, session.FailureMessage ?? "the payment was declined", context.Now))
                : new MarkPendingCommand(context, new MarkPending(paymentId, context.Now)));
        }
        return commands;
    }

    private async ValueTask<LocalDate> DayOf(CommandContext context, Instant instant, CancellationToken cancellationToken)
    {
        var business = (BusinessState.Open)await Session(context.Book, cancellationToken)
            .Load(Business.Stream, context.Book.Value);
        return business.DayOf(instant);
    }

    private BookSession Session(BookId book, CancellationToken cancellationToken) => new(
        store, cache, new CommandContext(book, Actor, clock.GetCurrentInstant(), Guid.Empty), cancellationToken);
}
