using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;

namespace Billing.StripeStandIn.Payments;

/// <summary>Books charges and refunds on the account's balance, less Stripe's fee.</summary>
internal static class Balance
{
    /// <summary>
    /// Stripe's US prices: cards 2.9 % + 30¢, bank debits 0.8 % but at most $5.00; the share is rounded half up.
    /// The fixed parts are the same number of minor units in every currency.
    /// </summary>
    public static long FeeMinor(string methodType, long amountMinor) => methodType == PaymentMethods.Card
        ? (amountMinor * 29 + 500) / 1000 + 30
        : Math.Min((amountMinor * 8 + 500) / 1000, 500);

    /// <summary>
    /// Books a charge and announces it by <c>charge.updated</c>: Stripe captures asynchronously, so the balance
    /// transaction comes after <c>charge.succeeded</c>. Held back if the sandbox is told to.
    /// </summary>
    public static void BookCharge(Sandbox sandbox, StripeAccount account, JsonObject charge)
    {
        if (!sandbox.HoldBalanceTransactions) Release(sandbox, account, charge);
    }

    /// <summary>Books a charge that was held back; does nothing where it is booked already.</summary>
    public static void Release(Sandbox sandbox, StripeAccount account, JsonObject charge)
    {
        if (charge["balance_transaction"] is not null || charge.Text("status") != "succeeded") return;
        var methodType = charge["payment_method_details"]!.AsObject().Text("type");
        var amount = charge.Whole("amount");
        var type = methodType == PaymentMethods.Card ? "charge" : "payment";
        charge["balance_transaction"] = Book(sandbox, account, charge, type, amount, FeeMinor(methodType, amount));
        sandbox.Record(
            account, "charge.updated", charge, previous: new JsonObject { ["balance_transaction"] = null });
    }

    /// <summary>Books an amount and returns the id of its balance transaction.</summary>
    public static string Book(
        Sandbox sandbox, StripeAccount account, JsonObject source, string type, long amountMinor, long feeMinor)
    {
        var booked = BalanceTransactionShape.New(source, type, amountMinor, feeMinor, sandbox.NowUnix);
        account.Add(booked);
        sandbox.At(booked.Whole("available_on"), () => booked["status"] = "available");
        return booked.Id();
    }
}
