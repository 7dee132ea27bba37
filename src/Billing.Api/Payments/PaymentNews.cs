using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using Billing.Projections.Payments;
using NodaTime;

namespace Billing.Api.Payments;

/// <summary>
/// Tells the books what Stripe says of a session now. Everything is worked out from the fetched session, so it does not
/// matter which notice led here, how often, or in what order.
/// </summary>
public sealed class PaymentNews(
    CommandBus bus, IEventStore store, StateCache cache, PaymentQueries payments, IClock clock, Func<Guid> newId)
{
    private const string Actor = "stripe";

    /// <returns>Null where the books agree with the session now; otherwise why it is left aside.</returns>
    public async Task<string?> Heed(CheckoutSession session, CancellationToken cancellationToken)
    {
        if (session is not { BusinessId: { } businessId, PaymentId: { } paymentId }) return "not a session of ours";
        var context = new CommandContext(new BookId(businessId), Actor, clock.GetCurrentInstant(), newId());
        var known = await new BookSession(store, cache, context, cancellationToken).Load(Payment.Stream, paymentId);
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

    /// <summary>Sessions of an invoice that may still be paid, as far as the read model knows.</summary>
    public IEnumerable<(Guid PaymentId, string SessionId)> OpenSessionsOf(BookId book, Guid invoiceId) => payments
        .OfInvoice(book, invoiceId)
        .Where(p => p is { Status: "attempted" or "open", SessionId: not null })
        .Select(p => (p.PaymentId, p.SessionId!));

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
        var business = (BusinessState.Open)await new BookSession(store, cache, context, cancellationToken)
            .Load(Business.Stream, context.Book.Value);
        return instant.InZone(DateTimeZoneProviders.Tzdb[business.TimeZone]).Date;
    }
}
