using System.Collections.Concurrent;
using System.Security.Cryptography;
using Billing.Api.Changes;
using Billing.Api.Hosting;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Webhooks;

/// <summary>
/// Sends to each endpoint what it was not sent yet: one message after the other in the order of the book, at least once. One that does
/// not answer keeps none of the others waiting.
/// </summary>
internal sealed class WebhookRounds(
    WebhookQueue queue, WebhookDelivery delivery, ProjectionRunner projections, WebhookOptions options, IClock clock, Func<Guid> newId,
    ILogger<WebhookRounds> log)
    : Rounds(Pause, "The webhooks could not be sent", log)
{
    private const int MostAtOnce = 64, PageItems = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<Guid, byte> _underWay = new();

    /// <summary>
    /// What was seen of the feed when an endpoint had been told everything up to a position: no need to look before more comes.
    /// </summary>
    private readonly ConcurrentDictionary<Guid, (long Seen, string Position)> _told = new();

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Sends ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override Task Round(CancellationToken cancellationToken)
    {
        var seen = projections.Position;
        foreach (var (id, position) in queue.Due(clock.GetCurrentInstant()))
        {
            if (_underWay.Count >= MostAtOnce) break;
            if (_told.TryGetValue(id, out var told) && told == (seen, position)) continue;
            if (_underWay.TryAdd(id, 0)) _ = Task.Run(() => Try(id, seen, cancellationToken), CancellationToken.None);
        }
        return Task.CompletedTask;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (!_underWay.IsEmpty && !cancellationToken.IsCancellationRequested) await Task.Delay(10, CancellationToken.None);
    }

    private async Task Try(Guid id, long seen, CancellationToken stoppingToken)
    {
        try
        {
            await Tell(id, seen, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What was under way is sent again at the next start.
        }
        catch (Exception e) when (IsPassing(e))
        {
            log.LogWarning("Webhook {Id} could not be sent to: {Reason}", id, e.Message);
        }
        catch (Exception e)
        {
            // A bug of ours, which nobody else would hear of.
            log.LogError(e, "Webhook {Id} could not be sent to", id);
        }
        finally
        {
            _underWay.TryRemove(id, out _);
        }
    }

    private async Task Tell(Guid id, long seen, CancellationToken cancellationToken)
    {
        var claim = newId();
        if (queue.Claim(id, claim, clock.GetCurrentInstant(), EndOfClaim) is not { } endpoint) return;
        try
        {
            var (position, more) = (endpoint.Position, true);
            while (more)
            {
                if (await TellPage(endpoint, claim, position, cancellationToken) is not { } page) return;
                (position, more) = (page.Next, page.More);
            }
            _told[id] = (seen, position.ToString());
        }
        finally
        {
            queue.Release(id, claim);
        }
    }

    /// <summary>Null where it may not go on for now.</summary>
    private async Task<ChangePage?> TellPage(
        WebhookEndpoint endpoint, Guid claim, ChangeCursor since, CancellationToken cancellationToken)
    {
        var (position, next) = (since, since);
        if (await delivery.Read(endpoint.Book, since, PageItems, cancellationToken) is not { } page)
        {
            log.LogWarning("Webhook {Id} is paused: its position is of another history of the books.", endpoint.Id);
            queue.Pause(endpoint.Id, claim, 0, PauseReason.CursorUnknown);
            return null;
        }
        foreach (var change in page.Items)
        {
            (position, next) = (next, WebhookTables.Cursor(change.Cursor));
            if (!endpoint.Wants(change)) continue;
            if (!queue.Hold(endpoint.Id, claim, EndOfClaim)) return null;
            // What was tried before is the first that is wanted after the position that was stored.
            var attempt = endpoint.Position == since ? endpoint.Attempts + 1 : 1;
            var reply = await delivery.Attempt(endpoint, position, change, attempt, cancellationToken);
            if (!reply.IsTaken)
            {
                Fail(endpoint.Id, claim, attempt, reply);
                return null;
            }
            if (!queue.MoveTo(endpoint.Id, claim, next)) return null;
            since = next;
        }
        return page.Next == since || queue.MoveTo(endpoint.Id, claim, page.Next) ? page : null;
    }

    private void Fail(Guid id, Guid claim, int attempts, WebhookReply reply)
    {
        log.LogWarning("Webhook {Id} was tried {Attempts} times: {Status} {Reason}", id, attempts, reply.Status, reply.Error);
        if (reply.IsGone) queue.Pause(id, claim, attempts, PauseReason.Gone);
        else if (options.PauseAfter(attempts) is { } pause) queue.PutOff(id, claim, attempts, clock.GetCurrentInstant() + Spread(pause));
        else queue.Pause(id, claim, attempts, PauseReason.Failed);
    }

    /// <summary>Up to a tenth longer, so that what failed together does not come back together.</summary>
    private static Duration Spread(Duration pause)
    {
        var tenth = (int)(pause.BclCompatibleTicks / NodaConstants.TicksPerMillisecond / 10);
        return pause + Duration.FromMilliseconds(RandomNumberGenerator.GetInt32(tenth + 1));
    }

    /// <summary>Longer than an attempt can take.</summary>
    private Instant EndOfClaim => clock.GetCurrentInstant() + 2 * options.Timeout;
}
