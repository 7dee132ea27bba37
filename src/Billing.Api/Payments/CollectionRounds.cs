using Billing.Api.Hosting;
using Billing.Projections.Payments;
using Billing.Projections.Running;
using NodaTime;
using Stripe;

namespace Billing.Api.Payments;

/// <summary>
/// Goes round the practices, charges the invoices that are due where they are, and has Stripe forget what clients took back.
/// The decision is the invoice's, so that going round again, or on two servers, charges nothing twice.
/// </summary>
public sealed class CollectionRounds(
    CollectionQueries collections, CollectionDesk desk, CustomerDesk customers, ProjectionRunner projections, BillingOptions options,
    IClock clock, ILogger<CollectionRounds> log)
    : Rounds(Pause, "Invoices could not be collected", log)
{
    private const string Actor = "collection-rounds";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <summary>How far east of Greenwich it can be a day later.</summary>
    private static readonly Duration FurthestAhead = Duration.FromHours(14);

    /// <summary>One round, over what the read models know now.</summary>
    public async Task Go(CancellationToken cancellationToken)
    {
        var latestDay = (clock.GetCurrentInstant() + FurthestAhead).InUtc().Date;
        foreach (var (book, invoiceId) in collections.ToCollect(latestDay))
        {
            await Try(async () =>
            {
                var refusal = await desk.Collect(book, Actor, invoiceId, cancellationToken);
                if (refusal is not null) log.LogDebug("Invoice {InvoiceId} is not collected: {Code}", invoiceId, refusal.Code);
            });
        }
        foreach (var (book, clientId) in collections.ToForget()) await Try(() => customers.Forget(book, clientId, cancellationToken));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Stripe is { IsConfigured: true, Collects: true } ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override Task Round(CancellationToken cancellationToken) =>
        projections.Health is ProjectionHealth.Standby ? Task.CompletedTask : Go(cancellationToken);

    /// <summary>What Stripe does not answer is asked again in the next round; the others are not kept waiting.</summary>
    private async Task Try(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is StripeException or HttpRequestException)
        {
            log.LogWarning("Stripe could not be asked to collect: {Reason}", e.Message);
        }
    }
}
