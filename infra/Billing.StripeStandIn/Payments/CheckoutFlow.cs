using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Payments;

/// <summary>
/// What can happen to a checkout session: paid, declined, paid by a bank debit that settles or fails later,
/// expired. Each step changes the objects and records the events that Stripe sends for it, in its order.
/// </summary>
internal static class CheckoutFlow
{
    /// <summary>The payer's card is charged at once.</summary>
    public static StripeError? Pay(Sandbox sandbox, StripeAccount account, JsonObject session, string? email)
    {
        if (NotPayable(session, PaymentMethods.Card) is { } error) return error;
        var intent = Submit(sandbox, account, session, email);
        var charge = Charge(sandbox, account, intent, session, PaymentMethods.Card, "succeeded");
        sandbox.Record(account, "charge.succeeded", charge);
        Succeed(sandbox, account, intent);
        Complete(session, "paid");
        sandbox.Record(account, "checkout.session.completed", session);
        Balance.BookCharge(sandbox, account, charge);
        return null;
    }

    /// <summary>The bank refuses the card; the session stays open for another try.</summary>
    public static StripeError? Decline(Sandbox sandbox, StripeAccount account, JsonObject session, string? email)
    {
        if (NotPayable(session, PaymentMethods.Card) is { } error) return error;
        var intent = Submit(sandbox, account, session, email);
        var charge = Charge(sandbox, account, intent, session, PaymentMethods.Card, "failed");
        charge["failure_code"] = "card_declined";
        charge["failure_message"] = "Your card was declined.";
        sandbox.Record(account, "charge.failed", charge);
        Fail(sandbox, account, intent, charge, "card_error", "generic_decline");
        return null;
    }

    /// <summary>The payer agrees to a bank debit: the session is complete, the money is not there yet.</summary>
    public static StripeError? PayByBank(Sandbox sandbox, StripeAccount account, JsonObject session, string? email)
    {
        var type = PaymentMethods.BankDebit(session) ?? "bank debit";
        if (NotPayable(session, type) is { } error) return error;
        var intent = Submit(sandbox, account, session, email);
        var charge = Charge(sandbox, account, intent, session, type, "pending");
        sandbox.Record(account, "charge.pending", charge);
        intent["status"] = "processing";
        sandbox.Record(account, "payment_intent.processing", intent);
        Complete(session, "unpaid");
        sandbox.Record(account, "checkout.session.completed", session);
        return null;
    }

    public static StripeError? SettleBank(Sandbox sandbox, StripeAccount account, JsonObject session)
    {
        if (PendingIntent(account, session) is not { } intent) return NotPending(session);
        var charge = account.Find(intent.Text("latest_charge"))!;
        charge["status"] = "succeeded";
        charge["paid"] = true;
        sandbox.Record(account, "charge.succeeded", charge);
        Succeed(sandbox, account, intent);
        session["payment_status"] = "paid";
        sandbox.Record(account, "checkout.session.async_payment_succeeded", session);
        Balance.BookCharge(sandbox, account, charge);
        return null;
    }

    public static StripeError? FailBank(Sandbox sandbox, StripeAccount account, JsonObject session)
    {
        if (PendingIntent(account, session) is not { } intent) return NotPending(session);
        Bounce(sandbox, account, intent);
        sandbox.Record(account, "checkout.session.async_payment_failed", session);
        return null;
    }

    /// <summary>The bank gives nothing of what was thought to come.</summary>
    internal static void Bounce(Sandbox sandbox, StripeAccount account, JsonObject intent)
    {
        var charge = account.Find(intent.Text("latest_charge"))!;
        charge["status"] = "failed";
        charge["amount_captured"] = 0L;
        charge["captured"] = false;
        charge["failure_code"] = "insufficient_funds";
        charge["failure_message"] = "The customer's account has insufficient funds to cover this payment.";
        charge["outcome"] = ChargeShape.Outcome("failed");
        sandbox.Record(account, "charge.failed", charge);
        Fail(sandbox, account, intent, charge, "invalid_request_error", declineCode: null);
    }

    /// <summary>By request or because its time has come; only while it is open.</summary>
    public static StripeError? Expire(
        Sandbox sandbox, StripeAccount account, JsonObject session, EventCause? cause = null)
    {
        var status = session.Text("status");
        if (status != "open")
            return StripeError.Invalid(
                "Only Checkout Sessions with a status in [\"open\"] can be expired. "
                + $"This Checkout Session has a status of `{status}`.");
        session["status"] = "expired";
        session["url"] = null;
        sandbox.Record(account, "checkout.session.expired", session, cause);
        return null;
    }

    private static StripeError? NotPayable(JsonObject session, string methodType)
    {
        var status = session.Text("status");
        if (status != "open") return StripeError.Invalid($"This Checkout Session is {status} and can't be paid.");
        return PaymentMethods.Offers(session, methodType)
            ? null
            : StripeError.Invalid($"This Checkout Session does not offer {methodType}.");
    }

    private static StripeError NotPending(JsonObject session) =>
        StripeError.Invalid($"The Checkout Session {session.Id()} has no bank debit that is still pending.");

    private static JsonObject? PendingIntent(StripeAccount account, JsonObject session) =>
        session.TextOrNull("payment_intent") is { } id && account.Find(id) is { } intent
        && intent.Text("status") == "processing"
            ? intent
            : null;

    /// <summary>The first try makes the payment intent; later ones use it again.</summary>
    private static JsonObject Submit(Sandbox sandbox, StripeAccount account, JsonObject session, string? email)
    {
        if (session["customer_details"] is null)
            session["customer_details"] = CheckoutSessionShape.CustomerDetails(email);
        if (session.TextOrNull("payment_intent") is { } id) return account.Find(id)!;
        var details = account.Checkout(session.Id());
        var intent = PaymentIntentShape.New(session, details.IntentData, receiptEmail: null, sandbox.NowUnix);
        account.Add(intent);
        session["payment_intent"] = intent.Id();
        sandbox.Record(account, "payment_intent.created", intent);
        return intent;
    }

    private static JsonObject Charge(
        Sandbox sandbox, StripeAccount account, JsonObject intent, JsonObject session, string type, string status)
    {
        intent["payment_method"] = StripeId.PaymentMethod();
        // Kept for the customer once the bank has agreed to it.
        if (status != "failed" && intent.TextOrNull("setup_future_usage") == "off_session" && intent.TextOrNull("customer") is { } customer)
        {
            var method = PaymentMethodShape.New(
                intent.Text("payment_method"), type, customer, (session["customer_details"] as JsonObject)?.TextOrNull("email"),
                sandbox.NowUnix);
            account.Add(method);
            sandbox.Record(account, "payment_method.attached", method);
        }
        var charge = ChargeShape.New(intent, session, type, status, sandbox.NowUnix);
        account.Add(charge);
        intent["latest_charge"] = charge.Id();
        return charge;
    }

    internal static void Succeed(Sandbox sandbox, StripeAccount account, JsonObject intent)
    {
        intent["status"] = "succeeded";
        intent["amount_received"] = intent.Whole("amount");
        intent["last_payment_error"] = null;
        sandbox.Record(account, "payment_intent.succeeded", intent);
    }

    internal static void Fail(
        Sandbox sandbox, StripeAccount account, JsonObject intent, JsonObject charge, string type, string? declineCode,
        string? adviceCode = null)
    {
        var error = new StripeError(402, type, charge.Text("failure_message"), charge.Text("failure_code"))
        {
            DeclineCode = declineCode,
        }.ToJson();
        error["charge"] = charge.Id();
        if (adviceCode is not null) error["advice_code"] = adviceCode;
        intent["last_payment_error"] = error;
        intent["payment_method"] = null;
        intent["status"] = "requires_payment_method";
        sandbox.Record(account, "payment_intent.payment_failed", intent);
    }

    private static void Complete(JsonObject session, string paymentStatus)
    {
        session["status"] = "complete";
        session["payment_status"] = paymentStatus;
        session["url"] = null;
    }
}
