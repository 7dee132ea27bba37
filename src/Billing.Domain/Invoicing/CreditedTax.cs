using Billing.Domain.SalesTax;

namespace Billing.Domain.Invoicing;

/// <summary>What a credit note takes back of each tax, and of what it was on.</summary>
public static class CreditedTax
{
    /// <summary>Empty where the invoice says nothing of tax.</summary>
    public static IReadOnlyList<TaxPart> PartsOf(InvoiceEvent.InvoiceFinalized invoice, IReadOnlyList<CreditedLine> credited)
    {
        if (invoice.Tax is not { Rules: var rules }) return [];
        var amounts = credited.ToDictionary(line => line.LineNumber, line => line.AmountMinor);
        return TaxedLines.PartsOf(
            invoice.Lines, [.. invoice.Lines.Select(line => amounts.GetValueOrDefault(line.LineNumber))], rules);
    }
}
