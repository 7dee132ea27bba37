using NodaTime;
using NodaTime.Extensions;
using Stripe;

namespace Billing.Api.Payments;

/// <content>Money on its way back: refunds and disputes.</content>
public sealed partial class StripeGateway
{
    /// <summary>Refunds a part of a payment. The refund's id is the idempotency key: asking again gives the same refund.</summary>
    public Task Refund(RefundWish wish, CancellationToken cancellationToken) => Client.V1.Refunds.CreateAsync(
        new RefundCreateOptions
        {
            PaymentIntent = wish.PaymentIntentId,
            Amount = wish.StripeAmount,
            Reason = "requested_by_customer",
            Metadata = new Dictionary<string, string>
            {
                ["business"] = wish.BusinessId.ToString("D"),
                ["payment"] = wish.PaymentId.ToString("D"),
                ["refund"] = wish.RefundId.ToString("D"),
            },
        },
        new RequestOptions { IdempotencyKey = $"refund-{wish.RefundId:D}" },
        cancellationToken);

    /// <summary>Every refund of a payment that took money, by whomever it was made.</summary>
    public async Task<IReadOnlyList<StripeRefund>> RefundsOf(string paymentIntentId, CancellationToken cancellationToken)
    {
        var refunds = new List<StripeRefund>();
        var options = new RefundListOptions
        {
            PaymentIntent = paymentIntentId,
            Limit = 100,
            Expand = ["data.failure_balance_transaction"],
        };
        await foreach (var refund in Client.V1.Refunds.ListAutoPagingAsync(options, cancellationToken: cancellationToken))
        {
            // It waits for the client to do something; nothing has left yet.
            if (refund.Status == "requires_action") continue;
            var isFailed = refund.Status is "failed" or "canceled";
            refunds.Add(new StripeRefund(
                refund.Id, MetadataId(refund.Metadata, "refund"), refund.Amount, refund.Currency, At(refund.Created),
                isFailed ? refund.FailureReason ?? refund.Status : null,
                isFailed ? At(refund.FailureBalanceTransaction?.Created ?? refund.Created) : null));
        }
        return refunds;
    }

    /// <summary>Every dispute of a payment, with what it moved on the balance.</summary>
    public async Task<IReadOnlyList<StripeDispute>> DisputesOf(string paymentIntentId, CancellationToken cancellationToken)
    {
        var disputes = new List<StripeDispute>();
        var options = new DisputeListOptions { PaymentIntent = paymentIntentId, Limit = 100 };
        await foreach (var dispute in Client.V1.Disputes.ListAutoPagingAsync(options, cancellationToken: cancellationToken))
        {
            disputes.Add(new StripeDispute(
                dispute.Id, dispute.Amount, dispute.Currency, dispute.Reason, dispute.Status, At(dispute.Created),
                dispute.EvidenceDetails?.DueBy is { } due ? At(due) : null,
                [
                    .. dispute.BalanceTransactions.Select(booked => new DisputeBooking(
                        booked.Id, booked.Amount, booked.Fee, booked.Currency, At(booked.Created))),
                ]));
        }
        return disputes;
    }

    private static Instant At(DateTime time) => time.ToUniversalTime().ToInstant();
}

/// <param name="StripeAmount">In Stripe's own minor units.</param>
public sealed record RefundWish(Guid BusinessId, Guid PaymentId, Guid RefundId, string PaymentIntentId, long StripeAmount);

/// <param name="RefundId">As we asked for it; null where it was made at Stripe itself.</param>
/// <param name="StripeAmount">In Stripe's own minor units.</param>
/// <param name="FailedAt">Null where it did not fail.</param>
public sealed record StripeRefund(
    string Id, Guid? RefundId, long StripeAmount, string StripeCurrency, Instant MadeAt, string? FailureReason, Instant? FailedAt);

/// <param name="StripeAmount">In Stripe's own minor units.</param>
/// <param name="Status">Such as needs_response, under_review, won or lost.</param>
/// <param name="Bookings">Empty while no money has moved.</param>
public sealed record StripeDispute(
    string Id, long StripeAmount, string StripeCurrency, string Reason, string Status, Instant OpenedAt, Instant? AnswerBy,
    IReadOnlyList<DisputeBooking> Bookings)
{
    /// <summary>
    /// What the balance transactions say came back, in the dispute's currency; null where nothing did. They are in the account's
    /// own currency: where that is another, it is the same share of what was disputed, rounded half away from zero.
    /// </summary>
    public long? GivenBack()
    {
        var back = Bookings.Where(booked => booked.StripeAmount > 0).ToList();
        if (back.Count == 0) return null;
        var sum = back.Sum(booked => booked.StripeAmount);
        if (back.TrueForAll(booked => booked.StripeCurrency == StripeCurrency)) return sum;
        var withdrawn = -Bookings.Where(booked => booked.StripeAmount < 0).Sum(booked => booked.StripeAmount);
        return withdrawn == 0
            ? StripeAmount
            : (long)Math.Round((decimal)StripeAmount * sum / withdrawn, MidpointRounding.AwayFromZero);
    }
}

/// <param name="StripeAmount">Negative where the money was withdrawn, positive where it was reinstated.</param>
/// <param name="StripeFee">Negative where a fee came back.</param>
public sealed record DisputeBooking(
    string BalanceTransactionId, long StripeAmount, long StripeFee, string StripeCurrency, Instant BookedAt);
