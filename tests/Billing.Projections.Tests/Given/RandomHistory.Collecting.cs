using Billing.Domain.Payments;

namespace Billing.Projections.Tests.Given;

/// <summary>Agreements that invoices are collected.</summary>
internal sealed partial class RandomHistory
{
    /// <summary>Chance of its own, so that the rest of a history stays what it was.</summary>
    private readonly Random agreeing = new(13);

    /// <summary>The client agrees with a payment; the method may go again, and the client or the practice may think better of it.</summary>
    private void Agree(Guid client, Guid payment)
    {
        var (stream, method) = ($"collection-{client:D}", $"pm_{payment:N}");
        Add(stream, new CollectionEvent.CollectionOffered(CollectsOn.All[agreeing.Next(2)], Now));
        Add(stream, new CollectionEvent.StripeCustomerMade($"cus_{client:N}", null, Now));
        Add(stream, new CollectionEvent.CollectionAgreed(
            payment, CollectsOn.Due, Collection.TextVersion, "en", ConsentWays.SharePage, Now));
        Add(stream, new CollectionEvent.PaymentMethodSaved(payment, method, null, "card", "visa", "4242", 12, 2034, Now));
        Add($"payment-{payment:D}", new PaymentEvent.PaymentIntentMade($"pi_{payment:N}", Now));
        if (agreeing.Next(3) == 0) Add(stream, new CollectionEvent.PaymentMethodGone(method, MethodGone.Detached, Now));
        if (agreeing.Next(3) == 0) Add(stream, new CollectionEvent.CollectionWithdrawn(ConsentWays.SharePage, Now));
        if (agreeing.Next(3) == 0) Add(stream, new CollectionEvent.CollectionTurnedOff(Now));
        ConnectAccount(payment);
    }

    /// <summary>The client's bank said no.</summary>
    private void ChargeInVain(Guid client, Guid invoice)
    {
        if (agreeing.Next(2) == 0) return;
        var charge = New(29);
        Add($"payment-{charge:D}", new PaymentEvent.PaymentAttempted(
            charge, invoice, client, 100, "USD", Now, $"cus_{client:N}", new AutomaticCharge("pm_1", 1)));
        Add($"payment-{charge:D}", new PaymentEvent.PaymentFailed("card_declined", Now));
    }

    /// <summary>The practice's payments go into an account of its own, which is given up again.</summary>
    private void ConnectAccount(Guid number)
    {
        var (stream, account) = ($"stripe-account-{Ids.Of(1, 1):D}", $"acct_{number:N}");
        Add(stream, new StripeAccountEvent.StripeAccountConnected(account, Now));
        Add(stream, new StripeAccountEvent.StripeAccountReviewed(account, true, false, true, Now));
        Add(stream, new StripeAccountEvent.StripeAccountRevoked(account, Now));
        Add(stream, new StripeAccountEvent.StripeAccountDisconnected(account, Now));
    }
}
