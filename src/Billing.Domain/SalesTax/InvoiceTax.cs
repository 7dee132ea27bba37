namespace Billing.Domain.SalesTax;

/// <summary>The tax of an invoice, frozen with it.</summary>
/// <param name="Rules">By which each line was taxed.</param>
/// <param name="Parts">One for each category and rate; their taxable amounts and taxes sum to the invoice's.</param>
public sealed record InvoiceTax(TaxRules Rules, IReadOnlyList<TaxPart> Parts)
{
    public long TaxMinor() => Parts.Sum(part => part.TaxMinor);
}

/// <param name="TaxableMinor">Sum of the lines of this category and rate, without tax and less discounts.</param>
/// <param name="TaxMinor">Rounded once, half away from zero.</param>
/// <param name="Reason">The legal text; null for the usual one of the document's language.</param>
public sealed record TaxPart(string Category, int HundredThousandths, long TaxableMinor, long TaxMinor, string? Reason)
{
    public TaxKey Key() => new(Category, HundredThousandths);
}

/// <summary>What lines that are taxed together have in common.</summary>
/// <param name="Category">Null where nothing is said of tax.</param>
public readonly record struct TaxKey(string? Category, int? HundredThousandths);
