using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Projections.Rows;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <content>A deposit is income when it is received. Where an invoice takes its sales tax from it, so much of it turns out to be no
/// income: two rows that cancel out, on the day of issue and under the id of the invoice; a void takes them back.</content>
internal sealed partial class LedgerProjection
{
    private const int FirstOfIssue = 1, FirstOfVoid = 3;

    private void Apply(Fact fact, InvoiceEvent.InvoiceVoided e)
    {
        if (invoices.Find(new IdKey(fact.Book, fact.StreamId)) is { } invoice)
            AddRetainerTax(fact, invoice, e.VoidedOn, -invoice.RetainerTaxMinor, isVoided: true);
    }

    private void AddRetainerTax(Fact fact, LedgerInvoiceRow invoice, LocalDate day, long taxMinor, bool isVoided)
    {
        if (taxMinor == 0) return;
        var receipt = new Receipt(fact.StreamId, fact.StreamId, invoice.ClientId, 0, 0, invoice.Currency, day);
        var line = isVoided ? FirstOfVoid : FirstOfIssue;
        Add(fact, receipt, line, IncomeKind.Deposit, -taxMinor);
        Add(fact, receipt, line + 1, IncomeKind.SalesTax, taxMinor);
    }
}
