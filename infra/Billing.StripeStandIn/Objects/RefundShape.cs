using System.Text.Json.Nodes;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Objects;

/// <summary>Money sent back, in full or in part.</summary>
internal static class RefundShape
{
    public static JsonObject New(JsonObject charge, FormNode form, long amountMinor, long createdUnix)
    {
        var card = charge.Id().StartsWith("ch_", StringComparison.Ordinal);
        return new JsonObject
        {
            ["id"] = card ? StripeId.CardRefund() : StripeId.PaymentRefund(),
            ["object"] = "refund",
            ["amount"] = amountMinor,
            ["balance_transaction"] = null,
            ["charge"] = charge.Id(),
            ["created"] = createdUnix,
            ["currency"] = charge.Text("currency"),
            ["customer"] = charge.TextOrNull("customer"),
            ["customer_account"] = null,
            ["destination_details"] = Destination(card),
            ["metadata"] = MetadataShape.New(form["metadata"]),
            ["payment_intent"] = charge.TextOrNull("payment_intent"),
            ["payment_method"] = charge.TextOrNull("payment_method"),
            ["reason"] = form.Text("reason"),
            ["receipt_number"] = null,
            ["source_transfer_reversal"] = null,
            // A card refund counts as done when it is sent; a bank has to confirm its own.
            ["status"] = card ? "succeeded" : "pending",
            ["transfer_reversal"] = null,
        };
    }

    private static JsonObject Destination(bool card) => card
        ? new JsonObject
        {
            ["card"] = new JsonObject
            {
                ["reference_status"] = "pending",
                ["reference_type"] = "acquirer_reference_number",
                ["type"] = "refund",
            },
            ["type"] = "card",
        }
        : new JsonObject { ["type"] = "us_bank_transfer", ["us_bank_transfer"] = BankReference() };

    private static JsonObject BankReference() => new() { ["reference"] = null, ["reference_status"] = "pending" };
}
