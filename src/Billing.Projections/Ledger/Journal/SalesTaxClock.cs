using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>Sales tax as it is received: the part of each payment, what is given back of it, and what retainers pay of it beyond
/// what their deposits bore.</summary>
internal static class SalesTaxClock
{
    public static IEnumerable<TaxReceived> Of(PracticeBook book)
    {
        foreach (var state in book.Invoices.Values)
        {
            if (state.Issued is not { } invoice || invoice.Facts is { Tax: null, Deposits: null }) continue;
            var turned = new Money(invoice.Facts.TurnedTaxMinor(), invoice.Currency);
            if (!turned.IsZero) yield return new TaxReceived(invoice.Facts.IssuedOn, turned, invoice.Facts.InvoiceId);
            if (state is InvoiceState.Voided voided && !turned.IsZero)
                yield return new TaxReceived(voided.VoidedOn, -turned, invoice.Facts.InvoiceId);
            foreach (var moment in CashHistory.Of(invoice).Moments)
            {
                if (moment.TaxMinor != 0)
                    yield return new TaxReceived(moment.On, new Money(moment.TaxMinor, invoice.Currency), invoice.Facts.InvoiceId);
            }
        }
    }
}

/// <param name="Amount">Below zero for what was given back.</param>
internal sealed record TaxReceived(LocalDate On, Money Amount, Guid InvoiceId);
