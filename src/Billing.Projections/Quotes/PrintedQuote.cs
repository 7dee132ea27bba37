using Billing.Domain.Quotes;
using Billing.Domain.Values;
using Billing.Projections.Access;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;

namespace Billing.Projections.Quotes;

/// <summary>A quote as it is printed: the revision that was sent and nothing that happened since, so that its PDF is the same bytes
/// forever.</summary>
public static class PrintedQuote
{
    /// <param name="language">The client's.</param>
    public static QuoteModel Of(SentQuote sent, Currency currency, DocumentLanguage language)
    {
        var content = sent.Content;
        return new QuoteModel
        {
            Language = language,
            Style = PrintedLook.Of(sent.Look, PrintedInvoice.PartyOf(sent.Parties?.Seller).Name, language),
            Seller = PrintedInvoice.PartyOf(sent.Parties?.Seller),
            Client = PrintedInvoice.PartyOf(sent.Parties?.Client),
            Number = sent.Name,
            Title = content.Title ?? PrintedInvoice.Erased,
            SentOn = sent.SentOn,
            ValidUntil = content.ValidUntil,
            Lines =
            [
                .. content.Described.Select(line => new QuoteLineModel(
                    content.Descriptions is null ? PrintedInvoice.Erased : line.Description,
                    QuoteQuantity.Text(line.Line.QuantityThousandths),
                    new Money(line.Line.UnitPriceMinor, currency), new Money(line.Line.AmountMinor, currency), line.Line.IsOptional)),
            ],
            Total = new Money(content.TotalMinor, currency),
            Note = content.Note,
        };
    }
}
