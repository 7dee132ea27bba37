using System.Text.Json.Nodes;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Objects;

/// <summary>An <c>account</c> that is connected to the platform's: its owner deals with Stripe alone.</summary>
internal static class AccountShape
{
    private static readonly string[] AskedAtFirst = ["business_type", "external_account", "tos_acceptance.date", "tos_acceptance.ip"];

    /// <summary>Its owner has told nothing yet.</summary>
    public static JsonObject New(string id, FormNode form, long createdUnix) => new()
    {
        ["id"] = id,
        ["object"] = "account",
        ["business_profile"] = null,
        ["business_type"] = null,
        ["capabilities"] = new JsonObject(),
        ["charges_enabled"] = false,
        ["controller"] = new JsonObject
        {
            ["fees"] = new JsonObject { ["payer"] = "account" },
            ["is_controller"] = true,
            ["losses"] = new JsonObject { ["payments"] = "stripe" },
            ["requirement_collection"] = "stripe",
            ["stripe_dashboard"] = new JsonObject { ["type"] = "full" },
            ["type"] = "application",
        },
        ["country"] = form.Text("country") ?? "US",
        ["created"] = createdUnix,
        ["default_currency"] = "usd",
        ["details_submitted"] = false,
        ["email"] = form.Text("email"),
        ["metadata"] = MetadataShape.New(form["metadata"]),
        ["payouts_enabled"] = false,
        ["requirements"] = Requirements(AskedAtFirst, "requirements.past_due"),
        ["settings"] = null,
        ["type"] = "standard",
    };

    /// <summary>Whether it can be paid into and out of, and what is asked for still.</summary>
    public static void Set(JsonObject account, bool charges, bool payouts, bool submitted, params IEnumerable<string> due)
    {
        string[] asked = [.. due];
        account["charges_enabled"] = charges;
        account["payouts_enabled"] = payouts;
        account["details_submitted"] = submitted;
        account["capabilities"] = new JsonObject { ["card_payments"] = charges ? "active" : "inactive" };
        account["requirements"] = Requirements(asked, charges && payouts ? null : "requirements.past_due");
    }

    private static JsonObject Requirements(IEnumerable<string> due, string? disabledReason) => new()
    {
        ["alternatives"] = new JsonArray(),
        ["current_deadline"] = null,
        ["currently_due"] = JsonReading.Strings(due),
        ["disabled_reason"] = disabledReason,
        ["errors"] = new JsonArray(),
        ["eventually_due"] = JsonReading.Strings(due),
        ["past_due"] = JsonReading.Strings(disabledReason is null ? [] : due),
        ["pending_verification"] = new JsonArray(),
    };
}
