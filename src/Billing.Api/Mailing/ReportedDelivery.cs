using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Billing.Domain.Mailing;
using MimeKit;

namespace Billing.Api.Mailing;

/// <summary>What a delivery status notification (RFC 3464, in the multipart/report of RFC 6522) says of a mail of ours.</summary>
/// <param name="MailId">By the Message-ID among the returned headers, else by the envelope id; null where neither is one of ours.</param>
public sealed partial record ReportedDelivery(Guid? MailId, DeliveryReport Report)
{
    private static readonly string[] AddressFields = ["Original-Recipient", "Final-Recipient"];

    /// <returns>Null where the message is no such notification.</returns>
    public static ReportedDelivery? Read(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            using var message = MimeMessage.Load(stream);
            return message.Body is { } body && Find<MessageDeliveryStatus>(body) is { } status ? Read(message, body, status, bytes) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static ReportedDelivery? Read(MimeMessage message, MimeEntity body, MessageDeliveryStatus status, byte[] bytes)
    {
        var groups = status.StatusGroups;
        var recipients = groups.Skip(1).Select(group => (Group: group, Action: ActionOf(group)))
            .Where(one => one.Action is not null).ToList();
        if (recipients.Count == 0) return null;
        var (fields, action) = recipients.Find(one => one.Action == DeliveryAction.Failed) is { Group: not null } failed
            ? failed
            : recipients[0];
        var returned = Find<MessagePart>(body)?.Message?.MessageId;
        var fingerprint = message.MessageId is { Length: > 0 } id ? Encoding.UTF8.GetBytes(id) : bytes;
        var code = StatusOf(fields);
        var reason = OneLine(AfterType(fields["Diagnostic-Code"]));
        return new ReportedDelivery(IdIn(returned) ?? IdIn(groups[0]["Original-Envelope-Id"]), new DeliveryReport(
            action!, code, reason.Length > 0 ? reason : $"The mail server reported {action} {code}".TrimEnd(),
            [.. AddressFields.Select(name => OneLine(AfterType(fields[name])).Trim('<', '>'))
                .Where(address => address.Length > 0)],
            Convert.ToHexStringLower(SHA256.HashData(fingerprint))));
    }

    /// <summary>Depth first, but not into the mail that is returned.</summary>
    private static T? Find<T>(MimeEntity entity) where T : MimeEntity => entity as T
        ?? (entity as Multipart)?.Select(Find<T>).FirstOrDefault(found => found is not null);

    /// <summary>Where it is left out, the class of the status says it.</summary>
    private static string? ActionOf(HeaderList fields)
    {
        var said = OneLine(fields["Action"]).Split(' ', '(')[0].ToLowerInvariant();
        if (said.Length > 0) return DeliveryAction.All.Contains(said) ? said : null;
        return StatusOf(fields)?[0] switch
        {
            '5' => DeliveryAction.Failed,
            '4' => DeliveryAction.Delayed,
            '2' => DeliveryAction.Delivered,
            _ => null,
        };
    }

    private static string? StatusOf(HeaderList fields) =>
        Status().Match(fields["Status"] ?? "") is { Success: true } match ? match.Value : null;

    /// <summary>Our Message-IDs and envelope ids begin with the mail's id.</summary>
    private static Guid? IdIn(string? text) =>
        Guid.TryParseExact((text ?? "").Trim().Trim('<', '>').Split('@')[0], "N", out var id) ? id : null;

    /// <summary>A field such as <c>smtp; 550 no such box</c> without its type.</summary>
    private static string AfterType(string? field) => field is null ? "" : field[(field.IndexOf(';', StringComparison.Ordinal) + 1)..];

    private static string OneLine(string? text) => Space().Replace(text ?? "", " ").Trim();

    [GeneratedRegex(@"[245]\.[0-9]{1,3}\.[0-9]{1,3}")]
    private static partial Regex Status();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Space();
}
