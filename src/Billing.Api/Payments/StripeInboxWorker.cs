using System.Data.Common;
using Billing.Api.Hosting;
using Billing.EventStore.Port;
using Billing.Projections.Payments;
using Billing.Projections.Storage;
using NodaTime;
using Stripe;

namespace Billing.Api.Payments;

/// <summary>
/// Works off the inbox, and looks after sessions that no notice came for: a notice can be lost, the session cannot.
/// </summary>
public sealed class StripeInboxWorker(
    StripeInbox inbox, StripeGateway gateway, PaymentNews news, PaymentQueries payments, BillingOptions options, IClock clock,
    ILogger<StripeInboxWorker> log) : BackgroundService
{
    private const int BatchSize = 50;
    private const int MaxSwept = 1_000;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly Duration SweepEvery = Duration.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Stripe.IsConfigured) return;
        var nextSweep = clock.GetCurrentInstant();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var notice in inbox.Due(clock.GetCurrentInstant(), BatchSize)) await Handle(notice, stoppingToken);
                if (clock.GetCurrentInstant() >= nextSweep)
                {
                    await Sweep(stoppingToken);
                    nextSweep = clock.GetCurrentInstant() + SweepEvery;
                }
            }
            catch (Exception e) when (IsPassing(e) && !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("The inbox could not be worked off: {Reason}", e.Message);
            }
            await inbox.WaitForArrival(Pause, stoppingToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    private async Task Handle(StripeNotice notice, CancellationToken stoppingToken)
    {
        try
        {
            var session = notice switch
            {
                { SessionId: { } sessionId } => await gateway.GetSession(sessionId, stoppingToken),
                { PaymentIntentId: { } intentId } => await gateway.FindSessionOf(intentId, stoppingToken),
                _ => null,
            };
            var remark = session is null ? "names no session of ours" : await news.Heed(session, stoppingToken);
            if (remark is not null)
                log.LogWarning("Stripe notice {EventId} ({Type}) left aside: {Remark}", notice.EventId, notice.Type, remark);
            inbox.Finish(notice, remark);
        }
        catch (Exception e) when (IsPassing(e) && !stoppingToken.IsCancellationRequested)
        {
            log.LogWarning("Stripe notice {EventId} ({Type}) put off: {Reason}", notice.EventId, notice.Type, e.Message);
            inbox.PutOff(notice, e.Message, clock.GetCurrentInstant());
        }
    }

    private async Task Sweep(CancellationToken stoppingToken)
    {
        foreach (var open in payments.Unfinished(clock.GetCurrentInstant(), MaxSwept))
        {
            try
            {
                await news.LookAt(open.Book, open.Payment.PaymentId, stoppingToken);
            }
            catch (Exception e) when (IsPassing(e) && !stoppingToken.IsCancellationRequested)
            {
                log.LogWarning("Payment {PaymentId} could not be looked at: {Reason}", open.Payment.PaymentId, e.Message);
            }
        }
    }

    private static bool IsPassing(Exception e) =>
        e is StripeException or HttpRequestException or TaskCanceledException or IOException or DbException
            or EventStoreException or ReadDatabaseException;
}
