using Billing.StripeStandIn.Wire;

namespace Billing.StripeStandIn.Api;

/// <summary>
/// The answers saved under <c>Idempotency-Key</c>, per account, for 24 hours: the same request gets the first
/// answer again, errors and 500s included; another request under the key is refused; so is one that comes while
/// the first is still running.
/// </summary>
internal sealed class IdempotencyKeys(TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Account, string Key), Entry> _entries = [];

    /// <summary>Null lets the request run; it must be finished by <see cref="Finish"/>.</summary>
    /// <param name="account">Keys of one account mean nothing to another.</param>
    /// <param name="key">At most 255 characters.</param>
    /// <param name="endpoint">Method and path.</param>
    /// <param name="parameters">In canonical form.</param>
    public (Answer Answer, bool Replayed)? Begin(string account, string key, string endpoint, string parameters)
    {
        if (key.Length > 255)
            return (StripeError.Invalid("Idempotency keys may be at most 255 characters long."), false);
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (!_entries.TryGetValue((account, key), out var entry) || entry.Begun + Kept <= now)
            {
                _entries[(account, key)] = new Entry(endpoint, parameters, now);
                return null;
            }
            if (entry.Endpoint != endpoint) return (OtherEndpoint(entry.Endpoint, endpoint, key), false);
            if (entry.Parameters != parameters) return (OtherParameters(key), false);
            return entry.Answer is { } saved ? (saved, true) : (InFlight(key), false);
        }
    }

    public void Finish(string account, string key, Answer answer)
    {
        lock (_gate)
        {
            if (answer.SavedUnderKey) _entries[(account, key)].Answer = answer;
            else _entries.Remove((account, key));
        }
    }

    private static StripeError OtherEndpoint(string first, string second, string key) => new(
        400, "idempotency_error",
        "Keys for idempotent requests can only be used for the same endpoint they were first used for "
        + $"('{second}' vs '{first}'). {UseAnother(key)}");

    private static StripeError OtherParameters(string key) => new(
        400, "idempotency_error",
        "Keys for idempotent requests can only be used with the same parameters they were first used with. "
        + UseAnother(key));

    private static string UseAnother(string key) =>
        $"Try using a key other than '{key}' if you meant to execute a different request.";

    private static StripeError InFlight(string key) => new(
        409, "idempotency_error",
        $"There is currently another in-progress request using the idempotency key '{key}'.",
        "idempotency_key_in_use");

    private sealed record Entry(string Endpoint, string Parameters, DateTimeOffset Begun)
    {
        public Answer? Answer { get; set; }
    }
}
