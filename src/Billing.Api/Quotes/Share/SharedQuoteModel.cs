using Billing.Domain.Quotes;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Quotes;
using NodaTime;

namespace Billing.Api.Quotes.Share;

/// <summary>A quote as its client sees it: the printed document and how it stands today.</summary>
/// <param name="CanAnswer">Whether it can be accepted or declined now.</param>
/// <param name="Agreed">What was agreed, with the options; null while nothing was.</param>
/// <param name="Taken">Numbers of the optional lines that were taken.</param>
/// <param name="Message">What came of a click; null where nobody clicked.</param>
public sealed record SharedQuoteModel(
    QuoteModel Document, int Revision, string Status, string StatusLabel, bool CanAnswer, Money? Agreed, IReadOnlyList<int> Taken,
    string Path, string? Message)
{
    /// <param name="quote">One that was sent.</param>
    /// <param name="today">In the practice's zone.</param>
    /// <param name="back">What came of a click.</param>
    public static SharedQuoteModel Of(QuoteState quote, DocumentLanguage language, LocalDate today, string path, string back)
    {
        var sent = quote.Sent ?? throw new ArgumentException("Only a quote that was sent is shared.", nameof(quote));
        var status = quote.StatusOn(today)!;
        var until = language.Day(sent.Content.ValidUntil);
        var label = status switch
        {
            QuoteStatus.Accepted => "Accepted. Thank you.",
            QuoteStatus.Declined => "Declined.",
            QuoteStatus.Expired => $"This quote could be accepted until {until}.",
            QuoteStatus.Draft => "This quote is being revised. You will be sent the new one.",
            _ => $"Open, valid until {until}",
        };
        return new SharedQuoteModel(
            PrintedQuote.Of(sent, quote.Currency, language), sent.Revision, status, label, status == QuoteStatus.Sent,
            quote.Accepted is { } accepted ? new Money(accepted.TotalMinor, quote.Currency) : null, quote.Accepted?.Options ?? [], path,
            MessageOf(back, status));
    }

    private static string? MessageOf(string back, string status) => (back, status) switch
    {
        ("", _) or (QuoteStatus.Accepted, QuoteStatus.Accepted) or (QuoteStatus.Declined, QuoteStatus.Declined) => null,
        ("text-missing", _) => "Please say who accepts it. Nothing was noted yet.",
        ("unavailable", _) => "Your answer could not be noted just now. Please try again in a minute.",
        _ => "Your answer was not noted: the quote has changed, or the time for it is past.",
    };
}
