using System.Collections.Concurrent;
using Billing.EventStore.Port;
using Billing.Projections.Access;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>
/// Finds the caller of a token's hash, or of an identity's. Known ones are remembered for a few seconds, so that a revocation on another
/// node is heeded soon; one on this node is heeded at once.
/// </summary>
public sealed class TokenDirectory(AccessQueries queries, ProjectionRunner projections, IEventStore store, IClock clock)
{
    private static readonly Duration RememberedFor = Duration.FromSeconds(5);
    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(2);
    private const int MaxRemembered = 10_000;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public async ValueTask<Caller?> Find(string tokenHash, CancellationToken cancellationToken) =>
        (await Find(tokenHash, hash => queries.FindToken(hash) is { } token ? [token] : [], cancellationToken)).SingleOrDefault();

    /// <summary>Who an identity of the identity provider is: one caller in each practice where it is linked.</summary>
    public ValueTask<IReadOnlyList<Caller>> FindIdentity(string identityHash, CancellationToken cancellationToken) =>
        Find(identityHash, queries.FindIdentity, cancellationToken);

    private async ValueTask<IReadOnlyList<Caller>> Find(
        string hash, Func<string, IReadOnlyList<TokenGrant>> find, CancellationToken cancellationToken)
    {
        var now = clock.GetCurrentInstant();
        if (_known.TryGetValue(hash, out var known) && known.Until > now) return known.UsableAt(now);

        // What was issued a moment ago may not have reached the read model yet, or come there while we looked.
        var seen = projections.Position;
        var grants = find(hash);
        if (grants.Count == 0 && await store.HeadPosition(cancellationToken) is var head && head > seen)
        {
            var isThere = await projections.WaitFor(head, CatchUpLimit, cancellationToken);
            grants = find(hash);
            // Nobody can say that a token is unknown while the read models are made anew.
            if (grants.Count == 0 && !isThere) throw new ReadModelBehindException();
        }
        if (grants.Count == 0) return [];
        if (_known.Count > MaxRemembered) _known.Clear();
        known = new Known([.. grants.Select(grant => new Admitted(grant, CallerOf(grant)))], now + RememberedFor);
        _known[hash] = known;
        return known.UsableAt(now);
    }

    /// <summary>Forgets everything, once the read model has passed the position that changed who may come in.</summary>
    public async ValueTask Forget(long position, CancellationToken cancellationToken)
    {
        await projections.WaitFor(position, CatchUpLimit, cancellationToken);
        _known.Clear();
    }

    private static Caller CallerOf(TokenGrant token)
    {
        var role = Enum.Parse<Role>(token.Role, ignoreCase: true);
        return new Caller(
            token.Book, token.MemberId, role, token.TokenId, token.TimeZone, token.SeesRates || role != Role.Assistant, token.Scopes);
    }

    private sealed record Admitted(TokenGrant Grant, Caller Caller);

    private sealed record Known(IReadOnlyList<Admitted> Found, Instant Until)
    {
        /// <summary>All of them, as is usual, without a new list.</summary>
        private readonly IReadOnlyList<Caller> _callers = [.. Found.Select(one => one.Caller)];

        public IReadOnlyList<Caller> UsableAt(Instant now) => Found.All(one => one.Grant.IsGoodAt(now))
            ? _callers
            : [.. Found.Where(one => one.Grant.IsGoodAt(now)).Select(one => one.Caller)];
    }
}
