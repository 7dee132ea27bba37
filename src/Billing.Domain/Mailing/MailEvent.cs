using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Mailing;

public abstract record MailEvent
{
    private MailEvent() { }

    /// <summary>Somebody is to be written to. The texts are frozen here; attachments are made of frozen facts.</summary>
    /// <param name="Kind">One of <see cref="MailKind"/>.</param>
    /// <param name="ClientId">Null where it goes to the practice itself.</param>
    /// <param name="InvoiceId">The invoice that it is about; null for none.</param>
    /// <param name="Language">ISO 639-1 code of the texts.</param>
    /// <param name="PaymentId">Of a receipt, or the charge that failed; null otherwise.</param>
    /// <param name="StepDays">Of a reminder: days after the invoice's due day, negative before it; null otherwise.</param>
    /// <param name="LinkId">The share link that the texts hold; null where they hold none.</param>
    public sealed record MailAsked(
        Guid MailId, string Kind, string Language, Guid? ClientId, Guid? InvoiceId, Guid? PaymentId, int? StepDays, Guid? LinkId,
        [property: Confidential] string? Recipient, [property: Confidential] MailTexts? Texts,
        IReadOnlyList<MailAttachment> Attachments, Instant AskedAt) : MailEvent
    {
        /// <summary>The credit note, to the invoice, that it is about; null for none.</summary>
        public Guid? CreditNoteId { get; init; }

        /// <summary>The quote that it is about; null for none.</summary>
        public MailedQuote? Quote { get; init; }

        /// <summary>The instalment of estimated tax that it is about; null for none.</summary>
        public MailedInstalment? TaxInstalment { get; init; }
    }

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
    public sealed record MailBounced([property: Confidential] string? Reason, Instant BouncedAt) : MailEvent
    {
        /// <summary>As RFC 3463 has it, such as <c>5.1.1</c>; null where nobody said.</summary>
        public string? StatusCode { get; init; }

        /// <summary>Of the report that said so, <see cref="DeliveryReport.Fingerprint"/>; null where a person did.</summary>
        public string? Report { get; init; }
    }

    /// <param name="Recipient">Another address than before; null for the same.</param>
    public sealed record MailResendAsked([property: Confidential] string? Recipient, Instant AskedAt) : MailEvent;
}

/// <param name="SenderName">The practice.</param>
/// <param name="ReplyTo">Its address; null where it has said none.</param>
/// <param name="Link">The address of the share page, secret included; null where the mail has none.</param>
public sealed record MailTexts(
    string SenderName, string? ReplyTo, string RecipientName, string Subject, string Body, string? Link);

/// <param name="Revision">The one that it was written about.</param>
public sealed record MailedQuote(Guid QuoteId, int Revision);

/// <param name="Quarter">1 to 4.</param>
/// <param name="DueOn">The last day to pay on time.</param>
public sealed record MailedInstalment(int Year, int Quarter, LocalDate DueOn);

/// <param name="Kind">One of <see cref="MailAttachmentKind"/>.</param>
/// <param name="Id">Of the invoice, credit note, quote or payment, or of the client whose statement it is.</param>
/// <param name="From">First day of a statement; null otherwise.</param>
/// <param name="Through">Last day of a statement; null otherwise.</param>
public sealed record MailAttachment(string Kind, Guid Id, LocalDate? From, LocalDate? Through);

/// <summary>What a mail is for.</summary>
public static class MailKind
{
    public const string Invoice = "invoice";
    public const string Receipt = "receipt";
    public const string Reminder = "reminder";
    public const string CreditNote = "credit-note";
    public const string Quote = "quote";

    /// <summary>To the client: a charge without them failed.</summary>
    public const string FailedCharge = "failed-charge";

    /// <summary>The same, to the practice itself.</summary>
    public const string FailedChargeNotice = "failed-charge-notice";

    /// <summary>To the practice itself: an instalment of estimated tax comes due.</summary>
    public const string TaxReminder = "tax-reminder";
}

public static class MailAttachmentKind
{
    public const string Invoice = "invoice";
    public const string Statement = "statement";
    public const string CreditNote = "credit-note";
    public const string Quote = "quote";

    /// <summary>For one payment.</summary>
    public const string Receipt = "receipt";
}
