using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using Billing.Projections.Payments;
using NodaTime;
using Stripe;

namespace Billing.Api.Payments;

/// <summary>
/// Connects a practice's own account at Stripe, and tells the books how it stands. After a crash anywhere in between, asking again
/// goes on where it stopped.
/// </summary>
public sealed class StripeAccountDesk(
    CommandBus bus, IEventStore store, StateCache cache, StripeGateway gateway, PaymentNews news, PaymentQueries payments, IClock clock,
    Func<Guid> newId, ILogger<StripeAccountDesk> log)
{
    /// <summary>
    /// The account that the practice has, one of before that it names, or a new one; and a link by which its owner goes on at Stripe.
    /// </summary>
    /// <param name="account">One of the practice's, to be taken up again; null for the present one, or else a new one.</param>
    public async Task<OnboardingOutcome> Connect(
        BookId book, string actor, string? account, Uri refresh, Uri back, CancellationToken cancellationToken)
    {
        try
        {
            var context = new CommandContext(book, actor, clock.GetCurrentInstant(), newId());
            var known = await Session(context, cancellationToken).StripeAccounts();
            if (account is not null && !known.Accounts.ContainsKey(account)) return StripeAccount.Unknown(account);
            var chosen = account ?? (known.Standing is { IsRevoked: false } ? known.Current! : await gateway.MakeAccount(
                new AccountWish(book.Value, known.Accounts.Count + 1, context.Now), cancellationToken));
            var wish = new ConnectStripeAccount(chosen, context.Now);
            if (await bus.Send(context, () => new ConnectStripeAccountCommand(context, wish), cancellationToken) is
                CommandResult.Refused refused)
            {
                return refused.Rejection;
            }
            if ((await LookAt(book, chosen, cancellationToken)).Standing.IsRevoked) return StripeAccount.Revoked;
            return new OnboardingOutcome(chosen, await gateway.LinkOnboarding(chosen, refresh, back, cancellationToken), Rejection: null);
        }
        catch (StripeException e) when ((int)e.HttpStatusCode is >= 400 and < 500 and not (401 or 409 or 429))
        {
            return new Rejection("stripe-account-refused", $"Stripe does not connect the account: {e.StripeError?.Message ?? e.Message}");
        }
    }

    /// <summary>Asks Stripe how an account of the practice stands, and tells the books.</summary>
    /// <exception cref="StripeException">Stripe did not answer as expected.</exception>
    public async Task<AccountReview> LookAt(BookId book, string account, CancellationToken cancellationToken)
    {
        var review = await gateway.Review(account, cancellationToken);
        var context = new CommandContext(book, PaymentNews.Actor, clock.GetCurrentInstant(), newId());
        var wish = new ReviewStripeAccount(account, review.Standing, context.Now);
        await bus.Send(context, () => new ReviewStripeAccountCommand(context, wish), cancellationToken);
        return review;
    }

    /// <summary>
    /// Nobody shall pay any more at the checkouts that are open in an account which the practice gave up. What cannot be closed now
    /// is closed by whoever looks after open payments.
    /// </summary>
    public async Task CloseCheckouts(BookId book, CancellationToken cancellationToken)
    {
        foreach (var paymentId in payments.OpenCheckouts(book))
        {
            try
            {
                await news.LookAt(book, paymentId, cancellationToken);
            }
            catch (Exception e) when (e is StripeException or HttpRequestException or TaskCanceledException or IOException)
            {
                log.LogWarning("The checkout of payment {PaymentId} could not be closed: {Reason}", paymentId, e.Message);
            }
        }
    }

    private BookSession Session(CommandContext context, CancellationToken cancellationToken) =>
        new(store, cache, context, cancellationToken);
}

/// <summary>Where an account's owner goes on at Stripe, or why not.</summary>
public sealed record OnboardingOutcome(string? AccountId, OnboardingLink? Link, Rejection? Rejection)
{
    public static implicit operator OnboardingOutcome(Rejection rejection) => new(null, null, rejection);
}
