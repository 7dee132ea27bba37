using Billing.Domain.Invoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Projections.Invoicing;

/// <summary>Sales tax as it is printed: one row for each category and rate, and the legal text of each that is not taxed.</summary>
internal sealed class PrintedTax(InvoiceTax? tax, DocumentLanguage language, Currency currency)
{
    private readonly string name = tax?.Rules.Name ?? language.Word("tax-name");

    /// <summary>Corrections of lines that once included the tax say both apart.</summary>
    public bool AreIncluded { get; init; } = tax?.Rules.PricesInclude ?? false;

    public IReadOnlyList<InvoiceTaxModel> Of(IReadOnlyList<TaxPart> parts) =>
    [
        .. parts.Select(part => new InvoiceTaxModel(
            language.Word(
                AreIncluded ? "tax-within" : "tax-on", ("tax", name), ("rate", language.Rate(part.HundredThousandths)),
                ("taxable", language.Amount(new Money(part.TaxableMinor, currency)))),
            new Money(part.TaxMinor, currency))),
    ];

    /// <summary>What of deposits is deducted, each net and, where it bore one, its tax.</summary>
    public IReadOnlyList<InvoiceTaxModel> Deducted(IReadOnlyList<DeductedDeposit> deposits) =>
    [
        .. deposits.SelectMany(deposit => new InvoiceTaxModel[]
        {
            new(language.Word("deposit-net", ("number", deposit.Number)), new Money(-deposit.NetMinor, currency)),
            new(
                language.Word(
                    "deposit-tax", ("tax", name), ("rate", language.Rate(deposit.HundredThousandths)), ("number", deposit.Number)),
                new Money(-deposit.TaxMinor, currency)),
        }).Where(row => !row.Amount.IsZero),
    ];

    /// <summary>The same in one sentence, for electronic invoices, which have one sum for all that was paid ahead.</summary>
    public string InWords(DeductedDeposit deposit) => language.Word(
        "deposit-note", ("number", deposit.Number), ("tax", name), ("rate", language.Rate(deposit.HundredThousandths)),
        ("net", language.Amount(new Money(deposit.NetMinor, currency))),
        ("amount", language.Amount(new Money(deposit.TaxMinor, currency))));

    /// <summary>Null where all is taxed.</summary>
    public string? Texts(IReadOnlyList<TaxPart> parts)
    {
        var texts = parts.Where(part => part.Category != TaxCategory.Standard).Select(part => TextOf(part, name, language)).ToList();
        return texts.Count == 0 ? null : string.Join('\n', texts);
    }

    /// <summary>The legal text of a category that is not taxed.</summary>
    public static string TextOf(TaxPart part, string taxName, DocumentLanguage language) =>
        part.Reason ?? language.Word($"tax-reason-{part.Category}", ("tax", taxName));
}
