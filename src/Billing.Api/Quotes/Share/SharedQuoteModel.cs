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
        var label = language.Word($"quote-page-{status}", ("day", language.Day(sent.Content.ValidUntil)));
        return new SharedQuoteModel(
            PrintedQuote.Of(sent, quote.Currency, language), sent.Revision, status, label, status == QuoteStatus.Sent,
            quote.Accepted is { } accepted ? new Money(accepted.TotalMinor, quote.Currency) : null, quote.Accepted?.Options ?? [], path,
            MessageOf(back, status) is { } message ? language.Word(message) : null);
    }

    /// <summary>The word for it; null where the status says it all.</summary>
    private static string? MessageOf(string back, string status) => (back, status) switch
    {
        ("", _) or (QuoteStatus.Accepted, QuoteStatus.Accepted) or (QuoteStatus.Declined, QuoteStatus.Declined) => null,
        ("text-missing", _) => "quote-page-text-missing",
        ("unavailable", _) => "quote-page-unavailable",
        _ => "quote-page-not-noted",
    };
}
