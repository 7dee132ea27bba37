using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>What happens to a practice's own accounts at Stripe, where one installation serves several practices.</summary>
public abstract record StripeAccountEvent
{
    private StripeAccountEvent() { }

    /// <summary>New payments go into this account from now on.</summary>
    /// <param name="AccountId">Stripe's, such as <c>acct_…</c>.</param>
    public sealed record StripeAccountConnected(string AccountId, Instant ConnectedAt) : StripeAccountEvent;

    /// <summary>The practice wants no new payments in it. What was paid there is looked after still.</summary>
    public sealed record StripeAccountDisconnected(string AccountId, Instant DisconnectedAt) : StripeAccountEvent;

    /// <summary>What Stripe says that the account may do, where that is news. It also ends a
    /// <see cref="StripeAccountRevoked"/>.</summary>
    /// <param name="ChargesEnabled">Whether it takes payments.</param>
    /// <param name="PayoutsEnabled">Whether Stripe pays out to its bank.</param>
    /// <param name="DetailsSubmitted">Whether its owner has told Stripe all that was asked at the start.</param>
    public sealed record StripeAccountReviewed(
        string AccountId, bool ChargesEnabled, bool PayoutsEnabled, bool DetailsSubmitted, Instant ReviewedAt) : StripeAccountEvent;

    /// <summary>Its owner took our access away at Stripe: nothing of it can be asked or changed any more.</summary>
    public sealed record StripeAccountRevoked(string AccountId, Instant RevokedAt) : StripeAccountEvent;
}
