using System.Text.Json.Nodes;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;

namespace Billing.StripeStandIn.Control;

/// <summary>What the payer's bank says to a charge without the payer.</summary>
public enum OffSessionOutcome
{
    /// <summary>A card is charged; a bank debit is on its way.</summary>
    Agreed,

    Declined,

    /// <summary>Stripe advises not to try again.</summary>
    DeclinedForGood,

    Expired,

    AuthenticationRequired,
}

/// <summary>One charge without the payer, as it stands.</summary>
/// <param name="AccountId">In which it was made.</param>
public sealed record OffSessionCharge(string PaymentIntentId, string CustomerId, string Status, long AmountMinor, string AccountId);

/// <summary>Kept methods, their customers, and how charges to them end.</summary>
public sealed class SavedMethodControl
{
    private readonly Sandbox _sandbox;
    private readonly Dictionary<StripeAccount, Queue<OffSessionOutcome>> _next = [];

    internal SavedMethodControl(Sandbox sandbox) => _sandbox = sandbox;

    /// <summary>Every charge without the payer so far, oldest first.</summary>
    public IReadOnlyList<OffSessionCharge> Charges
    {
        get
        {
            lock (_sandbox.Gate)
            {
                return
                [
                    .. from account in _sandbox.Accounts
                    from intent in account.All("payment_intent")
                    where intent["automatic_payment_methods"] is not null
                    select new OffSessionCharge(
                        intent.Id(), intent.Text("customer"), intent.Text("status"), intent.Whole("amount"), account.Id),
                ];
            }
        }
    }

    /// <summary>Ends the next charges of an account in this way; later ones succeed.</summary>
    /// <param name="outcome">What the payer's bank says.</param>
    /// <param name="times">How many.</param>
    /// <param name="accountId">A connected account; null for the platform's own.</param>
    public void Next(OffSessionOutcome outcome, int times = 1, string? accountId = null)
    {
        lock (_sandbox.Gate)
        {
            var account = accountId is null ? _sandbox.Own : _sandbox.Accounts.Single(account => account.Id == accountId);
            if (!_next.TryGetValue(account, out var next)) _next[account] = next = [];
            for (; times > 0; times--) next.Enqueue(outcome);
        }
    }

    /// <summary>Keeps a method for a customer, as if a checkout had; its id.</summary>
    /// <param name="type">Such as card or us_bank_account.</param>
    public string Keep(string customerId, string type = "card")
    {
        lock (_sandbox.Gate)
        {
            var account = _sandbox.Holder("customer", customerId) ?? throw new InvalidOperationException($"There is no {customerId}.");
            var method = PaymentMethodShape.New(StripeId.PaymentMethod(), type, customerId, email: null, _sandbox.NowUnix);
            account.Add(method);
            _sandbox.Record(account, "payment_method.attached", method);
            return method.Id();
        }
    }

    /// <summary>The pending bank debit arrives.</summary>
    public void Settle(string paymentIntentId) => Do(
        "payment_intent", paymentIntentId, (account, intent) => OffSessionFlow.Settle(_sandbox, account, intent));

    /// <summary>The pending bank debit bounces.</summary>
    public void Bounce(string paymentIntentId) => Do(
        "payment_intent", paymentIntentId, (account, intent) => OffSessionFlow.Bounce(_sandbox, account, intent));

    /// <summary>Somebody takes a method away in the dashboard.</summary>
    public void Detach(string paymentMethodId) => Do(
        "payment_method", paymentMethodId, (account, method) => OffSessionFlow.Detach(_sandbox, account, method, EventCause.None));

    /// <summary>Somebody deletes a customer in the dashboard.</summary>
    public void DeleteCustomer(string customerId) => Do(
        "customer", customerId, (account, customer) => OffSessionFlow.Delete(_sandbox, account, customer));

    /// <summary>For whom a method is kept.</summary>
    public string CustomerOf(string paymentMethodId)
    {
        lock (_sandbox.Gate) return _sandbox.Holder("payment_method", paymentMethodId)!.Find(paymentMethodId)!.Text("customer");
    }

    /// <summary>The methods that are kept for anybody.</summary>
    public IReadOnlyList<string> Kept
    {
        get
        {
            lock (_sandbox.Gate)
            {
                return
                [
                    .. _sandbox.Accounts.SelectMany(account => account.All("payment_method"))
                        .Where(method => method.TextOrNull("customer") is not null).Select(method => method.Id()),
                ];
            }
        }
    }

    /// <summary>The caller holds the gate.</summary>
    internal OffSessionOutcome Take(StripeAccount account) =>
        _next.TryGetValue(account, out var next) && next.TryDequeue(out var outcome) ? outcome : OffSessionOutcome.Agreed;

    private void Do(string kind, string id, Func<StripeAccount, JsonObject, bool> step)
    {
        lock (_sandbox.Gate)
        {
            var account = _sandbox.Holder(kind, id) ?? throw new InvalidOperationException($"There is no {kind} {id}.");
            if (!step(account, account.Find(id)!))
                throw new InvalidOperationException($"The {kind} {id} is not in a state that allows this.");
        }
    }
}
