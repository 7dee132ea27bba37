using System.Globalization;
using Billing.Domain.Payments;
using NodaTime;
using Stripe;

namespace Billing.Api.Payments;

/// <content>Accounts of practices that are connected to the key's own.</content>
public sealed partial class StripeGateway
{
    private const string NoAccess = "account_invalid";

    /// <summary>
    /// Makes an account whose owner deals with Stripe alone: it pays the fees, bears its losses and has the full dashboard. The same
    /// wish gives the same account for an hour; Stripe keeps a refusal as long, so that its cause can be mended. One that is made and
    /// never heard of is empty and does no harm.
    /// </summary>
    public async Task<string> MakeAccount(AccountWish wish, CancellationToken cancellationToken)
    {
        var hour = wish.At.InUtc().ToString("uuuuMMddHH", CultureInfo.InvariantCulture);
        var account = await Client.V1.Accounts.CreateAsync(
            new AccountCreateOptions
            {
                Controller = new AccountControllerOptions
                {
                    Fees = new AccountControllerFeesOptions { Payer = "account" },
                    Losses = new AccountControllerLossesOptions { Payments = "stripe" },
                    RequirementCollection = "stripe",
                    StripeDashboard = new AccountControllerStripeDashboardOptions { Type = "full" },
                },
                Metadata = new Dictionary<string, string> { ["business"] = wish.BusinessId.ToString("D") },
            },
            new RequestOptions { IdempotencyKey = FormattableString.Invariant($"account-{wish.BusinessId:D}-{wish.Number}-{hour}") },
            cancellationToken);
        return account.Id;
    }

    /// <summary>Where an account's owner tells Stripe what it wants to know. It is good once, and for minutes.</summary>
    public async Task<OnboardingLink> LinkOnboarding(
        string account, Uri refresh, Uri back, CancellationToken cancellationToken)
    {
        var link = await Client.V1.AccountLinks.CreateAsync(
            new AccountLinkCreateOptions
            {
                Account = account,
                RefreshUrl = refresh.ToString(),
                ReturnUrl = back.ToString(),
                Type = "account_onboarding",
            },
            cancellationToken: cancellationToken);
        return new OnboardingLink(new Uri(link.Url), At(link.ExpiresAt));
    }

    /// <summary>What Stripe says of an account now; revoked where it lets us not ask.</summary>
    public async Task<AccountReview> Review(string account, CancellationToken cancellationToken)
    {
        try
        {
            var found = await Client.V1.Accounts.GetAsync(account, cancellationToken: cancellationToken);
            var needs = found.Requirements;
            return new AccountReview(
                new StripeAccountStanding(found.ChargesEnabled, found.PayoutsEnabled, found.DetailsSubmitted, IsRevoked: false),
                [.. (needs?.CurrentlyDue ?? []).Union(needs?.PastDue ?? [])], needs?.DisabledReason);
        }
        catch (StripeException e) when (e.StripeError?.Code == NoAccess)
        {
            return new AccountReview(StripeAccountStanding.Unknown with { IsRevoked = true }, [], DisabledReason: null);
        }
    }
}

/// <param name="Number">The how manieth account of the practice, from 1.</param>
public sealed record AccountWish(Guid BusinessId, int Number, Instant At);

public sealed record OnboardingLink(Uri Url, Instant ExpiresAt);

/// <param name="Missing">What Stripe wants to know still, in its own words.</param>
/// <param name="DisabledReason">Why it lets the account not do something, in its own words; null for nothing.</param>
public sealed record AccountReview(StripeAccountStanding Standing, IReadOnlyList<string> Missing, string? DisabledReason);
