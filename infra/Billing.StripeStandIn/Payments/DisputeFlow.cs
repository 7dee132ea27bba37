using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;

namespace Billing.StripeStandIn.Payments;

/// <summary>
/// A payer's bank takes a payment back, and gives it again or not. The fee for a dispute stays with Stripe however it ends, the one
/// for answering it comes back with a win. How Stripe books the latter is a guess: here as a booking of its own that moves no more.
/// </summary>
internal static class DisputeFlow
{
    /// <summary>Stripe's US price, for a dispute and for answering one; the same number of minor units in every currency.</summary>
    public const long FeeMinor = 1_500;

    /// <summary>False where the charge has not succeeded, nothing of it is left, or it is disputed already.</summary>
    public static bool Open(Sandbox sandbox, StripeAccount account, JsonObject charge, string reason, bool isInquiry)
    {
        if (charge.Text("status") != "succeeded" || charge.Flag("refunded") || charge.Flag("disputed")) return false;
        var dispute = DisputeShape.New(charge, reason, isInquiry, sandbox.NowUnix);
        account.Add(dispute);
        charge["disputed"] = true;
        sandbox.Record(account, "charge.dispute.created", dispute);
        if (!isInquiry)
        {
            Book(sandbox, account, dispute, -dispute.Whole("amount"), FeeMinor);
            sandbox.Record(account, "charge.dispute.funds_withdrawn", dispute);
        }
        return true;
    }

    /// <summary>The merchant sends evidence. False where none is waited for.</summary>
    public static bool Answer(Sandbox sandbox, StripeAccount account, JsonObject dispute)
    {
        var was = dispute.Text("status");
        if (was is not ("needs_response" or "warning_needs_response")) return false;
        dispute["status"] = was == "needs_response" ? "under_review" : "warning_under_review";
        var details = dispute["evidence_details"]!.AsObject();
        details["has_evidence"] = true;
        details["submission_count"] = details.Whole("submission_count") + 1;
        details["submission_method"] = "manual";
        if (was == "needs_response") Book(sandbox, account, dispute, 0, FeeMinor);
        sandbox.Record(account, "charge.dispute.updated", dispute, previous: new JsonObject { ["status"] = was });
        return true;
    }

    /// <summary>The bank decides. False where it has decided.</summary>
    /// <param name="wonMinor">What comes back of a dispute that is won; null for all of it.</param>
    public static bool Close(Sandbox sandbox, StripeAccount account, JsonObject dispute, bool isWon, long? wonMinor = null)
    {
        var was = dispute.Text("status");
        if (was is "won" or "lost" or "warning_closed") return false;
        if (was.StartsWith("warning_", StringComparison.Ordinal))
        {
            dispute["status"] = "warning_closed";
            sandbox.Record(account, "charge.dispute.closed", dispute);
            return true;
        }
        dispute["status"] = isWon ? "won" : "lost";
        sandbox.Record(account, "charge.dispute.closed", dispute);
        if (!isWon) return true;
        Book(sandbox, account, dispute, wonMinor ?? dispute.Whole("amount"), was == "under_review" ? -FeeMinor : 0);
        sandbox.Record(account, "charge.dispute.funds_reinstated", dispute);
        return true;
    }

    /// <summary>Whether the bank holds the money of this charge, so that none of it can be refunded.</summary>
    public static bool Holds(StripeAccount account, JsonObject charge) => account.All("dispute").Any(dispute =>
        dispute.Text("charge") == charge.Id() && dispute.Text("status") is ("needs_response" or "under_review" or "lost"));

    private static void Book(Sandbox sandbox, StripeAccount account, JsonObject dispute, long amountMinor, long feeMinor)
    {
        var id = Balance.Book(sandbox, account, dispute, "adjustment", amountMinor, feeMinor);
        var booked = account.Find(id)!;
        booked["reporting_category"] = amountMinor > 0 ? "dispute_reversal" : "dispute";
        dispute["balance_transactions"]!.AsArray().Add(booked.Copy());
    }
}
