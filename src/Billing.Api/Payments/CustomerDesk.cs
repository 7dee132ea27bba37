using Billing.Api.Commands;
using Billing.Domain.Clients;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Payments;

/// <summary>Clients as customers at Stripe, and the methods that Stripe keeps for them.</summary>
public sealed class CustomerDesk(
    CommandBus bus, IEventStore store, StateCache cache, StripeGateway gateway, IClock clock, Func<Guid> newId)
{
    /// <summary>The client's customer in an account; made where there is none, or no longer.</summary>
    /// <exception cref="Stripe.StripeException">Stripe did not answer as expected.</exception>
    public async Task<string> CustomerOf(
        BookId book, string actor, Guid clientId, string? account, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, actor, clock.GetCurrentInstant(), newId());
        var session = Session(context, cancellationToken);
        var known = (await session.Load(Collection.Stream, clientId)).Customer;
        if (known is not null && known.Account == account && await gateway.In(account).HasCustomer(known.CustomerId, cancellationToken))
            return known.CustomerId;
        var client = (await session.Load(Client.Stream, clientId)).Details;
        var made = await gateway.In(account).MakeCustomer(
            new CustomerWish(book.Value, clientId, client?.Name, client?.Email, known?.CustomerId), cancellationToken);
        await bus.Send(
            context, () => new NoteCustomerCommand(context, clientId, new NoteCustomer(made, account, context.Now)), cancellationToken);
        return made;
    }

    /// <summary>Notes every method that Stripe keeps no longer.</summary>
    public async Task LookAt(BookId book, Guid clientId, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, PaymentNews.Actor, clock.GetCurrentInstant(), newId());
        var collection = await Session(context, cancellationToken).Load(Collection.Stream, clientId);
        foreach (var method in collection.Consents.Select(consent => consent.Method).OfType<SavedMethod>().Where(m => m.Gone is null))
            await LookAt(context, clientId, collection, method, cancellationToken);
    }

    /// <returns>Whether Stripe keeps the method still; if not, that is noted.</returns>
    public async Task<bool> LookAt(BookId book, Guid clientId, string paymentMethodId, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, PaymentNews.Actor, clock.GetCurrentInstant(), newId());
        var collection = await Session(context, cancellationToken).Load(Collection.Stream, clientId);
        return collection.Consents.Select(consent => consent.Method).OfType<SavedMethod>()
            .FirstOrDefault(method => method.PaymentMethodId == paymentMethodId) is { } known
                && await LookAt(context, clientId, collection, known, cancellationToken);
    }

    /// <summary>Has Stripe forget what it keeps although the client took the agreement back, as far as it is in reach.</summary>
    public async Task Forget(BookId book, Guid clientId, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, PaymentNews.Actor, clock.GetCurrentInstant(), newId());
        var session = Session(context, cancellationToken);
        var collection = await session.Load(Collection.Stream, clientId);
        foreach (var method in collection.ToForget)
        {
            if (!await session.Reaches(method.Account)) continue;
            await gateway.In(method.Account).Detach(method.PaymentMethodId, cancellationToken);
            await Lose(context, clientId, method, MethodGone.Forgotten, cancellationToken);
        }
    }

    private async Task<bool> LookAt(
        CommandContext context, Guid clientId, CollectionState collection, SavedMethod method, CancellationToken cancellationToken)
    {
        var stripe = gateway.In(method.Account);
        if (await stripe.IsKept(method.PaymentMethodId, cancellationToken)) return true;
        var isThere = collection.Customer is { } customer && customer.Account == method.Account
            && await stripe.HasCustomer(customer.CustomerId, cancellationToken);
        await Lose(context, clientId, method, isThere ? MethodGone.Detached : MethodGone.CustomerDeleted, cancellationToken);
        return false;
    }

    private Task<CommandResult?> Lose(
        CommandContext context, Guid clientId, SavedMethod method, string why, CancellationToken cancellationToken) => bus.Send(
        context, () => new LoseMethodCommand(context, clientId, new LoseMethod(method.PaymentMethodId, why, context.Now)),
        cancellationToken);

    private BookSession Session(CommandContext context, CancellationToken cancellationToken) =>
        new(store, cache, context, cancellationToken);
}
