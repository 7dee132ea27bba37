using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using NodaTime;
using Stripe;
using Invoice = Billing.Domain.Invoicing.Invoice;
using InvoiceState = Billing.Domain.Invoicing.InvoiceState;

namespace Billing.Api.Payments;

/// <summary>
/// Opens the one checkout of an invoice: notes the attempt in the books, asks Stripe for a session under the attempt's id,
/// and notes the session. After a crash anywhere in between, the next click goes on where it stopped.
/// </summary>
public sealed class CheckoutDesk(
    CommandBus bus, IEventStore store, StateCache cache, StripeGateway gateway, PaymentNews news, CustomerDesk customers,
    PracticeAccounts accounts, IClock clock, Func<Guid> newId)
{
    private static readonly Duration SessionLife = Duration.FromHours(23);
    private const int MaxTries = 3;

    /// <summary>For all that is open.</summary>
    public Task<CheckoutOutcome> Open(
        BookId book, string actor, Guid invoiceId, Uri success, Uri cancel, CancellationToken cancellationToken) =>
        Open(book, actor, invoiceId, onlyDueOn: null, consent: null, success, cancel, cancellationToken);

    /// <param name="onlyDueOn">Only what is due by this day, or else the next instalment; null for all that is open.</param>
    /// <param name="consent">What the client agreed to with the click, so that the checkout keeps the method; null for nothing.</param>
    public async Task<CheckoutOutcome> Open(
        BookId book, string actor, Guid invoiceId, LocalDate? onlyDueOn, ShownConsent? consent, Uri success, Uri cancel,
        CancellationToken cancellationToken)
    {
        try
        {
            for (var attempt = 1; attempt <= MaxTries; attempt++)
            {
                var outcome = await TryOpen(book, actor, invoiceId, onlyDueOn, consent, success, cancel, cancellationToken);
                if (outcome is not null) return outcome;
            }
            return new Rejection("checkout-not-opened", "Stripe did not open a checkout for this invoice. Look again in a minute.");
        }
        catch (Exception e) when (
            e is StripeException or HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new Rejection(
                "stripe-unreachable", "Stripe did not answer as expected. Nothing was charged; try again in a minute.");
        }
    }

    /// <summary>Null where the books changed in between, so that it is worth another look.</summary>
    private async Task<CheckoutOutcome?> TryOpen(
        BookId book, string actor, Guid invoiceId, LocalDate? onlyDueOn, ShownConsent? consent, Uri success, Uri cancel,
        CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, actor, clock.GetCurrentInstant(), newId());
        var (account, closed) = await accounts.Of(Session(context, cancellationToken));
        if (closed is not null) return closed;
        var before = await InvoiceOf(context, invoiceId, cancellationToken);
        var wished = new AttemptPayment(newId(), invoiceId, context.Now) { OnlyDueOn = onlyDueOn, Account = account };
        if (consent is not null && before.Issued is { } payable)
        {
            wished = wished with
            {
                CustomerId = await customers.CustomerOf(book, actor, payable.Facts.ClientId, account, cancellationToken),
            };
        }
        var attempted = await bus.Send(context, () => new AttemptPaymentCommand(context, wished, consent), cancellationToken);
        if (attempted is CommandResult.Refused refused) return refused.Rejection;
        if (attempted is not CommandResult.Done) return null;

        var invoice = await InvoiceOf(context, invoiceId, cancellationToken);
        if (invoice.Issued is not { Checkout: { } open } issued) return null;
        if (before.Issued?.Checkout is { } old && old.PaymentId != open.PaymentId)
            await news.LookAt(book, old.PaymentId, cancellationToken);
        if (await Session(context, cancellationToken).Load(Payment.Stream, open.PaymentId) is not
            PaymentState.Online { Automatic: null } payment)
        {
            return null;
        }
        if (payment.Session is { } known && known.ExpiresAt > context.Now) return new Uri(known.Url);
        if (!StripeAmounts.TryToStripe(payment.Amount, out var amount)) return null;

        var sessionWish = new SessionWish(
            book.Value, invoiceId, open.PaymentId, $"Invoice {issued.Facts.Number}", payment.Amount.Currency.Code.ToLowerInvariant(),
            amount, issued.Facts.Texts?.Client.Email, success.ToString(), cancel.ToString(), payment.AttemptedAt + SessionLife)
        {
            CustomerId = payment.CustomerId,
        };
        if (await Ask(context, sessionWish, payment.Account, cancellationToken) is not
            { SessionId: { } sessionId, ExpiresAt: { } expiresAt } opened)
        {
            return null;
        }
        if (opened.Url is null)
        {
            await news.Heed(opened, isAboutMoneyBack: false, cancellationToken);
            return null;
        }
        var noted = await bus.Send(context, () => new OpenCheckoutCommand(context, new OpenCheckout(
            open.PaymentId, sessionId, opened.Url, expiresAt, context.Now)), cancellationToken);
        return noted is CommandResult.Refused refusedToo ? refusedToo.Rejection : new Uri(opened.Url);
    }

    /// <summary>
    /// Stripe keeps its answers under the attempt's key, errors too: an attempt that got one is over, and nobody has seen
    /// the address of a session that it may have left. Null where another attempt can be begun at once, since Stripe
    /// only minded that the same key came with another return address.
    /// </summary>
    private async Task<StripePayment?> Ask(
        CommandContext context, SessionWish wish, string? account, CancellationToken cancellationToken)
    {
        try
        {
            return await gateway.In(account).OpenSession(wish, cancellationToken);
        }
        catch (StripeException e) when (IsKept(e))
        {
            var over = new ExpireCheckout(wish.PaymentId, context.Now);
            await bus.Send(context, () => new ExpireCheckoutCommand(context, over), cancellationToken);
            if (e.StripeError?.Type == "idempotency_error") return null;
            throw;
        }
    }

    /// <summary>Stripe keeps nothing of a request that it never began: no such key, too many, or the same one under way.</summary>
    private static bool IsKept(StripeException e) => (int)e.HttpStatusCode is >= 400 and not (401 or 403 or 409 or 429);

    private ValueTask<InvoiceState> InvoiceOf(CommandContext context, Guid invoiceId, CancellationToken cancellationToken) =>
        Session(context, cancellationToken).Load(Invoice.Stream, invoiceId);

    private BookSession Session(CommandContext context, CancellationToken cancellationToken) =>
        new(store, cache, context, cancellationToken);
}

/// <summary>An address to pay at, or why there is none.</summary>
public sealed record CheckoutOutcome(Uri? Url, Rejection? Rejection)
{
    public static implicit operator CheckoutOutcome(Uri url) => new(url, null);

    public static implicit operator CheckoutOutcome(Rejection rejection) => new(null, rejection);

    public T Match<T>(Func<Uri, T> opened, Func<Rejection, T> refused) => Url is null ? refused(Rejection!) : opened(Url);
}
