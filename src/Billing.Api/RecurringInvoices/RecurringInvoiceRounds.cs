using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.EventStore.Port;
using Billing.Projections.RecurringInvoices;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.RecurringInvoices;

/// <summary>Goes round the practices and invoices the periods that are due where they are. What is refused is tried again after
/// some minutes.</summary>
public sealed class RecurringInvoiceRounds(
    RecurringInvoiceQueries recurring, RecurringDesk desk, ProjectionRunner projections, BillingOptions options, ReachableAddress address,
    IClock clock, Func<Guid> newId, ILogger<RecurringInvoiceRounds> log)
    : Rounds(Pause, "Recurring invoices could not be made", log)
{
    private const string Actor = "recurring-invoices";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>How far east of Greenwich it can be a day later.</summary>
    private static readonly Duration FurthestAhead = Duration.FromHours(14);

    private static readonly Duration RetryPause = Duration.FromMinutes(10);
    private readonly Dictionary<BookId, Instant> waiting = [];

    /// <summary>One round, over what the read models know now.</summary>
    public async Task Go(CancellationToken cancellationToken)
    {
        if (address.Now is not { } server) return;
        var now = clock.GetCurrentInstant();
        var latestDay = (now + FurthestAhead).InUtc().Date;
        foreach (var practice in recurring.Practices())
        {
            if (practice.FirstRunsOn > latestDay || waiting.GetValueOrDefault(practice.Book) > now) continue;
            var ran = await desk.RunDue(practice.Book, server, () => Context(practice.Book), cancellationToken);
            waiting.Remove(practice.Book);
            foreach (var refused in ran.Where(period => period.Outcome == RanPeriod.Refused))
            {
                log.LogWarning(
                    "Recurring invoice {RecurringId} could not be made for the period from {From}: {Code}", refused.RecurringId,
                    refused.From, refused.Why);
                waiting[practice.Book] = now + RetryPause;
            }
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.RunsRecurringInvoices ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override Task Round(CancellationToken cancellationToken) =>
        projections.Health is ProjectionHealth.Standby ? Task.CompletedTask : Go(cancellationToken);

    private CommandContext Context(BookId book) => new(book, Actor, clock.GetCurrentInstant(), newId());
}
