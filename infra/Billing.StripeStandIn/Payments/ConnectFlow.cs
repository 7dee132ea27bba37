using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;

namespace Billing.StripeStandIn.Payments;

/// <summary>What owners of connected accounts, and Stripe, do to them.</summary>
internal static class ConnectFlow
{
    /// <summary>The owner told all that was asked; Stripe lets the account do what it finds right.</summary>
    public static void Submit(Sandbox sandbox, StripeAccount account, bool charges, bool payouts, IEnumerable<string> due)
    {
        AccountShape.Set(sandbox.ObjectOf(account), charges, payouts, submitted: true, due);
        Updated(sandbox, account);
    }

    /// <summary>Stripe wants to know more, and lets the account take no payments until then.</summary>
    public static void Restrict(Sandbox sandbox, StripeAccount account, IEnumerable<string> due)
    {
        AccountShape.Set(sandbox.ObjectOf(account), charges: false, payouts: false, submitted: true, due);
        Updated(sandbox, account);
    }

    /// <summary>The owner takes the platform's access away. That is the last that the platform hears.</summary>
    public static void Revoke(Sandbox sandbox, StripeAccount account)
    {
        var application = new JsonObject { ["id"] = "ca_standin", ["object"] = "application", ["name"] = "Billing" };
        sandbox.Record(account, "account.application.deauthorized", application);
        account.IsRevoked = true;
    }

    private static void Updated(Sandbox sandbox, StripeAccount account) =>
        sandbox.Record(account, "account.updated", sandbox.ObjectOf(account), previous: new JsonObject());
}
