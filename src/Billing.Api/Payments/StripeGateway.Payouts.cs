using NodaTime;
using Stripe;
using Stripe.Checkout;

namespace Billing.Api.Payments;

/// <content>Payouts to the bank and what they consist of.</content>
public sealed partial class StripeGateway
{
    /// <summary>A payout with all its transactions, its own booking left out.</summary>
    public async Task<StripePayout> GetPayout(string payoutId, CancellationToken cancellationToken)
    {
        var payout = await Client.V1.Payouts.GetAsync(
            payoutId, new PayoutGetOptions { Expand = ["failure_balance_transaction"] }, cancellationToken: cancellationToken);
        var parts = new List<StripePayoutPart>();
        if (payout is { Automatic: true, ReconciliationStatus: "completed" })
        {
            var options = new BalanceTransactionListOptions { Payout = payoutId, Limit = 100, Expand = ["data.source"] };
            await foreach (var booked in Client.V1.BalanceTransactions.ListAutoPagingAsync(options, cancellationToken: cancellationToken))
            {
                if (booked.Type is "payout" or "payout_failure") continue;
                parts.Add(new StripePayoutPart(booked.Id, booked.Type, booked.Net, IntentOf(booked.Source)));
            }
        }
        return new StripePayout(
            payout.Id, payout.Status, payout.Amount, payout.Currency, At(payout.ArrivalDate), payout.Automatic,
            payout.ReconciliationStatus, parts, payout.FailureMessage ?? payout.FailureCode,
            payout.FailureBalanceTransaction is { } failed ? At(failed.Created) : null);
    }

    /// <summary>Id of the customer that news of a customer or of a method tells of; null for other news.</summary>
    internal static string? CustomerOf(EventData? data) => data?.Object switch
    {
        Customer customer => customer.Id,
        PaymentMethod method => method.CustomerId ?? BeforeOf(data, "customer"),
        _ => null,
    };

    private static string? BeforeOf(EventData data, string name)
    {
        object? before = data.PreviousAttributes;
        return before is null ? null : (string?)System.Text.Json.Nodes.JsonNode.Parse(before.ToString()!)?[name];
    }

    /// <summary>Id of the payment intent that a thing of Stripe's belongs to, or is; null for none.</summary>
    internal static string? IntentOf(object? thing) => thing switch
    {
        Session session => session.PaymentIntentId,
        PaymentIntent intent => intent.Id,
        Charge charge => charge.PaymentIntentId,
        Refund refund => refund.PaymentIntentId,
        Dispute dispute => dispute.PaymentIntentId,
        _ => null,
    };
}

/// <param name="StripeAmount">In Stripe's own minor units.</param>
/// <param name="ReconciliationStatus">in_progress, completed or not_applicable; what it consists of is known once it is
/// completed.</param>
/// <param name="FailedAt">Null where it did not fail.</param>
public sealed record StripePayout(
    string Id, string Status, long StripeAmount, string StripeCurrency, Instant ArrivesAt, bool IsAutomatic, string ReconciliationStatus,
    IReadOnlyList<StripePayoutPart> Parts, string? FailureReason, Instant? FailedAt);

/// <param name="StripeNet">After fees, in Stripe's own minor units; negative where money left.</param>
/// <param name="PaymentIntentId">Of the payment that it belongs to; null for none.</param>
public sealed record StripePayoutPart(string BalanceTransactionId, string Kind, long StripeNet, string? PaymentIntentId);
