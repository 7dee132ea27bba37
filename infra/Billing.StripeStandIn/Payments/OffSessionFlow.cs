using System.Text.Json.Nodes;
using Billing.StripeStandIn.Control;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Payments;

/// <summary>
/// Charges to a kept method without the payer, and how methods and customers go. A decline is answered as an error that holds the
/// payment intent, which stays and can be read.
/// </summary>
internal static class OffSessionFlow
{
    /// <returns>Null where the bank agreed, at once or for later.</returns>
    public static StripeError? Confirm(
        Sandbox sandbox, StripeAccount account, JsonObject intent, JsonObject method, OffSessionOutcome outcome, EventCause cause)
    {
        account.Add(intent);
        sandbox.Record(account, "payment_intent.created", intent, cause);
        var type = method.Text("type");
        var (code, decline, advice) = Refusal(outcome);
        if (code is not null) return Refuse(sandbox, account, intent, method, (code, decline, advice));
        intent["payment_method"] = method.Id();
        var isCard = type == PaymentMethods.Card;
        var charge = ChargeShape.New(intent, session: null, type, isCard ? "succeeded" : "pending", sandbox.NowUnix);
        account.Add(charge);
        intent["latest_charge"] = charge.Id();
        sandbox.Record(account, isCard ? "charge.succeeded" : "charge.pending", charge, cause);
        if (isCard)
        {
            CheckoutFlow.Succeed(sandbox, account, intent);
            Balance.BookCharge(sandbox, account, charge);
        }
        else
        {
            intent["status"] = "processing";
            sandbox.Record(account, "payment_intent.processing", intent, cause);
        }
        return null;
    }

    /// <summary>The pending bank debit arrives.</summary>
    public static bool Settle(Sandbox sandbox, StripeAccount account, JsonObject intent)
    {
        if (intent.Text("status") != "processing") return false;
        var charge = account.Find(intent.Text("latest_charge"))!;
        charge["status"] = "succeeded";
        charge["paid"] = true;
        sandbox.Record(account, "charge.succeeded", charge);
        CheckoutFlow.Succeed(sandbox, account, intent);
        Balance.BookCharge(sandbox, account, charge);
        return true;
    }

    /// <summary>The pending bank debit bounces.</summary>
    public static bool Bounce(Sandbox sandbox, StripeAccount account, JsonObject intent)
    {
        if (intent.Text("status") != "processing") return false;
        CheckoutFlow.Bounce(sandbox, account, intent);
        return true;
    }

    /// <summary>The customer keeps it no longer; it can't be used again.</summary>
    public static bool Detach(Sandbox sandbox, StripeAccount account, JsonObject method, EventCause cause)
    {
        if (method.TextOrNull("customer") is not { } customer) return false;
        method["customer"] = null;
        sandbox.Record(account, "payment_method.detached", method, cause, new JsonObject { ["customer"] = customer });
        return true;
    }

    /// <summary>The customer is gone, and with it what was kept for it.</summary>
    public static bool Delete(Sandbox sandbox, StripeAccount account, JsonObject customer)
    {
        if (CustomerShape.IsDeleted(customer)) return false;
        foreach (var method in account.All("payment_method").Where(method => method.TextOrNull("customer") == customer.Id()).ToList())
            Detach(sandbox, account, method, EventCause.None);
        sandbox.Record(account, "customer.deleted", customer);
        var left = CustomerShape.Deleted(customer.Id());
        customer.Clear();
        foreach (var (name, value) in left) customer[name] = value?.DeepClone();
        return true;
    }

    private static StripeError Refuse(
        Sandbox sandbox, StripeAccount account, JsonObject intent, JsonObject method, (string Code, string? Decline, string? Advice) why)
    {
        intent["payment_method"] = method.Id();
        var charge = ChargeShape.New(intent, session: null, method.Text("type"), "failed", sandbox.NowUnix);
        charge["failure_code"] = why.Code;
        charge["failure_message"] = why.Code switch
        {
            "authentication_required" =>
                "Your card was declined. This transaction requires authentication.",
            "expired_card" => "Your card has expired.",
            _ => "Your card was declined.",
        };
        account.Add(charge);
        intent["latest_charge"] = charge.Id();
        sandbox.Record(account, "charge.failed", charge);
        CheckoutFlow.Fail(sandbox, account, intent, charge, "card_error", why.Decline, why.Advice);
        return new StripeError(402, "card_error", charge.Text("failure_message"), why.Code)
        {
            DeclineCode = why.Decline,
            PaymentIntent = intent,
        };
    }

    private static (string? Code, string? Decline, string? Advice) Refusal(OffSessionOutcome outcome) => outcome switch
    {
        OffSessionOutcome.Declined => ("card_declined", "generic_decline", "try_again_later"),
        OffSessionOutcome.DeclinedForGood => ("card_declined", "generic_decline", "do_not_try_again"),
        OffSessionOutcome.Expired => ("expired_card", null, null),
        OffSessionOutcome.AuthenticationRequired => ("authentication_required", "authentication_required", null),
        _ => (null, null, null),
    };
}
