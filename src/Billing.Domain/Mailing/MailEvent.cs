using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Mailing;

public abstract record MailEvent
{
    private MailEvent() { }

    /// <summary>Somebody is to be written to. The texts are frozen here; attachments are made of frozen facts.</summary>
    /// <param name="Kind">One of <see cref="MailKind"/>.</param>
    /// <param name="Language">ISO 639-1 code of the texts.</param>
    /// <param name="PaymentId">Of a receipt; null otherwise.</param>
    /// <param name="StepDays">Of a reminder: days after the invoice's due day, negative before it; null otherwise.</param>
    /// <param name="LinkId">The share link that the texts hold; null where they hold none.</param>
    public sealed record MailAsked(
        Guid MailId, string Kind, string Language, Guid ClientId, Guid InvoiceId, Guid? PaymentId, int? StepDays, Guid? LinkId,
        [property: Confidential] string? Recipient, [property: Confidential] MailTexts? Texts,
        IReadOnlyList<MailAttachment> Attachments, Instant AskedAt) : MailEvent;

    /// <summary>It is about to be handed over. Without a later event nobody knows whether it was.</summary>
    public sealed record MailAttempted(int Attempt, Instant AttemptedAt) : MailEvent;

    /// <summary>The server took it, or a person found that it had arrived.</summary>
    /// <param name="Answer">What the server said; null where a person said it.</param>
    public sealed record MailHandedOver([property: Confidential] string? Answer, Instant HandedOverAt) : MailEvent;

    /// <summary>It was certainly not sent.</summary>
    /// <param name="RetryAt">Null once it is given up.</param>
    public sealed record MailFailed([property: Confidential] string? Reason, Instant? RetryAt, Instant FailedAt) : MailEvent;

    /// <summary>Whether it was sent is not known: the connection or the program ended before the server had answered.</summary>
    /// <param name="RetryAt">Where the policy risks a double; null where a person decides.</param>
    public sealed record MailLeftUnknown(
        [property: Confidential] string? Reason, Instant? RetryAt, Instant NotedAt) : MailEvent;

    /// <summary>It was taken and came back later.</summary>
    public sealed record MailBounced([property: Confidential] string? Reason, Instant BouncedAt) : MailEvent;

    /// <param name="Recipient">Another address than before; null for the same.</param>
    public sealed record MailResendAsked([property: Confidential] string? Recipient, Instant AskedAt) : MailEvent;
}

/// <param name="SenderName">The practice.</param>
/// <param name="ReplyTo">Its address; null where it has said none.</param>
/// <param name="Link">The address of the share page, secret included; null where the mail has none.</param>
public sealed record MailTexts(
    string SenderName, string? ReplyTo, string RecipientName, string Subject, string Body, string? Link);

/// <param name="Kind">One of <see cref="MailAttachmentKind"/>.</param>
/// <param name="Id">Of the invoice, or of the client whose statement it is.</param>
/// <param name="From">First day of a statement; null otherwise.</param>
/// <param name="Through">Last day of a statement; null otherwise.</param>
public sealed record MailAttachment(string Kind, Guid Id, LocalDate? From, LocalDate? Through);

/// <summary>What a mail is for.</summary>
public static class MailKind
{
    public const string Invoice = "invoice";
    public const string Receipt = "receipt";
    public const string Reminder = "reminder";
}

public static class MailAttachmentKind
{
    public const string Invoice = "invoice";
    public const string Statement = "statement";
}
