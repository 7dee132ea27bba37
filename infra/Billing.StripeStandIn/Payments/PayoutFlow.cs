using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;

namespace Billing.StripeStandIn.Payments;

/// <summary>Pays the balance of a currency out to the bank. What a payout consists of is known once it has arrived.</summary>
internal static class PayoutFlow
{
    /// <summary>Null where there is nothing to pay out.</summary>
    public static JsonObject? Start(Sandbox sandbox, StripeAccount account, string currency)
    {
        var booked = account.All("balance_transaction")
            .Where(booked => booked.Text("currency") == currency && !account.IsPaidOut(booked.Id())).ToList();
        var amount = booked.Sum(transaction => transaction.Whole("net"));
        if (amount <= 0) return null;
        var payout = PayoutShape.New(currency, amount, sandbox.NowUnix);
        account.Add(payout);
        payout["balance_transaction"] = Balance.Book(sandbox, account, payout, "payout", -amount, feeMinor: 0);
        booked.ForEach(transaction => account.PayOut(transaction.Id(), payout.Id()));
        account.PayOut(payout.Text("balance_transaction"), payout.Id());
        sandbox.Record(account, "payout.created", payout);
        return payout;
    }

    /// <summary>False where it is not on its way.</summary>
    public static bool Arrive(Sandbox sandbox, StripeAccount account, JsonObject payout)
    {
        if (payout.Text("status") != "in_transit") return false;
        payout["status"] = "paid";
        sandbox.Record(account, "payout.paid", payout);
        payout["reconciliation_status"] = "completed";
        sandbox.Record(account, "payout.reconciliation_completed", payout);
        return true;
    }

    /// <summary>The bank sends it back, also after it had arrived. False where it has done so.</summary>
    public static bool Fail(Sandbox sandbox, StripeAccount account, JsonObject payout)
    {
        if (payout.Text("status") == "failed") return false;
        payout["status"] = "failed";
        payout["failure_code"] = "account_closed";
        payout["failure_message"] = "The bank account has been closed.";
        payout["failure_balance_transaction"] =
            Balance.Book(sandbox, account, payout, "payout_failure", payout.Whole("amount"), feeMinor: 0);
        sandbox.Record(account, "payout.failed", payout);
        return true;
    }
}
