using Billing.Domain.Mailing;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Mailing;

internal sealed class MailRow : Row
{
    public static readonly Shape<MailRow> Shape = new Shape<MailRow>("mails", "book", "mail_id")
        .Text("kind", row => ref row.Kind)
        .Text("status", row => ref row.Status)
        .Text("language", row => ref row.Language)
        .OptionalId("client_id", row => ref row.ClientId)
        .OptionalId("invoice_id", row => ref row.InvoiceId)
        .OptionalId("credit_note_id", row => ref row.CreditNoteId)
        .OptionalId("quote_id", row => ref row.QuoteId)
        .OptionalId("payment_id", row => ref row.PaymentId)
        .OptionalNumber("step_days", row => ref row.StepDays)
        .OptionalText("recipient", row => ref row.Recipient)
        .OptionalText("subject", row => ref row.Subject)
        .Number("attempts", row => ref row.Attempts)
        .OptionalText("reason", row => ref row.Reason)
        .Instant("asked_at", row => ref row.AskedAt)
        .OptionalInstant("attempted_at", row => ref row.AttemptedAt)
        .OptionalInstant("next_at", row => ref row.NextAt)
        .OptionalInstant("sent_at", row => ref row.SentAt)
        .OptionalText("bounce_status", row => ref row.BounceStatus)
        .OptionalText("bounced_address", row => ref row.BouncedAddress)
        .OptionalInstant("bounced_at", row => ref row.BouncedAt)
        .Number("version", row => ref row.Version)
        .Index("to_send", "(status) WHERE status IN ('waiting', 'sending')")
        .Index("by_invoice", "(book, invoice_id)")
        .Index("by_id", "(mail_id)")
        .Index("returned", "(book) WHERE bounced_address IS NOT NULL")
        .Index("by_quote", "(book, quote_id) WHERE quote_id IS NOT NULL");

    public string Kind = "";
    public string Status = "";
    public string Language = "";
    public Guid? ClientId;
    public Guid? InvoiceId;
    public Guid? CreditNoteId;
    public Guid? QuoteId;
    public Guid? PaymentId;
    public long? StepDays;
    public string? Recipient;
    public string? Subject;
    public long Attempts;
    public string? Reason;
    public Instant AskedAt;
    public Instant? AttemptedAt;
    public Instant? NextAt;
    public Instant? SentAt;

    /// <summary>Of the last time that it came back; null while it did not.</summary>
    public string? BounceStatus;
    public string? BouncedAddress;
    public Instant? BouncedAt;
    public long Version;
}

internal sealed class MailsProjection : Projection
{
    private readonly Table<IdKey, MailRow> mails = new(MailRow.Shape);

    public MailsProjection()
    {
        On<MailEvent.MailAsked>(Apply);
        On<MailEvent.MailAttempted>((fact, e) => Change(fact, row =>
        {
            row.Status = MailStatus.Sending;
            row.Attempts = e.Attempt;
            row.AttemptedAt = e.AttemptedAt;
            row.NextAt = null;
        }));
        On<MailEvent.MailHandedOver>((fact, e) => Change(fact, row =>
        {
            row.Status = MailStatus.Sent;
            row.Reason = null;
            row.SentAt = e.HandedOverAt;
        }));
        On<MailEvent.MailFailed>((fact, e) => Change(fact, row => Ended(row, MailStatus.Failed, e.Reason, e.RetryAt)));
        On<MailEvent.MailLeftUnknown>((fact, e) => Change(fact, row => Ended(row, MailStatus.Unknown, e.Reason, e.RetryAt)));
        On<MailEvent.MailBounced>((fact, e) => Change(fact, row =>
        {
            Ended(row, MailStatus.Bounced, e.Reason, null);
            (row.BounceStatus, row.BouncedAddress, row.BouncedAt) = (e.StatusCode, row.Recipient, e.BouncedAt);
        }));
        On<MailEvent.MailResendAsked>((fact, e) => Change(fact, row =>
        {
            row.Recipient = e.Recipient ?? row.Recipient;
            row.Status = MailStatus.Waiting;
            row.NextAt = e.AskedAt;
        }));
    }

    public override int Version => 2;

    public override IReadOnlyList<Table> Tables => [mails];

    private static void Ended(MailRow row, string status, string? reason, Instant? retryAt)
    {
        row.Status = retryAt is null ? status : MailStatus.Waiting;
        row.Reason = reason;
        row.NextAt = retryAt;
    }

    private void Apply(Fact fact, MailEvent.MailAsked e)
    {
        var row = mails.Add(new IdKey(fact.Book, e.MailId));
        row.Kind = e.Kind;
        row.Status = MailStatus.Waiting;
        row.Language = e.Language;
        row.ClientId = e.ClientId;
        row.InvoiceId = e.InvoiceId;
        row.CreditNoteId = e.CreditNoteId;
        row.QuoteId = e.Quote?.QuoteId;
        row.PaymentId = e.PaymentId;
        row.StepDays = e.StepDays;
        row.Recipient = e.Recipient;
        row.Subject = e.Texts?.Subject;
        row.AskedAt = e.AskedAt;
        row.NextAt = e.AskedAt;
        row.Version = fact.Version;
    }

    private void Change(Fact fact, Action<MailRow> change)
    {
        if (mails.Change(new IdKey(fact.Book, fact.StreamId)) is not { } row) return;
        change(row);
        row.Version = fact.Version;
    }
}
