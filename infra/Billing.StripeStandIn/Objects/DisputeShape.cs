using System.Text.Json.Nodes;

namespace Billing.StripeStandIn.Objects;

/// <summary>A <c>dispute</c>: the payer's bank wants the money back, or asks about it.</summary>
internal static class DisputeShape
{
    private const long AnswerWithinSeconds = 10 * 86_400;

    /// <param name="isInquiry">The bank only asks; no money moves for that.</param>
    public static JsonObject New(JsonObject charge, string reason, bool isInquiry, long createdUnix) => new()
    {
        ["id"] = StripeId.Dispute(),
        ["object"] = "dispute",
        ["amount"] = charge.Whole("amount") - charge.Whole("amount_refunded"),
        ["balance_transactions"] = new JsonArray(),
        ["charge"] = charge.Id(),
        ["created"] = createdUnix,
        ["currency"] = charge.Text("currency"),
        ["enhanced_eligibility_types"] = new JsonArray(),
        ["evidence"] = Evidence(charge),
        ["evidence_details"] = new JsonObject
        {
            ["due_by"] = createdUnix + AnswerWithinSeconds,
            ["enhanced_eligibility"] = new JsonObject(),
            ["has_evidence"] = false,
            ["past_due"] = false,
            ["submission_count"] = 0L,
            ["submission_method"] = "not_submitted",
        },
        ["intended_submission_method"] = "manual",
        ["is_charge_refundable"] = isInquiry,
        ["livemode"] = false,
        ["metadata"] = new JsonObject(),
        ["payment_intent"] = charge.TextOrNull("payment_intent"),
        ["reason"] = reason,
        ["status"] = isInquiry ? "warning_needs_response" : "needs_response",
    };

    private static JsonObject Evidence(JsonObject charge)
    {
        var evidence = new JsonObject();
        foreach (var name in EvidenceFields) evidence[name] = null;
        evidence["customer_email_address"] = charge["billing_details"]!.AsObject().TextOrNull("email");
        evidence["enhanced_evidence"] = new JsonObject();
        return evidence;
    }

    private static readonly string[] EvidenceFields =
        """
        access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal
        customer_communication customer_name customer_purchase_ip customer_signature duplicate_charge_documentation
        duplicate_charge_explanation duplicate_charge_id product_description receipt refund_policy refund_policy_disclosure
        refund_refusal_explanation service_date service_documentation shipping_address shipping_carrier shipping_date
        shipping_documentation shipping_tracking_number uncategorized_file uncategorized_text
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
