using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Control;

/// <summary>
/// Does what a payer, a bank or time does to a checkout session. Every method throws
/// <see cref="InvalidOperationException"/> where Stripe's state does not allow it, since a test that pays an
/// expired session by mistake should fail.
/// </summary>
public sealed class CheckoutControl
{
    private readonly Sandbox _sandbox;

    internal CheckoutControl(Sandbox sandbox) => _sandbox = sandbox;

    /// <summary>
    /// While true, charges succeed without their balance transaction, as when Stripe is late with it;
    /// <see cref="ReleaseBalanceTransaction"/> brings it.
    /// </summary>
    public bool HoldBalanceTransactions
    {
        get => _sandbox.HoldBalanceTransactions;
        set => _sandbox.HoldBalanceTransactions = value;
    }

    /// <summary>The payer's card is charged.</summary>
    public void Pay(string sessionId, string? email = null) =>
        Do(sessionId, (account, session) => CheckoutFlow.Pay(_sandbox, account, session, email));

    /// <summary>The payer's card is declined; the session stays open.</summary>
    public void Decline(string sessionId, string? email = null) =>
        Do(sessionId, (account, session) => CheckoutFlow.Decline(_sandbox, account, session, email));

    /// <summary>The payer agrees to a bank debit, which is then pending.</summary>
    public void PayByBank(string sessionId, string? email = null) =>
        Do(sessionId, (account, session) => CheckoutFlow.PayByBank(_sandbox, account, session, email));

    /// <summary>The pending bank debit arrives.</summary>
    public void SettleBank(string sessionId) =>
        Do(sessionId, (account, session) => CheckoutFlow.SettleBank(_sandbox, account, session));

    /// <summary>The pending bank debit bounces.</summary>
    public void FailBank(string sessionId) =>
        Do(sessionId, (account, session) => CheckoutFlow.FailBank(_sandbox, account, session));

    /// <summary>The session's time is over, ahead of the clock.</summary>
    public void Expire(string sessionId) =>
        Do(sessionId, (account, session) => CheckoutFlow.Expire(_sandbox, account, session));

    /// <summary>Books the session's charge now and sends <c>charge.updated</c>.</summary>
    public void ReleaseBalanceTransaction(string sessionId) => Do(sessionId, (account, session) =>
    {
        var intent = session.TextOrNull("payment_intent") is { } id ? account.Find(id) : null;
        var charge = intent?.TextOrNull("latest_charge") is { } chargeId ? account.Find(chargeId) : null;
        if (charge is null) return StripeError.Invalid($"Checkout Session {sessionId} has no charge yet.");
        Balance.Release(_sandbox, account, charge);
        return null;
    });

    /// <summary>The payer's bank confirms a pending refund.</summary>
    public void SettleRefund(string refundId) => DoRefund(
        refundId, (account, refund) => RefundFlow.Succeed(_sandbox, account, refund));

    /// <summary>The payer's bank sends the refund back.</summary>
    /// <param name="refundId">A refund that has not failed yet.</param>
    /// <param name="reason">One of Stripe's <c>failure_reason</c> values.</param>
    public void FailRefund(string refundId, string reason = "expired_or_canceled_card") => DoRefund(
        refundId, (account, refund) => RefundFlow.Fail(_sandbox, account, refund, reason));

    /// <summary>The payer's bank takes the money of a paid session back; its dispute's id.</summary>
    /// <param name="sessionId">One whose charge has succeeded and is not disputed.</param>
    /// <param name="reason">One of Stripe's <c>reason</c> values.</param>
    /// <param name="isInquiry">The bank only asks, and no money moves.</param>
    public string Dispute(string sessionId, string reason = "fraudulent", bool isInquiry = false)
    {
        lock (_sandbox.Gate)
        {
            var (account, charge) = ChargeOf(sessionId);
            if (!DisputeFlow.Open(_sandbox, account, charge, reason, isInquiry))
                throw new InvalidOperationException($"The charge of {sessionId} is not in a state that allows a dispute.");
            return account.All("dispute")[^1].Id();
        }
    }

    /// <summary>The merchant sends evidence.</summary>
    public void AnswerDispute(string disputeId) => DoOn(
        "dispute", disputeId, (account, dispute) => DisputeFlow.Answer(_sandbox, account, dispute));

    /// <summary>The bank decides; of an inquiry, that it leaves it at that.</summary>
    /// <param name="disputeId">One that is not closed.</param>
    /// <param name="isWon">Whether the money comes back.</param>
    /// <param name="wonMinor">How much of it; null for all.</param>
    public void CloseDispute(string disputeId, bool isWon, long? wonMinor = null) => DoOn(
        "dispute", disputeId, (account, dispute) => DisputeFlow.Close(_sandbox, account, dispute, isWon, wonMinor));

    /// <summary>Somebody refunds a paid session in the dashboard; the refund's id.</summary>
    /// <param name="sessionId">One whose charge has succeeded.</param>
    /// <param name="amountMinor">Null for all that is left.</param>
    public string Refund(string sessionId, long? amountMinor = null)
    {
        lock (_sandbox.Gate)
        {
            var (account, charge) = ChargeOf(sessionId);
            var left = charge.Whole("amount") - charge.Whole("amount_refunded");
            if (charge.Text("status") != "succeeded" || left == 0 || amountMinor > left || DisputeFlow.Holds(account, charge))
                throw new InvalidOperationException($"The charge of {sessionId} is not in a state that allows this refund.");
            var refund = RefundShape.New(charge, new FormNode(), amountMinor ?? left, _sandbox.NowUnix);
            RefundFlow.Start(_sandbox, account, charge, refund, EventCause.None);
            return refund.Id();
        }
    }

    /// <summary>Sends all that is booked in a currency to the bank; the payout's id.</summary>
    /// <param name="currency">Stripe's code.</param>
    /// <param name="accountId">A connected account; null for the platform's own.</param>
    public string StartPayout(string currency = "usd", string? accountId = null)
    {
        lock (_sandbox.Gate)
        {
            return PayoutFlow.Start(_sandbox, Of(accountId), currency)?.Id()
                ?? throw new InvalidOperationException($"There is nothing to pay out in {currency}.");
        }
    }

    /// <summary>The bank has it.</summary>
    public void ArrivePayout(string payoutId) => DoOn(
        "payout", payoutId, (account, payout) => PayoutFlow.Arrive(_sandbox, account, payout));

    /// <summary>The bank sends it back.</summary>
    public void FailPayout(string payoutId) => DoOn(
        "payout", payoutId, (account, payout) => PayoutFlow.Fail(_sandbox, account, payout));

    /// <summary>What an account holds in a currency, fees taken off and payouts too.</summary>
    /// <param name="currency">Stripe's code.</param>
    /// <param name="accountId">A connected account; null for the platform's own.</param>
    public long BalanceMinor(string currency, string? accountId = null)
    {
        lock (_sandbox.Gate)
        {
            return Of(accountId).All("balance_transaction").Where(booked => booked.Text("currency") == currency)
                .Sum(booked => booked.Whole("net"));
        }
    }

    private StripeAccount Of(string? accountId) => accountId is null
        ? _sandbox.Own
        : _sandbox.Accounts.FirstOrDefault(account => account.Id == accountId)
            ?? throw new InvalidOperationException($"There is no account {accountId}.");

    /// <summary>As the public methods do it, for a caller that can show a refusal.</summary>
    internal StripeError? Try(string sessionId, Func<StripeAccount, JsonObject, StripeError?> step)
    {
        lock (_sandbox.Gate)
        {
            _sandbox.CatchUp();
            return _sandbox.Holder("checkout.session", sessionId) is { } account
                ? step(account, account.Find(sessionId)!)
                : StripeError.NoSuch("checkout.session", sessionId);
        }
    }

    private void Do(string sessionId, Func<StripeAccount, JsonObject, StripeError?> step)
    {
        if (Try(sessionId, step) is { } error) throw new InvalidOperationException(error.Message);
    }

    private void DoRefund(string refundId, Func<StripeAccount, JsonObject, bool> step) => DoOn("refund", refundId, step);

    private void DoOn(string kind, string id, Func<StripeAccount, JsonObject, bool> step)
    {
        lock (_sandbox.Gate)
        {
            var account = _sandbox.Holder(kind, id) ?? throw new InvalidOperationException($"There is no {kind} {id}.");
            if (!step(account, account.Find(id)!))
                throw new InvalidOperationException($"The {kind} {id} is not in a state that allows this.");
        }
    }

    private (StripeAccount Account, JsonObject Charge) ChargeOf(string sessionId)
    {
        var account = _sandbox.Holder("checkout.session", sessionId);
        return account?.Find(sessionId)!.TextOrNull("payment_intent") is { } intentId
            && account.Find(intentId)!.TextOrNull("latest_charge") is { } chargeId
                ? (account, account.Find(chargeId)!)
                : throw new InvalidOperationException($"Checkout Session {sessionId} has no charge yet.");
    }
}
