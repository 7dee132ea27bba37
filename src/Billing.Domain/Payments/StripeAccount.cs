using System.Diagnostics;
using static Billing.Domain.Payments.StripeAccountEvent;

namespace Billing.Domain.Payments;

/// <summary>
/// A practice's own account at Stripe, where one installation serves several practices. The stream is
/// <c>stripe-account-{practice's id}</c>.
/// </summary>
public static class StripeAccount
{
    public static readonly StreamType<StripeAccountState, StripeAccountEvent> Stream =
        new("stripe-account", StripeAccountState.None, Evolve);

    public static StripeAccountState Evolve(StripeAccountState state, StripeAccountEvent @event) => @event switch
    {
        StripeAccountConnected e => new StripeAccountState(
            e.AccountId,
            state.Accounts.ContainsKey(e.AccountId) ? state.Accounts : state.Accounts.Add(e.AccountId, StripeAccountStanding.Unknown)),
        StripeAccountDisconnected => state with { Current = null },
        StripeAccountReviewed e => With(
            state, e.AccountId, new StripeAccountStanding(e.ChargesEnabled, e.PayoutsEnabled, e.DetailsSubmitted, IsRevoked: false)),
        StripeAccountRevoked e => With(
            state, e.AccountId, state.Accounts.GetValueOrDefault(e.AccountId, StripeAccountStanding.Unknown) with { IsRevoked = true }),
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>stripe-account-connected</c>, <c>stripe-account-revoked</c>.</summary>
    public static Decision<StripeAccountEvent> Decide(StripeAccountState state, ConnectStripeAccount command)
    {
        if (state.Accounts.GetValueOrDefault(command.AccountId) is { IsRevoked: true }) return Revoked;
        if (state.Current == command.AccountId) return Decision<StripeAccountEvent>.AlreadyDone;
        if (state.Standing is { IsRevoked: false })
        {
            return new Rejection(
                "stripe-account-connected",
                $"The practice's payments go into {state.Current}. Disconnect that account before another takes its place.");
        }
        return new StripeAccountConnected(command.AccountId, command.At);
    }

    public static Decision<StripeAccountEvent> Decide(StripeAccountState state, DisconnectStripeAccount command) =>
        state.Current is { } current
            ? new StripeAccountDisconnected(current, command.At)
            : Decision<StripeAccountEvent>.AlreadyDone;

    /// <summary>What is known already changes nothing. Refuses: <c>stripe-account-unknown</c>.</summary>
    public static Decision<StripeAccountEvent> Decide(StripeAccountState state, ReviewStripeAccount command)
    {
        if (state.Accounts.GetValueOrDefault(command.AccountId) is not { } known) return Unknown(command.AccountId);
        var standing = command.Standing;
        if (standing.IsRevoked)
        {
            return known.IsRevoked
                ? Decision<StripeAccountEvent>.AlreadyDone
                : new StripeAccountRevoked(command.AccountId, command.At);
        }
        return known == standing
            ? Decision<StripeAccountEvent>.AlreadyDone
            : new StripeAccountReviewed(
                command.AccountId, standing.ChargesEnabled, standing.PayoutsEnabled, standing.DetailsSubmitted, command.At);
    }

    /// <summary>Why no new payment goes into an account; null where it may.</summary>
    /// <returns>Refusals: <c>stripe-account-not-connected</c>, <c>stripe-account-revoked</c>,
    /// <c>stripe-account-not-ready</c>.</returns>
    public static Rejection? Refusal(StripeAccountState state, string account) =>
        state.Current == account ? Refusal(state) : NotConnected;

    /// <summary>Why the practice takes no payments online; null where it does.</summary>
    /// <returns>Refusals as <see cref="Refusal(StripeAccountState, string)"/> has them.</returns>
    public static Rejection? Refusal(StripeAccountState state) => state.Standing switch
    {
        null => NotConnected,
        { IsRevoked: true } => Revoked,
        { ChargesEnabled: true } => null,
        _ => new Rejection(
            "stripe-account-not-ready",
            "Stripe lets the practice's account take no payments yet. Its owner sees what is missing, and completes it at Stripe."),
    };

    /// <summary>Nothing of the account can be asked or changed any more.</summary>
    public static Rejection Revoked { get; } = new(
        "stripe-account-revoked",
        "The owner of the Stripe account took our access to it away. Connect an account again; what is in that one is seen in Stripe's "
        + "own dashboard.");

    public static Rejection Unknown(string account) => new(
        "stripe-account-unknown", $"The practice has no Stripe account {account}.", Kind: RejectionKind.NotFound);

    private static Rejection NotConnected { get; } = new(
        "stripe-account-not-connected",
        "The practice has no Stripe account connected, so it takes no payments online. Pay as the invoice says.");

    private static StripeAccountState With(StripeAccountState state, string account, StripeAccountStanding standing) =>
        state with { Accounts = state.Accounts.SetItem(account, standing) };
}
