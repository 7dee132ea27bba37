using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Hosting;

/// <summary>Opens practices: the first by itself on an empty store, further ones for the operator.</summary>
public static class FirstStart
{
    /// <summary>The new owner's token where the store was empty; null where it was not.</summary>
    public static async Task<string?> EnsurePractice(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<IEventStore>().HeadPosition(cancellationToken) > 0) return null;
        var opened = await Open(services, "My practice", "Owner", "Etc/UTC", "USD", cancellationToken);
        return opened.Token;
    }

    /// <exception cref="InvalidOperationException">The practice could not be opened, which only a bad argument can cause.</exception>
    public static async Task<OpenedPractice> Open(
        IServiceProvider services, string name, string ownerName, string timeZone, string currency, CancellationToken cancellationToken)
    {
        var newId = services.GetRequiredService<Func<Guid>>();
        var now = services.GetRequiredService<IClock>().GetCurrentInstant();
        var (book, owner, token) = (newId(), newId(), Secrets.NewToken());
        var context = new CommandContext(new BookId(book), "first-start", now, newId());
        var command = new OpenBusinessCommand(
            context, new OpenBusiness(book, name, timeZone, currency, now), new AddMember(owner, ownerName, "owner", timeZone, now),
            new IssueToken(newId(), owner, Secrets.HashOf(token), "first owner token", null, now));
        var result = await services.GetRequiredService<CommandBus>().Send(context, () => command, cancellationToken);
        return result is CommandResult.Done
            ? new OpenedPractice(new BookId(book), owner, token)
            : throw new InvalidOperationException($"The practice could not be opened: {result}");
    }
}

/// <param name="Token">The owner's; it is kept nowhere.</param>
public sealed record OpenedPractice(BookId Book, Guid OwnerId, string Token);
