using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.Mailing;

/// <param name="Asked">Null where there is no such mail.</param>
/// <param name="Status">One of <see cref="MailStatus"/>.</param>
/// <param name="Attempts">All that were ever made.</param>
/// <param name="Tries">Those made since it was last asked for, which the pauses between them go by.</param>
/// <param name="NextAt">When it is tried, while it waits.</param>
/// <param name="AttemptedAt">When the last attempt began.</param>
public sealed record MailState(
    MailEvent.MailAsked? Asked, string? Recipient, string Status, int Attempts, int Tries, Instant? NextAt, Instant? AttemptedAt)
{
    /// <summary>Addresses that it went to before it was sent elsewhere.</summary>
    public ImmutableHashSet<string> FormerRecipients { get; init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The reports by which it came back, by their fingerprints.</summary>
    public ImmutableHashSet<string> Reports { get; init; } = [];

    public static MailState None { get; } = new(null, null, MailStatus.Waiting, 0, 0, null, null);

    /// <summary>An attempt whose end may still become known.</summary>
    public bool IsOpen(int attempt) => Status is MailStatus.Sending or MailStatus.Unknown && Attempts == attempt;
}

/// <summary>How far a mail has come.</summary>
public static class MailStatus
{
    /// <summary>To be sent now, or tried again later.</summary>
    public const string Waiting = "waiting";

    public const string Sending = "sending";

    /// <summary>The server took it.</summary>
    public const string Sent = "sent";

    /// <summary>Not sent, and not tried any more.</summary>
    public const string Failed = "failed";

    /// <summary>It may have been sent; a person decides.</summary>
    public const string Unknown = "unknown";

    public const string Bounced = "bounced";

    public static IReadOnlyList<string> All { get; } = [Waiting, Sending, Sent, Failed, Unknown, Bounced];
}
