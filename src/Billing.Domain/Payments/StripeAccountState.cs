using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.Payments;

/// <summary>A practice's own accounts at Stripe.</summary>
/// <param name="Current">The account into which new payments go; null where there is none.</param>
/// <param name="Accounts">Every account there ever was, by Stripe's id: what was paid there stays there.</param>
public sealed record StripeAccountState(string? Current, ImmutableSortedDictionary<string, StripeAccountStanding> Accounts)
{
    public static StripeAccountState None { get; } = new(
        Current: null, ImmutableSortedDictionary.Create<string, StripeAccountStanding>(StringComparer.Ordinal));

    /// <summary>Of the current account; null where there is none.</summary>
    public StripeAccountStanding? Standing => Current is { } id ? Accounts[id] : null;

    /// <summary>One of <see cref="StripeAccountStatus"/>.</summary>
    public string Status => Standing switch
    {
        null => StripeAccountStatus.NotConnected,
        { IsRevoked: true } => StripeAccountStatus.Revoked,
        { ChargesEnabled: true } => StripeAccountStatus.Active,
        { DetailsSubmitted: false } => StripeAccountStatus.Onboarding,
        _ => StripeAccountStatus.Restricted,
    };

    /// <summary>Whether Stripe lets us ask about what is in the account.</summary>
    /// <param name="account">Null for the installation's own.</param>
    public bool Reaches(string? account) =>
        account is null || (Accounts.GetValueOrDefault(account) is { IsRevoked: false });
}

/// <summary>What Stripe said last of one account.</summary>
public sealed record StripeAccountStanding(bool ChargesEnabled, bool PayoutsEnabled, bool DetailsSubmitted, bool IsRevoked)
{
    /// <summary>Before Stripe was asked.</summary>
    public static StripeAccountStanding Unknown { get; } = new(false, false, false, IsRevoked: false);
}

/// <summary>How a practice's account at Stripe stands.</summary>
public static class StripeAccountStatus
{
    public const string NotConnected = "not-connected";

    /// <summary>Its owner has not told Stripe yet what it needs to know.</summary>
    public const string Onboarding = "onboarding";

    /// <summary>Stripe lets it take no payments, for want of something or until it has looked.</summary>
    public const string Restricted = "restricted";

    /// <summary>It takes payments.</summary>
    public const string Active = "active";

    /// <summary>Its owner took our access away.</summary>
    public const string Revoked = "revoked";
}

/// <summary>New payments are to go into this account: a new one, or one of before that is taken up again.</summary>
public sealed record ConnectStripeAccount(string AccountId, Instant At);

public sealed record DisconnectStripeAccount(Instant At);

/// <summary>What Stripe says of one account now.</summary>
/// <param name="Standing">Revoked where Stripe does not let us ask.</param>
public sealed record ReviewStripeAccount(string AccountId, StripeAccountStanding Standing, Instant At);
