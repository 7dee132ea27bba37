using Billing.Domain.Invoicing;
using Billing.Domain.Quotes;
using NodaTime;

namespace Billing.Domain.Mailing;

/// <summary>What a mail is about, as it stands when the mail is to be sent.</summary>
/// <param name="Invoice">Not drafted where the mail is about none.</param>
/// <param name="Quote">None where the mail is about none.</param>
/// <param name="Today">In the practice's zone.</param>
public sealed record MailSubject(InvoiceState Invoice, QuoteState Quote, LocalDate Today)
{
    /// <summary>Why it is not worth sending any more; null where it is.</summary>
    internal string? WhyOvertaken(MailEvent.MailAsked asked) => asked.Quote is { } mailed
        ? WhyOvertaken(mailed)
        : (asked.Kind, Invoice) switch
        {
            (MailKind.Invoice or MailKind.Reminder or MailKind.FailedCharge, InvoiceState.Voided) =>
                "The invoice was voided before the mail was sent.",
            (MailKind.Reminder, { OpenMinor: 0 }) => "Nothing was open any more when the reminder was to be sent.",
            (MailKind.FailedCharge, { OpenMinor: 0 }) => "Nothing was open any more when the mail was to be sent.",
            _ => null,
        };

    private string? WhyOvertaken(MailedQuote mailed)
    {
        if (!Quote.IsSent || Quote.Revision != mailed.Revision) return "The quote was revised before the mail was sent.";
        return Quote.StatusOn(Today) switch
        {
            QuoteStatus.Accepted or QuoteStatus.Declined => "The quote was answered before the mail was sent.",
            QuoteStatus.Expired => "The quote had expired when the mail was to be sent.",
            _ => null,
        };
    }
}
