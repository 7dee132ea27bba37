using System.Collections.Concurrent;
using System.Net.Sockets;
using Billing.Api.Access;
using Billing.Api.Hosting;
using Billing.Api.Http;

namespace Billing.Api.Limits;

/// <summary>
/// What each token and each address may still ask for on this node (IETF draft httpapi-ratelimit-headers). Wrong secrets have a much
/// smaller allowance, which only they use up: an office behind one address goes on working beside somebody who guesses.
/// </summary>
public sealed class RateLimits(BillingOptions options) : IDisposable
{
    private const int Slots = 65_536;
    private const int MostMet = 10_000;
    private readonly Meter<Guid> _tokens = new("token", options.RateLimit.Token);
    private readonly Meter<int> _addresses = new("address", options.RateLimit.Address);
    private readonly Meter<int> _failures = new("failures", options.RateLimit.Failures);
    private readonly ConcurrentDictionary<string, bool> _met = new(StringComparer.Ordinal);

    /// <summary>Counts a request of whom a token let in; a problem where it is one too many.</summary>
    public Problem? Charge(HttpContext http, Caller caller) => Charge(http, _tokens, caller.TokenId);

    /// <summary>Counts a request that brings no token; a problem where it is one too many.</summary>
    public Problem? ChargeAddress(HttpContext http) => Charge(http, _addresses, SlotOf(http));

    /// <summary>
    /// A problem where the address has tried too many wrong secrets to be told now whether this one is right. One that was right
    /// before is no guess.
    /// </summary>
    public Problem? RefuseGuess(HttpContext http, string secretHash)
    {
        if (_met.ContainsKey(secretHash) || !_failures.IsSpent(SlotOf(http))) return null;
        Show(http, _failures, SlotOf(http));
        http.Response.Headers.RetryAfter = FormattableString.Invariant($"{_failures.SecondsToNext}");
        return Problem.Of(
            429, "too-many-failures",
            "From this address came too many wrong tokens or links. Wait for the seconds in Retry-After, then send one that is good.");
    }

    /// <summary>Counts a wrong secret, and remembers a right one. One that was right until it was revoked is no guess either.</summary>
    public void NoteTry(HttpContext http, string secretHash, bool wasRight)
    {
        if (_met.ContainsKey(secretHash)) return;
        if (wasRight)
        {
            if (_met.Count >= MostMet) _met.Clear();
            _met[secretHash] = true;
            return;
        }
        _failures.TryTake(SlotOf(http));
        Show(http, _failures, SlotOf(http));
    }

    /// <summary>Says again what is left, after the answer was begun anew.</summary>
    public void Show(HttpContext http)
    {
        if (Admission.CallerOf(http) is { } caller) Show(http, _tokens, caller.TokenId);
        else Show(http, _addresses, SlotOf(http));
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _addresses.Dispose();
        _failures.Dispose();
    }

    private static Problem? Charge<TKey>(HttpContext http, Meter<TKey> meter, TKey key) where TKey : notnull
    {
        var isLetIn = meter.TryTake(key);
        Show(http, meter, key);
        if (isLetIn) return null;
        http.Response.Headers.RetryAfter = FormattableString.Invariant($"{meter.SecondsToNext}");
        return Problem.Of(
            429, "too-many-requests", "Too many requests came in a short time. Wait for the seconds in Retry-After, then send it again.");
    }

    private static void Show<TKey>(HttpContext http, Meter<TKey> meter, TKey key) where TKey : notnull
    {
        http.Response.Headers["RateLimit-Policy"] = meter.Policy;
        http.Response.Headers["RateLimit"] = meter.Standing(key);
    }

    /// <summary>
    /// Addresses share a fixed number of slots, so that whoever has many of them can't fill the memory. Of IPv6 the first half counts:
    /// one connection has all of the rest.
    /// </summary>
    private static int SlotOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address) return 0;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length)) return 0;
        if (address.AddressFamily == AddressFamily.InterNetworkV6) length = 8;
        var hash = new HashCode();
        hash.AddBytes(bytes[..length]);
        return hash.ToHashCode() & (Slots - 1);
    }
}
