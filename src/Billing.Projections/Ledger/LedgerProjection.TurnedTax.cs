using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <content>A deposit is income when it is received, but for the tax that it bears. Where an invoice takes more sales tax from it, so
/// much of it turns out to be no income, and where less, so much more is: two rows that cancel out, on the day of
/// issue and under the id of the invoice; a void takes them back.</content>
internal sealed partial class LedgerProjection
{
    private const int FirstOfIssue = 1, FirstOfVoid = 3;

    private void Apply(Fact fact, InvoiceEvent.InvoiceVoided e)
    {
        if (invoices.Find(new IdKey(fact.Book, fact.StreamId)) is { } invoice)
            AddTurnedTax(fact, invoice, e.VoidedOn, -invoice.TurnedTaxMinor, isVoided: true);
    }

    private void AddTurnedTax(Fact fact, LedgerInvoiceRow invoice, LocalDate day, long taxMinor, bool isVoided)
    {
        if (taxMinor == 0) return;
        var receipt = new Receipt(CashSource.TurnedTax(fact.StreamId), fact.StreamId, invoice.ClientId, 0, 0, invoice.Currency, day);
        var line = isVoided ? FirstOfVoid : FirstOfIssue;
        Add(fact, receipt, line, IncomeKind.Deposit, -taxMinor);
        Add(fact, receipt, line + 1, IncomeKind.SalesTax, taxMinor);
    }
}
