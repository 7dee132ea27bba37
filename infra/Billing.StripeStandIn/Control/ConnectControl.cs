using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;

namespace Billing.StripeStandIn.Control;

/// <summary>Does what owners of connected accounts do at Stripe, and Stripe with them.</summary>
public sealed class ConnectControl
{
    private readonly Sandbox _sandbox;

    internal ConnectControl(Sandbox sandbox) => _sandbox = sandbox;

    /// <summary>Every account that is connected or was, in the order in which they were made.</summary>
    public IReadOnlyList<string> Accounts
    {
        get
        {
            lock (_sandbox.Gate) return [.. _sandbox.Accounts.Where(account => !account.IsPlatform).Select(account => account.Id)];
        }
    }

    /// <summary>The owner follows the link and tells all that is asked.</summary>
    /// <param name="accountId">One that is connected.</param>
    /// <param name="charges">Whether Stripe lets it take payments then.</param>
    /// <param name="payouts">Whether Stripe pays out to its bank then.</param>
    /// <param name="due">What Stripe wants to know still.</param>
    public void Submit(string accountId, bool charges = true, bool payouts = true, params IReadOnlyList<string> due) =>
        Do(accountId, account => ConnectFlow.Submit(_sandbox, account, charges, payouts, due));

    /// <summary>Stripe lets it take no payments until it has been told this.</summary>
    public void Restrict(string accountId, params IReadOnlyList<string> due) =>
        Do(accountId, account => ConnectFlow.Restrict(_sandbox, account, due));

    /// <summary>The owner takes the platform's access away.</summary>
    public void Revoke(string accountId) => Do(accountId, account => ConnectFlow.Revoke(_sandbox, account));

    /// <summary>The owner gives it back.</summary>
    public void GiveBack(string accountId)
    {
        lock (_sandbox.Gate)
        {
            var account = _sandbox.Accounts.FirstOrDefault(account => account.Id == accountId && account.IsRevoked)
                ?? throw new InvalidOperationException($"Access to {accountId} was not taken away.");
            account.IsRevoked = false;
        }
    }

    /// <summary>The metadata with which the platform made it.</summary>
    public string? MetadataOf(string accountId, string name)
    {
        lock (_sandbox.Gate)
        {
            return _sandbox.Account(accountId) is { } account
                ? _sandbox.ObjectOf(account)["metadata"]!.AsObject().TextOrNull(name)
                : null;
        }
    }

    private void Do(string accountId, Action<StripeAccount> step)
    {
        lock (_sandbox.Gate)
        {
            step(_sandbox.Account(accountId) is { IsPlatform: false } account
                ? account
                : throw new InvalidOperationException($"There is no connected account {accountId}."));
        }
    }
}
