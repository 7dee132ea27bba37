using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Values;
using static Billing.Domain.Mailing.MailEvent;

namespace Billing.Domain.Mailing;

/// <summary>One mail and what became of it. The stream is <c>mail-{id}</c>.</summary>
public static class Mail
{
    public const int ReasonMaxLength = 500;

    public static readonly StreamType<MailState, MailEvent> Stream = new("mail", MailState.None, Evolve);

    public static MailState Evolve(MailState state, MailEvent @event) => @event switch
    {
        MailAsked e => new MailState(e, e.Recipient, MailStatus.Waiting, 0, 0, e.AskedAt, null),
        MailAttempted e => state with
        {
            Status = MailStatus.Sending,
            Attempts = e.Attempt,
            Tries = state.Tries + 1,
            NextAt = null,
            AttemptedAt = e.AttemptedAt,
        },
        MailHandedOver => state with { Status = MailStatus.Sent, NextAt = null },
        MailFailed e => state with { Status = e.RetryAt is null ? MailStatus.Failed : MailStatus.Waiting, NextAt = e.RetryAt },
        MailLeftUnknown e => state with { Status = e.RetryAt is null ? MailStatus.Unknown : MailStatus.Waiting, NextAt = e.RetryAt },
        MailBounced e => state with
        {
            Status = MailStatus.Bounced,
            NextAt = null,
            Reports = e.Report is { } report ? state.Reports.Add(report) : state.Reports,
        },
        MailResendAsked e => state with
        {
            Recipient = e.Recipient ?? state.Recipient,
            FormerRecipients = e.Recipient is null ? state.FormerRecipients : FormerOf(state, e.Recipient),
            Status = MailStatus.Waiting,
            Tries = 0,
            NextAt = e.AskedAt,
        },
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>email-malformed</c>, <c>id-taken</c>.</summary>
    public static Decision<MailEvent> Decide(MailState state, AskMail command)
    {
        if (state.Asked is { } asked)
        {
            return (asked.Kind, asked.InvoiceId, asked.PaymentId, asked.StepDays, asked.CreditNoteId, asked.Quote, asked.TaxInstalment)
                == (command.Kind, command.InvoiceId, command.PaymentId, command.StepDays, command.CreditNoteId, command.Quote,
                    command.TaxInstalment)
                ? Decision<MailEvent>.AlreadyDone
                : new Rejection("id-taken", "Another mail has this id. Choose a new one.", "/id");
        }
        if (Wording.RefuseEmail(command.Recipient, "/recipient") is { } refusal) return refusal;
        return new MailAsked(
            command.MailId, command.Kind, command.Language, command.ClientId, command.InvoiceId, command.PaymentId,
            command.StepDays, command.LinkId, command.Recipient, command.Texts, command.Attachments, command.At)
        {
            CreditNoteId = command.CreditNoteId,
            Quote = command.Quote,
            TaxInstalment = command.TaxInstalment,
        };
    }

    /// <summary>Gives up what is overtaken. Refuses: <c>mail-unknown</c>, <c>mail-not-due</c>.</summary>
    /// <param name="subject">What the mail is about, as it stands.</param>
    public static Decision<MailEvent> Decide(MailState state, ClaimMail command, MailSubject subject)
    {
        if (state.Asked is not { } asked) return NoSuchMail;
        if (state.Status != MailStatus.Waiting || state.NextAt > command.At)
            return new Rejection("mail-not-due", "The mail is not to be sent now.");
        if (subject.WhyOvertaken(asked) is { } reason) return new MailFailed(reason, RetryAt: null, command.At);
        return new MailAttempted(state.Attempts + 1, command.At);
    }

    /// <summary>Refuses: <c>mail-unknown</c>. An attempt that another has followed tells nothing any more.</summary>
    public static Decision<MailEvent> Decide(MailState state, NoteHandOver command)
    {
        if (state.Asked is null) return NoSuchMail;
        return state.IsOpen(command.Attempt)
            ? new MailHandedOver(Cut(command.Answer), command.At)
            : Decision<MailEvent>.AlreadyDone;
    }

    /// <inheritdoc cref="Decide(MailState, NoteHandOver)"/>
    public static Decision<MailEvent> Decide(MailState state, NoteFailure command)
    {
        if (state.Asked is null) return NoSuchMail;
        if (!state.IsOpen(command.Attempt)) return Decision<MailEvent>.AlreadyDone;
        var retryAt = command.IsPermanent ? null : command.Retries.After(state.Tries, command.At);
        return new MailFailed(Cut(command.Reason), retryAt, command.At);
    }

    /// <inheritdoc cref="Decide(MailState, NoteHandOver)"/>
    public static Decision<MailEvent> Decide(MailState state, NoteUnknown command)
    {
        if (state.Asked is null) return NoSuchMail;
        return state.Status == MailStatus.Sending && state.Attempts == command.Attempt
            ? new MailLeftUnknown(Cut(command.Reason), command.Retries.AfterUnknown(state.Tries, command.At), command.At)
            : Decision<MailEvent>.AlreadyDone;
    }

    /// <summary>Refuses: <c>mail-unknown</c>, <c>mail-under-way</c>, <c>email-malformed</c>.</summary>
    public static Decision<MailEvent> Decide(MailState state, ResendMail command)
    {
        if (state.Asked is null) return NoSuchMail;
        if (Wording.RefuseEmail(command.Recipient, "/recipient") is { } refusal) return refusal;
        return state.Status == MailStatus.Sending
            ? new Rejection("mail-under-way", "The mail is being handed over just now. Look again in a minute.")
            : new MailResendAsked(command.Recipient, command.At);
    }

    /// <summary>Refuses: <c>mail-unknown</c>, <c>mail-end-known</c>.</summary>
    public static Decision<MailEvent> Decide(MailState state, ConfirmMail command) => state switch
    {
        { Asked: null } => NoSuchMail,
        { Status: MailStatus.Unknown } => new MailHandedOver(Answer: null, command.At),
        { Status: MailStatus.Sent } => Decision<MailEvent>.AlreadyDone,
        _ => new Rejection("mail-end-known", "Only a mail of unknown end can be confirmed. Send this one again instead."),
    };

    /// <summary>Refuses: <c>mail-unknown</c>, <c>mail-not-sent</c>, wordings.</summary>
    public static Decision<MailEvent> Decide(MailState state, NoteBounce command)
    {
        if (state.Asked is null) return NoSuchMail;
        if (state.Status == MailStatus.Bounced) return Decision<MailEvent>.AlreadyDone;
        if (Wording.RefuseLine(command.Reason, ReasonMaxLength, "/reason") is { } refusal) return refusal;
        return state.Status is MailStatus.Sent or MailStatus.Unknown
            ? new MailBounced(command.Reason, command.At)
            : NotSent;
    }

    /// <summary>A failure is a bounce. All else changes nothing, and neither does a report that was taken, nor one about an address
    /// that the mail went to before it was sent elsewhere. Refuses: <c>mail-unknown</c>, <c>mail-not-sent</c>.</summary>
    public static Decision<MailEvent> Decide(MailState state, TakeReport command)
    {
        if (state.Asked is null) return NoSuchMail;
        var report = command.Report;
        var isKnown = state.Status == MailStatus.Bounced || state.Reports.Contains(report.Fingerprint);
        if (!report.IsFailure || isKnown || IsOfFormer(state, report)) return Decision<MailEvent>.AlreadyDone;
        return state.Status is MailStatus.Sent or MailStatus.Unknown
            ? new MailBounced(Cut(report.Reason), command.At) { StatusCode = report.StatusCode, Report = report.Fingerprint }
            : NotSent;
    }

    public static Rejection NoSuchMail { get; } = new("mail-unknown", "There is no such mail.", Kind: RejectionKind.NotFound);

    private static Rejection NotSent { get; } = new("mail-not-sent", "Only a mail that was sent can have come back.");

    /// <summary>An address elsewhere may be one that the recipient's mail is forwarded to.</summary>
    private static bool IsOfFormer(MailState state, DeliveryReport report) =>
        report.Addresses.Any(state.FormerRecipients.Contains)
        && !report.Addresses.Any(address => string.Equals(address, state.Recipient, StringComparison.OrdinalIgnoreCase));

    private static ImmutableHashSet<string> FormerOf(MailState state, string now) =>
        (state.Recipient is { } before ? state.FormerRecipients.Add(before) : state.FormerRecipients).Remove(now);

    private static string Cut(string text) => text.Length <= ReasonMaxLength ? text : text[..ReasonMaxLength];
}
