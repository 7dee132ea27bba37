using System.Net;
using Billing.Api.Commands;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using NodaTime;
using Stripe;

namespace Billing.Api.Payments;

/// <summary>
/// Carries out the refunds that the books ask for: asks Stripe under the attempt's id, and tells the books what came of it. After a
/// crash anywhere in between, or without an answer, the next look goes on where it stopped.
/// </summary>
public sealed class RefundDesk(
    CommandBus bus, IEventStore store, StateCache cache, StripeGateway gateway, PaymentNews news, IClock clock, Func<Guid> newId)
{
    private const string Actor = "stripe";

    /// <summary>Stripe keeps an answer under its key for a day at least: within it the same request cannot refund twice.</summary>
    private static readonly Duration KeyLife = Duration.FromHours(23);

    /// <exception cref="StripeException">Stripe did not answer as expected; the attempt waits.</exception>
    /// <exception cref="HttpRequestException">Stripe was not reached; the attempt waits.</exception>
    public async Task CarryOut(BookId book, Guid paymentId, CancellationToken cancellationToken)
    {
        if (await Load(book, paymentId, cancellationToken) is not
            { Stage: PaymentStage.Succeeded { PaymentIntentId: var intentId } } payment)
        {
            return;
        }
        if (!await Session(book, cancellationToken).Reaches(payment.Account)) return;
        foreach (var attempt in payment.Back.Attempts.Values.Where(attempt => attempt.IsOpen))
        {
            if (clock.GetCurrentInstant() - attempt.AttemptedAt < KeyLife) await Ask(book, payment, attempt, intentId, cancellationToken);
        }
        var stripe = gateway.In(payment.Account);
        await news.Heed(
            payment.Session is { } session
                ? await stripe.GetSession(session.SessionId, cancellationToken)
                : await stripe.GetIntent(intentId, cancellationToken),
            isAboutMoneyBack: true, cancellationToken);
        await GiveUp(book, paymentId, cancellationToken);
    }

    private async Task Ask(
        BookId book, PaymentState.Online payment, RefundAttempt attempt, string intentId, CancellationToken cancellationToken)
    {
        var wished = new Domain.Values.Money(attempt.AmountMinor, payment.Amount.Currency);
        if (!StripeAmounts.TryToStripe(wished, out var amount)) return;
        try
        {
            await gateway.In(payment.Account).Refund(
                new RefundWish(book.Value, payment.PaymentId, attempt.RefundId, intentId, amount), cancellationToken);
        }
        catch (StripeException e) when (IsDefinite(e))
        {
            await Refuse(book, payment.PaymentId, attempt.RefundId, e.StripeError?.Message ?? e.Message, cancellationToken);
        }
        catch (StripeException e) when (e.HttpStatusCode >= HttpStatusCode.InternalServerError)
        {
            // Stripe keeps that answer, and may have made the refund all the same: the list of refunds says.
        }
    }

    /// <summary>What Stripe has not made in the time that it keeps the key, it never will.</summary>
    private async Task GiveUp(BookId book, Guid paymentId, CancellationToken cancellationToken)
    {
        if (await Load(book, paymentId, cancellationToken) is not { } payment) return;
        foreach (var attempt in payment.Back.Attempts.Values.Where(attempt => attempt.IsOpen))
        {
            if (clock.GetCurrentInstant() - attempt.AttemptedAt < KeyLife) continue;
            await Refuse(
                book, paymentId, attempt.RefundId, "Stripe made no refund within a day. Ask for another.", cancellationToken);
        }
    }

    private Task<CommandResult?> Refuse(BookId book, Guid paymentId, Guid refundId, string why, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, Actor, clock.GetCurrentInstant(), newId());
        return bus.Send(
            context, () => new RefuseRefundCommand(context, new RefuseRefund(paymentId, refundId, why, context.Now)), cancellationToken);
    }

    /// <summary>An answer that says no, and not that we may not ask or should ask later.</summary>
    private static bool IsDefinite(StripeException e) => (int)e.HttpStatusCode is >= 400 and < 500 and not (401 or 403 or 409 or 429);

    private async ValueTask<PaymentState.Online?> Load(BookId book, Guid paymentId, CancellationToken cancellationToken) =>
        await Session(book, cancellationToken).Load(Payment.Stream, paymentId) as PaymentState.Online;

    private BookSession Session(BookId book, CancellationToken cancellationToken) => new(
        store, cache, new CommandContext(book, Actor, clock.GetCurrentInstant(), Guid.Empty), cancellationToken);
}
