using System.Diagnostics.Metrics;
using Billing.Api.Hosting;
using Billing.Api.Payments;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Operations;

/// <summary>What has to be asked for to be seen: how far the read models are behind, and what Stripe's notices wait for.</summary>
internal sealed class Vitals : Rounds
{
    public const string MeterName = "Billing.Vitals";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private readonly IEventStore _store;
    private readonly ProjectionRunner _runner;
    private readonly StripeInbox _inbox;
    private readonly IClock _clock;
    private long _head;
    private InboxState _notices = new(0, 0, null);

    public Vitals(
        IEventStore store, ProjectionRunner runner, StripeInbox inbox, IClock clock, IMeterFactory meters, ILogger<Vitals> log)
        : base(Pause, "What is watched could not be looked at", log)
    {
        (_store, _runner, _inbox, _clock) = (store, runner, inbox, clock);
        var meter = meters.Create(MeterName);
        meter.CreateObservableGauge(
            "billing.projection.lag", () => Math.Max(0, Volatile.Read(ref _head) - _runner.Position), "{event}",
            "Events that reads do not show yet, as of the last look.");
        meter.CreateObservableGauge(
            "billing.projection.halted", () => _runner.Health is ProjectionHealth.Halted ? 1 : 0, null,
            "1 where this node stopped at an event that it cannot apply; a person must look.");
        meter.CreateObservableGauge(
            "billing.inbox.waiting", () => _notices.Waiting, "{notice}", "Notices of Stripe that are not worked off yet.");
        meter.CreateObservableGauge(
            "billing.inbox.dead", () => _notices.Dead, "{notice}", "Notices of Stripe that wait for a person.");
        meter.CreateObservableGauge(
            "billing.inbox.age", () => AgeOf(_notices.OldestReceivedAt), "s",
            "How long ago the oldest notice came that is not worked off.");
    }

    protected override async Task Round(CancellationToken cancellationToken)
    {
        Volatile.Write(ref _head, await _store.HeadPosition(cancellationToken));
        _notices = _inbox.State();
    }

    private double AgeOf(Instant? receivedAt) =>
        receivedAt is { } since ? Math.Max(0, (_clock.GetCurrentInstant() - since).TotalSeconds) : 0;
}
