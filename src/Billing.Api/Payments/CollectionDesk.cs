using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using NodaTime;
using Stripe;
using Invoice = Billing.Domain.Invoicing.Invoice;
using InvoiceState = Billing.Domain.Invoicing.InvoiceState;

namespace Billing.Api.Payments;

/// <summary>
/// Charges invoices to what clients have agreed to keep at Stripe: notes the attempt in the books, asks Stripe under the attempt's
/// id, and tells the books what came of it. After a crash anywhere in between, the next look goes on where it stopped.
/// </summary>
public sealed class CollectionDesk(
    CommandBus bus, IEventStore store, StateCache cache, StripeGateway gateway, PaymentNews news, CustomerDesk customers,
    PracticeAccounts accounts, IClock clock, Func<Guid> newId)
{
    /// <summary>Stripe keeps an answer under its key for a day at least: within it the same request cannot charge twice.</summary>
    private static readonly Duration KeyLife = Duration.FromHours(23);

    /// <summary>After that long no request of ours is under way any more, whoever made it.</summary>
    private static readonly Duration RequestLife = Duration.FromHours(1);

    /// <summary>Charges the invoice, if it is time and nothing stands in the way.</summary>
    /// <returns>Why it was not tried; null where it was, whatever came of it.</returns>
    /// <exception cref="StripeException">Stripe did not answer as expected; the attempt waits.</exception>
    /// <exception cref="HttpRequestException">Stripe was not reached; the attempt waits.</exception>
    public async Task<Rejection?> Collect(BookId book, string actor, Guid invoiceId, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, actor, clock.GetCurrentInstant(), newId());
        var session = Session(context, cancellationToken);
        var (account, closed) = await accounts.Of(session);
        if (closed is not null) return closed;
        if (await session.Load(Business.Stream, book.Value) is not BusinessState.Open business)
            return new Rejection("business-unknown", "There is no such practice.", Kind: RejectionKind.NotFound);
        var wish = new CollectInvoice(newId(), invoiceId, business.DayOf(context.Now), account, context.Now);
        var start = CollectionStart.Decide(await CollectionCommandHandlers.Books(session, wish), wish);
        if (start is CollectionStart.Refused refused) return refused.Rejection;
        if (start is CollectionStart.Blocked blocked) await CloseCheckout(context, blocked.PaymentId, cancellationToken);
        if (await bus.Send(context, () => new CollectInvoiceCommand(context, wish), cancellationToken) is CommandResult.Refused late)
            return late.Rejection;
        var invoice = await Session(context, cancellationToken).Load(Invoice.Stream, invoiceId);
        if (invoice.Issued?.Checkout is { } open) await CarryOut(book, open.PaymentId, cancellationToken);
        return null;
    }

    /// <summary>Goes on with an attempt that has come to no end. Any other payment is left alone.</summary>
    /// <exception cref="StripeException">Stripe did not answer as expected; the attempt waits.</exception>
    /// <exception cref="HttpRequestException">Stripe was not reached; the attempt waits.</exception>
    public async Task CarryOut(BookId book, Guid paymentId, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, PaymentNews.Actor, clock.GetCurrentInstant(), newId());
        var session = Session(context, cancellationToken);
        if (await session.Load(Payment.Stream, paymentId) is not PaymentState.Online
            { Automatic: { } charge, Stage: PaymentStage.Attempted or PaymentStage.Pending } payment)
        {
            return;
        }
        if (!await session.Reaches(payment.Account)) return;
        var age = context.Now - payment.AttemptedAt;
        var isWanted = await IsWanted(session, payment, charge);
        var found = payment.IntentId is { } known ? await gateway.In(payment.Account).GetIntent(known, cancellationToken) : null;
        if (found is null && isWanted && age < KeyLife)
        {
            (found, var isOver) = await Ask(context, session, payment, charge, cancellationToken);
            if (isOver) return;
        }
        found ??= await gateway.In(payment.Account).FindCharge(payment.CustomerId!, paymentId, cancellationToken);
        if (found is not null) await news.Heed(found, isAboutMoneyBack: false, cancellationToken);
        else if (age >= (isWanted ? KeyLife : RequestLife)) await End(context, paymentId, cancellationToken);
    }

    /// <summary>What was paid or taken back meanwhile is not charged any more, nor anything in an account that was given up.</summary>
    private static async ValueTask<bool> IsWanted(BookSession session, PaymentState.Online payment, AutomaticCharge charge)
    {
        var invoice = await session.Load(Invoice.Stream, payment.InvoiceId);
        var collection = await session.Load(Collection.Stream, payment.ClientId);
        return invoice is InvoiceState.Finalized { Invoice: var issued } && issued.Checkout?.PaymentId == payment.PaymentId
            && charge.WantedMinor(issued) == payment.Amount.Minor && collection is { IsOff: false, Agreement: not null }
            && await session.RefuseAccount(payment.Account) is null;
    }

    /// <returns>What Stripe says of it; nothing where only its list can tell. Over is what Stripe refused to begin.</returns>
    private async Task<(StripePayment? Found, bool IsOver)> Ask(
        CommandContext context, BookSession session, PaymentState.Online payment, AutomaticCharge charge,
        CancellationToken cancellationToken)
    {
        var invoice = await session.Load(Invoice.Stream, payment.InvoiceId);
        if (!StripeAmounts.TryToStripe(payment.Amount, out var amount)) return (null, false);
        try
        {
            return (await gateway.In(payment.Account).Charge(new ChargeWish(
                context.Book.Value, payment.InvoiceId, payment.PaymentId, $"Invoice {invoice.Issued!.Facts.Number}",
                payment.Amount.Currency.Code.ToLowerInvariant(), amount, payment.CustomerId!, charge.PaymentMethodId), cancellationToken),
                false);
        }
        catch (StripeException e) when (e.StripeError?.PaymentIntent is { } intent)
        {
            return (await gateway.In(payment.Account).GetIntent(intent.Id, cancellationToken), false);
        }
        catch (StripeException e) when (IsDefinite(e))
        {
            var isKept = await customers.LookAt(context.Book, payment.ClientId, charge.PaymentMethodId, cancellationToken);
            var code = isKept ? StripeGateway.CodeOf(e.StripeError) : FailureCode.MethodGone;
            var over = new FailPayment(payment.PaymentId, e.StripeError?.Message ?? e.Message, context.Now, code);
            await bus.Send(context, () => new FailPaymentCommand(context, over), cancellationToken);
            return (null, true);
        }
        catch (StripeException e) when ((int)e.HttpStatusCode >= 500 || e.StripeError?.Type == "idempotency_error")
        {
            // Stripe keeps that answer, and may have charged all the same: the list of what it charged says.
            return (null, false);
        }
    }

    /// <summary>
    /// Makes room for a charge: the client can't pay at a checkout that is closed. One whose answer never came has shown its
    /// address to nobody, once no request can be under way any more.
    /// </summary>
    private async Task CloseCheckout(CommandContext context, Guid paymentId, CancellationToken cancellationToken)
    {
        if (await Session(context, cancellationToken).Load(Payment.Stream, paymentId) is not PaymentState.Online payment) return;
        if (payment.Session is { } open)
        {
            await gateway.In(payment.Account).ExpireSession(open.SessionId, cancellationToken);
            await news.LookAt(context.Book, paymentId, cancellationToken);
        }
        else if (context.Now - payment.AttemptedAt >= RequestLife)
        {
            await End(context, paymentId, cancellationToken);
        }
    }

    private Task<CommandResult?> End(CommandContext context, Guid paymentId, CancellationToken cancellationToken) => bus.Send(
        context, () => new ExpireCheckoutCommand(context, new ExpireCheckout(paymentId, context.Now)), cancellationToken);

    /// <summary>An answer that says no, and not that we may not ask or should ask later.</summary>
    private static bool IsDefinite(StripeException e) =>
        (int)e.HttpStatusCode is >= 400 and < 500 and not (401 or 403 or 409 or 429) && e.StripeError?.Type != "idempotency_error";

    private BookSession Session(CommandContext context, CancellationToken cancellationToken) =>
        new(store, cache, context, cancellationToken);
}
