using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;

namespace Billing.StripeStandIn.Payments;

/// <summary>Money on its way back to the payer, as the merchant wishes; <see cref="DisputeFlow"/> is the other way.</summary>
internal static class RefundFlow
{
    /// <summary>Takes a checked refund onto the charge and the balance. Stripe keeps its fee.</summary>
    public static void Start(
        Sandbox sandbox, StripeAccount account, JsonObject charge, JsonObject refund, EventCause cause)
    {
        var amount = refund.Whole("amount");
        refund["balance_transaction"] =
            Balance.Book(sandbox, account, refund, IsCard(refund) ? "refund" : "payment_refund", -amount, feeMinor: 0);
        account.Add(refund);
        SetRefunded(charge, charge.Whole("amount_refunded") + amount);
        sandbox.Record(account, "refund.created", refund, cause);
        sandbox.Record(account, "charge.refunded", charge, cause);
    }

    /// <summary>The payer's bank confirms a pending refund. False where it isn't pending.</summary>
    public static bool Succeed(Sandbox sandbox, StripeAccount account, JsonObject refund)
    {
        if (refund.Text("status") != "pending") return false;
        refund["status"] = "succeeded";
        Updated(sandbox, account, refund, "pending");
        return true;
    }

    /// <summary>
    /// The payer's bank sends the money back, days after: the balance and the charge are as before the refund.
    /// False where it has failed already.
    /// </summary>
    public static bool Fail(Sandbox sandbox, StripeAccount account, JsonObject refund, string reason)
    {
        var was = refund.Text("status");
        if (was == "failed") return false;
        var amount = refund.Whole("amount");
        refund["status"] = "failed";
        refund["failure_reason"] = reason;
        refund["failure_balance_transaction"] =
            Balance.Book(sandbox, account, refund, "refund_failure", amount, feeMinor: 0);
        var charge = account.Find(refund.Text("charge"))!;
        SetRefunded(charge, charge.Whole("amount_refunded") - amount);
        Updated(sandbox, account, refund, was);
        sandbox.Record(account, "refund.failed", refund);
        return true;
    }

    private static void Updated(Sandbox sandbox, StripeAccount account, JsonObject refund, string was) =>
        sandbox.Record(
            account, "refund.updated", refund, previous: new JsonObject { ["status"] = was });

    private static void SetRefunded(JsonObject charge, long refundedMinor)
    {
        charge["amount_refunded"] = refundedMinor;
        charge["refunded"] = refundedMinor == charge.Whole("amount");
    }

    private static bool IsCard(JsonObject refund) => refund.Id().StartsWith("re_", StringComparison.Ordinal);
}
