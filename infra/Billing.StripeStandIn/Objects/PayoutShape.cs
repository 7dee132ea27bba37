using System.Text.Json.Nodes;

namespace Billing.StripeStandIn.Objects;

/// <summary>A <c>payout</c>: what Stripe sends to the account's bank, by itself and every day.</summary>
internal static class PayoutShape
{
    private const long ArrivesAfterSeconds = 2 * 86_400;

    public static JsonObject New(string currency, long amountMinor, long createdUnix)
    {
        var payout = new JsonObject
        {
            ["id"] = StripeId.Payout(),
            ["object"] = "payout",
            ["amount"] = amountMinor,
            ["arrival_date"] = createdUnix + ArrivesAfterSeconds,
            ["automatic"] = true,
            ["created"] = createdUnix,
            ["currency"] = currency,
            ["description"] = "STRIPE PAYOUT",
            ["destination"] = StripeId.BankAccount(),
            ["livemode"] = false,
            ["metadata"] = new JsonObject(),
            ["method"] = "standard",
            ["reconciliation_status"] = "in_progress",
            ["source_type"] = "card",
            ["status"] = "in_transit",
            ["type"] = "bank_account",
        };
        foreach (var name in Unused) payout[name] = null;
        return payout;
    }

    private static readonly string[] Unused =
    [
        "application_fee", "application_fee_amount", "balance_transaction", "failure_balance_transaction", "failure_code",
        "failure_message", "original_payout", "payout_method", "reversed_by", "statement_descriptor", "trace_id",
    ];
}
