using System.Collections.Concurrent;
using Billing.Api.Access;
using NodaTime;

namespace Billing.Api.ModelContext;

/// <param name="Shown">What the caller was told would happen, as text.</param>
/// <param name="TokenId">Whose preview it was: the very token, not only the member.</param>
public sealed record PendingWish(PreviewedWish Wish, string Shown, Guid TokenId, Instant ExpiresAt);

/// <summary>
/// What was previewed and waits to be confirmed. It is kept in memory and by a hash: a server that restarts, or another node, knows
/// nothing of it, and the preview is asked for again.
/// </summary>
public sealed class Confirmations(IClock clock)
{
    public static readonly Duration GoodFor = Duration.FromMinutes(10);
    private const int MostOfACaller = 20;
    private readonly ConcurrentDictionary<string, PendingWish> _pending = new(StringComparer.Ordinal);

    /// <summary>The confirmation: 256 random bits, good once.</summary>
    public (string Secret, Instant ExpiresAt) Keep(Guid tokenId, PreviewedWish wish, string shown)
    {
        var now = clock.GetCurrentInstant();
        foreach (var (hash, pending) in _pending)
        {
            if (pending.ExpiresAt <= now) _pending.TryRemove(hash, out _);
        }
        var own = _pending.Where(pair => pair.Value.TokenId == tokenId).OrderByDescending(pair => pair.Value.ExpiresAt);
        foreach (var (hash, _) in own.Skip(MostOfACaller - 1)) _pending.TryRemove(hash, out _);
        var secret = Secrets.NewLinkSecret();
        _pending[Secrets.HashOf(secret)] = new PendingWish(wish, shown, tokenId, now + GoodFor);
        return (secret, now + GoodFor);
    }

    /// <summary>What it confirms, once; null where it is unknown, used, too old, or another caller's, who can still use it.</summary>
    public PendingWish? Take(Guid tokenId, string secret)
    {
        var hash = Secrets.HashOf(secret);
        if (!_pending.TryGetValue(hash, out var pending) || pending.TokenId != tokenId) return null;
        return _pending.TryRemove(KeyValuePair.Create(hash, pending)) && clock.GetCurrentInstant() < pending.ExpiresAt ? pending : null;
    }
}
