using Billing.Domain.Quotes;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Projections.Quotes;

/// <summary>A quote as it is printed: the revision that was sent and nothing that happened since, so that its PDF is the same bytes
/// forever.</summary>
public static class PrintedQuote
{
    private const string Erased = "(erased)";

    /// <param name="language">The client's.</param>
    public static QuoteModel Of(SentQuote sent, Currency currency, DocumentLanguage language)
    {
        var content = sent.Content;
        return new QuoteModel
        {
            Language = language,
            Seller = PartyOf(sent.Parties?.Seller),
            Client = PartyOf(sent.Parties?.Client),
            Number = sent.Name,
            Title = content.Title ?? Erased,
            SentOn = sent.SentOn,
            ValidUntil = content.ValidUntil,
            Lines =
            [
                .. content.Described.Select(line => new QuoteLineModel(
                    content.Descriptions is null ? Erased : line.Description, QuoteQuantity.Text(line.Line.QuantityThousandths),
                    new Money(line.Line.UnitPriceMinor, currency), new Money(line.Line.AmountMinor, currency), line.Line.IsOptional)),
            ],
            Total = new Money(content.TotalMinor, currency),
            Note = content.Note,
        };
    }

    private static Party PartyOf(Domain.Invoicing.PartyTexts? party) =>
        party is null ? new Party(Erased, []) : new Party(party.Name, party.AddressLines, party.TaxId);
}
