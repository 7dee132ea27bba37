using System.Data.Common;
using Billing.Api.Hosting;
using Billing.EventStore.Port;
using Billing.Projections.Payments;
using Billing.Projections.Storage;
using NodaTime;
using Stripe;

namespace Billing.Api.Payments;

/// <summary>
/// Works off the inbox, looks after payments that no notice came for, and lists what happened at Stripe: a notice can be lost,
/// the payment cannot.
/// </summary>
public sealed class StripeInboxWorker(
    StripeInbox inbox, StripeGateway gateway, PaymentNews news, RefundDesk refunds, PayoutNews payouts, CollectionDesk collections,
    CustomerDesk customers, StripeAccountDesk accountDesk, StripeEvents events, PaymentQueries payments, CollectionQueries clients,
    IStripeAccounts accounts, BillingOptions options, IClock clock, ILogger<StripeInboxWorker> log) : BackgroundService
{
    private const int BatchSize = 50;
    private const int MaxSwept = 1_000;

    /// <summary>Our own account may be heard of before the read models know whose it is.</summary>
    private const int TriesForUnknownAccount = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly Duration SweepEvery = Duration.FromMinutes(1);
    private static readonly Duration ListEvery = Duration.FromMinutes(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Stripe.IsConfigured) return;
        var (nextSweep, nextList) = (Instant.MinValue, Instant.MinValue);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Try("The inbox could not be worked off", WorkOff, stoppingToken);
            if (clock.GetCurrentInstant() is var now && now >= nextSweep)
            {
                await Try("Open payments could not be looked at", Sweep, stoppingToken);
                nextSweep = now + SweepEvery;
            }
            if (now >= nextList)
            {
                await Try("The accounts could not be looked at", LookAtAccounts, stoppingToken);
                nextList = now + ListEvery;
            }
            await inbox.WaitForArrival(Pause, stoppingToken).ContinueWith(static _ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>Works off the notices that are due now.</summary>
    public async Task WorkOff(CancellationToken cancellationToken)
    {
        foreach (var notice in inbox.Due(clock.GetCurrentInstant(), BatchSize)) await Handle(notice, cancellationToken);
    }

    /// <summary>Looks at one payment, and carries out the refunds that are asked of it.</summary>
    public async Task LookAt(BookId book, Guid paymentId, CancellationToken cancellationToken)
    {
        try
        {
            await news.LookAt(book, paymentId, cancellationToken);
            await collections.CarryOut(book, paymentId, cancellationToken);
            await refunds.CarryOut(book, paymentId, cancellationToken);
        }
        catch (Exception e) when (IsPassing(e) && !cancellationToken.IsCancellationRequested)
        {
            log.LogWarning("Payment {PaymentId} could not be looked at: {Reason}", paymentId, e.Message);
        }
    }

    /// <summary>What each account did since the last time, and how it stands: one that fails keeps no other waiting.</summary>
    public async Task LookAtAccounts(CancellationToken cancellationToken)
    {
        await Try("Stripe's events could not be listed", token => events.CatchUp(account: null, token), cancellationToken);
        foreach (var (book, account, _) in accounts.All())
        {
            await Try($"{account} and its events could not be looked at", async token =>
            {
                var review = await accountDesk.LookAt(book, account, token);
                if (!review.Standing.IsRevoked) await events.CatchUp(account, token);
            }, cancellationToken);
        }
    }

    private async Task Sweep(CancellationToken stoppingToken)
    {
        foreach (var open in payments.Unfinished(clock.GetCurrentInstant(), MaxSwept))
            await LookAt(open.Book, open.Payment.PaymentId, stoppingToken);
    }

    private async Task Handle(StripeNotice notice, CancellationToken stoppingToken)
    {
        try
        {
            var owner = notice.Account is { } account ? accounts.Find(account) : null;
            if (owner is null && notice is { Account: not null, Attempts: < TriesForUnknownAccount })
            {
                inbox.PutOff(notice, UnknownAccount(notice), clock.GetCurrentInstant());
                return;
            }
            var heeded = owner is null && notice.Account is not null
                ? new Heeded(IsOurs: true, UnknownAccount(notice))
                : await Heed(notice, owner, stoppingToken);
            if (heeded.Refusal is { } refusal)
            {
                log.LogWarning("Stripe notice {EventId} ({Type}) is refused: {Reason}", notice.EventId, notice.Type, refusal);
                inbox.LayAside(notice, refusal);
            }
            else
            {
                inbox.Finish(notice, heeded.IsOurs ? null : "not about a payment of ours");
            }
        }
        catch (Exception e) when (IsPassing(e) && !stoppingToken.IsCancellationRequested)
        {
            log.LogWarning("Stripe notice {EventId} ({Type}) put off: {Reason}", notice.EventId, notice.Type, e.Message);
            inbox.PutOff(notice, e.Message, clock.GetCurrentInstant());
        }
    }

    private static string UnknownAccount(StripeNotice notice) =>
        $"stripe-account-unknown: No practice here has the account {notice.Account}.";

    /// <param name="owner">Whose account it happened in; null for the installation's own.</param>
    private async Task<Heeded> Heed(StripeNotice notice, BookedAccount? owner, CancellationToken stoppingToken)
    {
        if (owner is not null && notice.Type is StripeEvents.AccountUpdated or StripeEvents.AccountRevoked)
        {
            await accountDesk.LookAt(owner.Book, owner.AccountId, stoppingToken);
            return Heeded.Agrees;
        }
        if (notice.PayoutId is { } payoutId) return await payouts.Heed(payoutId, owner?.AccountId, stoppingToken);
        if (notice is { CustomerId: { } customerId, Type: "payment_method.detached" or "customer.deleted" })
            return await LookAtClient(customerId, owner, stoppingToken);
        var stripe = gateway.In(owner?.AccountId);
        var payment = notice switch
        {
            { SessionId: { } sessionId } => await stripe.GetSession(sessionId, stoppingToken),
            { PaymentIntentId: { } intentId } => await stripe.PaymentOf(intentId, stoppingToken),
            _ => null,
        };
        return payment is null ? Heeded.NotOurs : await news.Heed(payment, IsAboutMoneyBack(notice), stoppingToken);
    }

    /// <summary>A customer or a method of theirs has gone: which, is fetched.</summary>
    private async Task<Heeded> LookAtClient(string customerId, BookedAccount? owner, CancellationToken stoppingToken)
    {
        if (clients.FindByCustomer(customerId) is not { } client) return Heeded.NotOurs;
        if (owner is not null && client.Book != owner.Book) return Heeded.NotOurs;
        await customers.LookAt(client.Book, client.ClientId, stoppingToken);
        return Heeded.Agrees;
    }

    private async Task Try(string what, Func<CancellationToken, Task> work, CancellationToken stoppingToken)
    {
        try
        {
            await work(stoppingToken);
        }
        catch (Exception e) when (IsPassing(e) && !stoppingToken.IsCancellationRequested)
        {
            log.LogWarning("{What}: {Reason}", what, e.Message);
        }
    }

    private static bool IsAboutMoneyBack(StripeNotice notice) =>
        notice.Type.StartsWith("refund.", StringComparison.Ordinal) || notice.Type.StartsWith("charge.", StringComparison.Ordinal);

    private static bool IsPassing(Exception e) =>
        e is StripeException or HttpRequestException or TaskCanceledException or IOException or DbException
            or EventStoreException or ReadDatabaseException;
}
