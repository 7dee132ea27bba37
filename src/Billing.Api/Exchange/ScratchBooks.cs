using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Api.TimeTracking;
using Billing.EventStore.Memory;
using Billing.EventStore.Port;

namespace Billing.Api.Exchange;

/// <summary>
/// A copy of one business's book in memory with the same commands on it, so that a dry run does exactly what the real run
/// would do, to books that nobody keeps.
/// </summary>
public static class ScratchBooks
{
    private const int PageEvents = 2_000;

    public static async Task<CommandBus> CopyOf(IServiceProvider services, BookId book, CancellationToken cancellationToken)
    {
        var copy = new MemoryEventStore();
        await Copy(services.GetRequiredService<IEventStore>(), copy, book, cancellationToken);
        var scratch = new ServiceCollection();
        scratch.AddSingleton<IEventStore>(copy);
        scratch.AddSingleton(services.GetRequiredService<Func<Guid>>());
        scratch.AddSingleton(services.GetRequiredService<TimeDirectory>());
        scratch.AddSingleton(services.GetRequiredService<Access.TokenDirectory>());
        scratch.AddCommands();
        return scratch.BuildServiceProvider().GetRequiredService<CommandBus>();
    }

    private static async Task Copy(IEventStore from, MemoryEventStore to, BookId book, CancellationToken cancellationToken)
    {
        var place = 0L;
        while (true)
        {
            var page = await from.ReadBook(book, place, PageEvents, cancellationToken);
            foreach (var e in page)
            {
                var copied = new NewEvent(e.Id, e.Type, e.Data, e.Confidential, e.ConfidentialKey);
                await to.Append(
                    new AppendRequest(
                        book, [new StreamAppend(e.Stream, e.Version - 1, [copied])], [],
                        e.Metadata with { IdempotencyKey = null, BodyHash = null }),
                    cancellationToken);
                place = e.Place;
            }
            if (page.Count < PageEvents) return;
        }
    }
}
