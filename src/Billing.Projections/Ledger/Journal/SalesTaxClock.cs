using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>Sales tax as it is received: the part of each payment, what is given back of it, and what retainers pay of it.</summary>
internal static class SalesTaxClock
{
    public static IEnumerable<TaxReceived> Of(PracticeBook book)
    {
        foreach (var state in book.Invoices.Values)
        {
            if (state.Issued is not { Facts.Tax: not null } invoice) continue;
            var byRetainer = new Money(invoice.Facts.RetainerTaxMinor(), invoice.Currency);
            if (!byRetainer.IsZero) yield return new TaxReceived(invoice.Facts.IssuedOn, byRetainer);
            if (state is InvoiceState.Voided voided && !byRetainer.IsZero) yield return new TaxReceived(voided.VoidedOn, -byRetainer);
            foreach (var moment in CashHistory.Of(invoice).Moments)
                if (moment.TaxMinor != 0) yield return new TaxReceived(moment.On, new Money(moment.TaxMinor, invoice.Currency));
        }
    }
}

/// <param name="Amount">Below zero for what was given back.</param>
internal sealed record TaxReceived(LocalDate On, Money Amount);
