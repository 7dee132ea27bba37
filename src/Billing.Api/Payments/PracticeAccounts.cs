using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Domain;
using Billing.Domain.Payments;

namespace Billing.Api.Payments;

/// <summary>Into which account at Stripe a practice's new payments go.</summary>
public sealed class PracticeAccounts(BillingOptions options)
{
    /// <summary>Looked at again where the attempt is written down, by <see cref="SessionAccounts.RefuseAccount"/>.</summary>
    public async ValueTask<AccountChoice> Of(BookSession session)
    {
        if (!options.Stripe.IsConfigured)
        {
            return new AccountChoice(Account: null, new Rejection(
                "online-payment-not-configured", "This practice takes no payments online. Pay as the invoice says."));
        }
        if (!options.Stripe.Platform) return new AccountChoice(Account: null, Refusal: null);
        var state = await session.StripeAccounts();
        return new AccountChoice(state.Current, StripeAccount.Refusal(state));
    }

    /// <summary>Whether the practice takes payments online now.</summary>
    public async ValueTask<bool> TakesPayments(BookSession session) => (await Of(session)).Refusal is null;
}

/// <param name="Account">Null for the installation's own.</param>
/// <param name="Refusal">Why no payment is taken; null where it is.</param>
public sealed record AccountChoice(string? Account, Rejection? Refusal);

/// <summary>A practice's own accounts at Stripe, as a session on its book sees them.</summary>
internal static class SessionAccounts
{
    public static ValueTask<StripeAccountState> StripeAccounts(this BookSession session) =>
        session.Load(StripeAccount.Stream, session.Context.Book.Value);

    /// <summary>Why no new payment goes into an account; null where it may.</summary>
    /// <param name="account">Null for the installation's own.</param>
    public static async ValueTask<Rejection?> RefuseAccount(this BookSession session, string? account) =>
        account is null ? null : StripeAccount.Refusal(await session.StripeAccounts(), account);

    /// <summary>Whether Stripe lets us ask about what is in an account; the installation's own is always in reach.</summary>
    public static async ValueTask<bool> Reaches(this BookSession session, string? account) =>
        account is null || (await session.StripeAccounts()).Reaches(account);
}
