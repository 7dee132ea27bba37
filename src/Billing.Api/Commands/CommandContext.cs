using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Commands;

/// <summary>On whose behalf, on what occasion and under which conditions a command runs.</summary>
/// <param name="Actor">Who acts, as it goes into the event metadata.</param>
/// <param name="Now">The time of the request. Commands take their time from here.</param>
/// <param name="IdempotencyKey">At most one request under a key has an effect; null for a request without one.</param>
/// <param name="BodyHash">Hash of what is asked; goes with the key.</param>
/// <param name="IfMatch">The version that the command's own resource must have; null for any.</param>
/// <param name="DryRun">Work out what would be written, and write nothing.</param>
public sealed record CommandContext(
    BookId Book,
    string Actor,
    Instant Now,
    Guid CorrelationId,
    string? IdempotencyKey = null,
    string? BodyHash = null,
    long? IfMatch = null,
    bool DryRun = false);
