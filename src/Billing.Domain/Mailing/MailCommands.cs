using NodaTime;

namespace Billing.Domain.Mailing;

/// <summary>Puts a mail into the outbox.</summary>
public sealed record AskMail(
    Guid MailId, string Kind, string Language, Guid? ClientId, Guid? InvoiceId, Guid? PaymentId, int? StepDays, Guid? LinkId,
    string Recipient, MailTexts Texts, IReadOnlyList<MailAttachment> Attachments, Instant At)
{
    /// <summary>The credit note, to the invoice, that it is about; null for none.</summary>
    public Guid? CreditNoteId { get; init; }

    /// <summary>The quote that it is about; null for none.</summary>
    public MailedQuote? Quote { get; init; }

    /// <summary>The instalment of estimated tax that it is about; null for none.</summary>
    public MailedInstalment? TaxInstalment { get; init; }
}

/// <summary>Takes a mail out of the outbox to hand it over: whoever's claim is written, and nobody else, does.</summary>
public sealed record ClaimMail(Guid MailId, Instant At);

/// <param name="Answer">What the server said.</param>
public sealed record NoteHandOver(Guid MailId, int Attempt, string Answer, Instant At);

/// <param name="IsPermanent">Another try would fail too.</param>
public sealed record NoteFailure(Guid MailId, int Attempt, string Reason, bool IsPermanent, RetryPolicy Retries, Instant At);

/// <summary>Nobody can say any more how an attempt ended.</summary>
public sealed record NoteUnknown(Guid MailId, int Attempt, string Reason, RetryPolicy Retries, Instant At);

/// <param name="Recipient">Another address than before; null for the same.</param>
public sealed record ResendMail(Guid MailId, string? Recipient, Instant At);

/// <summary>A person found that a mail of unknown end had arrived.</summary>
public sealed record ConfirmMail(Guid MailId, Instant At);

public sealed record NoteBounce(Guid MailId, string Reason, Instant At);

/// <summary>What a mail server reported later of a mail that it had taken.</summary>
public sealed record TakeReport(Guid MailId, DeliveryReport Report, Instant At);

/// <param name="FirstPause">After the first failure; each further one is four times as long.</param>
/// <param name="UnknownTries">How often a mail of unknown end is sent again unasked, at the risk of a double.</param>
public sealed record RetryPolicy(Duration FirstPause, int UnknownTries)
{
    /// <summary>With a first pause of a minute, the last try is half a day after the first.</summary>
    public const int MostTries = 7;

    private const int Growth = 4;

    /// <param name="tries">Those made so far.</param>
    /// <returns>Null where it is given up.</returns>
    public Instant? After(int tries, Instant at) => tries >= MostTries ? null : at + Pause(tries);

    public Instant? AfterUnknown(int tries, Instant at) => tries > UnknownTries ? null : at + Pause(tries);

    private Duration Pause(int tries) => FirstPause * (long)Math.Pow(Growth, Math.Max(0, tries - 1));
}
