using NodaTime;
using Stripe;
using Stripe.Checkout;

namespace Billing.Api.Payments;

/// <summary>
/// Lists what happened at Stripe into the inbox, so that a notice that was never sent, was lost, or was acknowledged and then lost
/// is worked off all the same. Stripe keeps events for thirty days.
/// </summary>
public sealed class StripeEvents(StripeInbox inbox, StripeGateway gateway, IClock clock)
{
    private const string Listed = "events-listed";
    private static readonly Duration Kept = Duration.FromDays(30);

    /// <summary>Events may be listed a little after they are dated.</summary>
    private static readonly Duration Overlap = Duration.FromHours(1);

    /// <summary>Stripe lists so many types at once and no more.</summary>
    private const int MostTypes = 20;

    /// <summary>An account may do something else than before.</summary>
    internal const string AccountUpdated = "account.updated";

    /// <summary>An account's owner took our access away. It is never listed: nothing of the account is.</summary>
    internal const string AccountRevoked = "account.application.deauthorized";

    /// <summary>What can change the books.</summary>
    public static IReadOnlyList<string> Types { get; } =
    [
        "checkout.session.completed", "checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed",
        "checkout.session.expired", "charge.updated", "refund.created", "refund.updated", "refund.failed", "charge.dispute.created",
        "charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated",
        "payout.paid", "payout.failed", "payout.reconciliation_completed", "payment_intent.succeeded", "payment_intent.processing",
        "payment_intent.payment_failed", "payment_method.detached", "customer.deleted", AccountUpdated,
    ];

    /// <summary>Takes every event of an account since the last time, a repeated one to no effect.</summary>
    /// <param name="account">Null for the key's own.</param>
    public async Task CatchUp(string? account, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        var bookmark = account is null ? Listed : $"{Listed}:{account}";
        var since = inbox.Bookmark(bookmark) is { } last ? Instant.Max(last - Overlap, now - Kept) : now - Kept;
        foreach (var types in Types.Chunk(MostTypes))
        {
            await foreach (var happened in gateway.In(account).EventsSince(since, types, cancellationToken))
                inbox.Take(NoticeOf(happened) with { Account = account }, now);
        }
        inbox.SetBookmark(bookmark, now);
    }

    private static StripeNotice NoticeOf(Event happened) => new(
        happened.Id, happened.Type, (happened.Data?.Object as Session)?.Id,
        StripeGateway.IntentOf(happened.Data?.Object),
        PayoutId: (happened.Data?.Object as Payout)?.Id, CustomerId: StripeGateway.CustomerOf(happened.Data));
}
