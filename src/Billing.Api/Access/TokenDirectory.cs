using System.Collections.Concurrent;
using Billing.EventStore.Port;
using Billing.Projections.Access;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>
/// Finds the caller of a token's hash. Known tokens are remembered for a few seconds, so that a revocation on another node
/// is heeded soon; one on this node is heeded at once.
/// </summary>
public sealed class TokenDirectory(AccessQueries queries, ProjectionRunner projections, IEventStore store, IClock clock)
{
    private static readonly Duration RememberedFor = Duration.FromSeconds(5);
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(2);
    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async ValueTask<Caller?> Find(string tokenHash, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        if (_known.TryGetValue(tokenHash, out var known) && known.Until > now) return known.UsableAt(now);

        // A token that was issued a moment ago may not have reached the read model yet, or come there while we looked.
        var seen = projections.Position;
        var token = queries.FindToken(tokenHash);
        if (token is null && await store.HeadPosition(cancellationToken) is var head && head > seen)
        {
            var isThere = await projections.WaitFor(head, CatchUpLimit, cancellationToken);
            token = queries.FindToken(tokenHash);
            // Nobody can say that a token is unknown while the read models are made anew.
            if (token is null && !isThere) throw new ReadDatabaseException("The read models are behind.", isPassing: true);
        }
        if (token is null) return null;
        if (_known.Count > MaxRemembered) _known.Clear();
        known = new Known(
            CallerOf(token, Enum.Parse<Role>(token.Role, ignoreCase: true)), token, now + RememberedFor);
        _known[tokenHash] = known;
        return known.UsableAt(now);
    }

    /// <summary>Forgets everything, once the read model has passed the position that changed who may come in.</summary>
    public async ValueTask Forget(long position, CancellationToken cancellationToken)
    {
        await projections.WaitFor(position, CatchUpLimit, cancellationToken);
        _known.Clear();
    }

    private static Caller CallerOf(TokenGrant token, Role role) => new(
        token.Book, token.MemberId, role, token.TokenId, token.TimeZone, token.SeesRates || role != Role.Assistant, token.Scopes);

    private sealed record Known(Caller Caller, TokenGrant Grant, Instant Until)
    {
        public Caller? UsableAt(Instant now) => Grant.IsGoodAt(now) ? Caller : null;
    }
}
