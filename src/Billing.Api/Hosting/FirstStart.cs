using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Access;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Hosting;

/// <summary>Opens practices: the first by itself on an empty store, further ones for the operator.</summary>
public static class FirstStart
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// The new owner's token where the store was empty; null where it was not. Of several nodes that start on an empty store
    /// the one that keeps the read models opens the practice, and the others wait for it.
    /// </summary>
    public static async Task<string?> EnsurePractice(IServiceProvider services, CancellationToken cancellationToken)
    {
        var (store, runner) = (services.GetRequiredService<IEventStore>(), services.GetRequiredService<ProjectionRunner>());
        while (await store.HeadPosition(cancellationToken) == 0)
        {
            if (runner.Health is not ProjectionHealth.Standby) return await OpenFirst(services, cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }
        return null;
    }

    private static async Task<string> OpenFirst(IServiceProvider services, CancellationToken cancellationToken)
    {
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
