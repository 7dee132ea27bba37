namespace Billing.Domain.Mailing;

/// <summary>A delivery status notification of one recipient (RFC 3464).</summary>
/// <param name="Action">One of <see cref="DeliveryAction"/>.</param>
/// <param name="StatusCode">As RFC 3463 has it, such as <c>5.1.1</c>; null where none is said.</param>
/// <param name="Reason">In the words of the server; one line.</param>
/// <param name="Addresses">The recipient, as the mail was addressed and where it ended up, as far as the report says.</param>
/// <param name="Fingerprint">The same for the same report, however often it comes; lower-case hexadecimal.</param>
public sealed record DeliveryReport(
    string Action, string? StatusCode, string Reason, IReadOnlyList<string> Addresses, string Fingerprint)
{
    /// <summary>Given up. A server that failed for long says so too, with a temporary status; one that still tries says delayed.</summary>
    public bool IsFailure => Action == DeliveryAction.Failed;
}

/// <summary>What a server did (RFC 3464, section 2.3.3).</summary>
public static class DeliveryAction
{
    public const string Failed = "failed";

    /// <summary>Not delivered yet, and still tried.</summary>
    public const string Delayed = "delayed";

    public const string Delivered = "delivered";

    /// <summary>Handed to a server that sends no reports.</summary>
    public const string Relayed = "relayed";

    /// <summary>Delivered, and handed on to several more.</summary>
    public const string Expanded = "expanded";

    public static IReadOnlyList<string> All { get; } = [Failed, Delayed, Delivered, Relayed, Expanded];
}
