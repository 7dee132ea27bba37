using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Values;

namespace Billing.Api.Exchange.Tables;

/// <summary>What was invoiced, taken back and paid. Drafts have no amounts and no rows.</summary>
internal static class InvoiceTables
{
    public static IEnumerable<CsvTable> Of(BookNames names) =>
        [Invoices(names), InvoiceLines(names), Payments(names), CreditNotes(names), CreditNoteLines(names)];

    private static CsvTable Invoices(BookNames names)
    {
        var table = new CsvTable(
            "invoices", "invoice_id", "number", "kind", "status", "client_id", "client", "issued_on", "due_on", "currency", "total",
            "tax_within", "retainer_applied", "credit_applied", "paid", "reduced_by_credit_notes", "written_off", "open",
            "purchase_order", "note", "voided_on", "void_reason");
        foreach (var (state, invoice) in Issued(names))
        {
            var (facts, currency, voided) = (invoice.Facts, invoice.Currency, state as InvoiceState.Voided);
            table.Add(
                facts.InvoiceId, facts.Number, facts.Kind, state.Status, facts.ClientId, names.Client(facts.ClientId),
                facts.IssuedOn, facts.DueOn, currency.Code, In(facts.TotalMinor), In(facts.TaxMinor()),
                In(facts.RetainerAppliedMinor), In(invoice.CreditAppliedMinor), In(invoice.PaidMinor), In(invoice.ReducedMinor),
                In(invoice.WrittenOff?.AmountMinor ?? 0), In(state.OpenMinor), facts.PurchaseOrder, facts.Texts?.Note, voided?.VoidedOn,
                voided?.Reason);
            Money In(long minor) => new(minor, currency);
        }
        return table;
    }

    private static CsvTable InvoiceLines(BookNames names)
    {
        var table = new CsvTable(
            "invoice_lines", "invoice_id", "number", "line", "kind", "description", "engagement_id", "engagement", "expense_id",
            "billed_seconds", "billed_hours", "per_hour", "amount", "currency", "retainer_applied", "tax_category", "tax_percent");
        foreach (var (_, invoice) in Issued(names))
        {
            foreach (var (i, line) in invoice.Facts.Lines.Index())
            {
                table.Add(
                    invoice.Facts.InvoiceId, invoice.Facts.Number, line.LineNumber, line.Kind,
                    invoice.Facts.Texts?.LineDescriptions.ElementAtOrDefault(i), line.EngagementId, names.Engagement(line.EngagementId),
                    line.ExpenseId, line.QuantitySeconds, Cell.Hours(line.QuantitySeconds),
                    BookNames.Amount(line.PerHourMinor, invoice.Currency), BookNames.Amount(line.AmountMinor, invoice.Currency),
                    invoice.Currency.Code, BookNames.Amount(line.RetainerAppliedMinor, invoice.Currency), line.TaxCategory,
                    Cell.Decimal(line.TaxHundredThousandths / 1000m, 3));
            }
        }
        return table;
    }

    private static CsvTable Payments(BookNames names)
    {
        var table = new CsvTable(
            "payments", "payment_id", "invoice_id", "invoice_number", "client_id", "client", "method", "stage", "received_on", "amount",
            "currency", "applied", "kept_as_credit", "refunded", "disputed", "reference");
        foreach (var state in names.Book.Payments.OrderBy(payment => payment.Key).Select(payment => payment.Value))
        {
            if (state is PaymentState.ByHand { Facts: var paid })
            {
                var currency = Currency.Of(paid.Currency);
                table.Add(
                    paid.PaymentId, paid.InvoiceId, names.InvoiceNumber(paid.InvoiceId), paid.ClientId,
                    names.Client(paid.ClientId), paid.Method, "succeeded", paid.ReceivedOn,
                    BookNames.Amount(paid.AmountMinor, currency), currency.Code, BookNames.Amount(paid.AppliedMinor, currency),
                    BookNames.Amount(paid.CreditMinor, currency), default, default, paid.Reference);
            }
            else if (state is PaymentState.Online online)
            {
                var (currency, done) = (online.Amount.Currency, online.Stage as PaymentStage.Succeeded);
                table.Add(
                    online.PaymentId, online.InvoiceId, names.InvoiceNumber(online.InvoiceId), online.ClientId,
                    names.Client(online.ClientId), "online", StageOf(online.Stage), done?.ReceivedOn, online.Amount, currency.Code,
                    BookNames.Amount(done?.AppliedMinor, currency), BookNames.Amount(done?.CreditMinor, currency),
                    BookNames.Amount(online.Back.RefundedMinor, currency), BookNames.Amount(online.Back.DisputedMinor, currency),
                    done?.PaymentIntentId);
            }
        }
        return table;
    }

    private static CsvTable CreditNotes(BookNames names)
    {
        var table = new CsvTable(
            "credit_notes", "credit_note_id", "number", "invoice_id", "invoice_number", "client_id", "client", "issued_on", "total",
            "currency", "tax_within", "reduces_what_is_due", "to_refund", "kept_as_credit", "settled_outside", "refunded_on", "reason");
        foreach (var (invoice, note) in Notes(names))
        {
            var (facts, currency) = (note.Facts, invoice.Currency);
            table.Add(
                facts.CreditNoteId, facts.Number, invoice.Facts.InvoiceId, invoice.Facts.Number,
                invoice.Facts.ClientId, names.Client(invoice.Facts.ClientId), facts.IssuedOn, In(facts.TotalMinor),
                currency.Code, In(facts.TaxMinor ?? 0), In(facts.ReducedMinor), In(facts.RefundDueMinor), In(facts.ClientCreditMinor),
                In(facts.SettledOutsideMinor), note.Refund?.SettledOn, facts.Reason);
            Money In(long minor) => new(minor, currency);
        }
        return table;
    }

    private static CsvTable CreditNoteLines(BookNames names)
    {
        var table = new CsvTable("credit_note_lines", "credit_note_id", "number", "invoice_line", "amount", "currency");
        foreach (var (invoice, note) in Notes(names))
        {
            foreach (var line in note.Facts.Lines)
            {
                table.Add(
                    note.Facts.CreditNoteId, note.Facts.Number, line.LineNumber,
                    BookNames.Amount(line.AmountMinor, invoice.Currency), invoice.Currency.Code);
            }
        }
        return table;
    }

    private static string StageOf(PaymentStage stage) => stage.GetType().Name.ToLowerInvariant();

    private static IEnumerable<(InvoiceState State, IssuedInvoice Invoice)> Issued(BookNames names) => names.Book.Invoices.Values
        .Where(state => state.Issued is not null).Select(state => (state, state.Issued!))
        .OrderBy(issued => issued.Item2.Facts.IssuedOn).ThenBy(issued => issued.Item2.Facts.Number, StringComparer.Ordinal);

    private static IEnumerable<(IssuedInvoice Invoice, IssuedCreditNote Note)> Notes(BookNames names) => Issued(names)
        .SelectMany(issued => issued.Invoice.CreditNotes.Values.Select(note => (issued.Invoice, note)))
        .OrderBy(noted => noted.note.Facts.IssuedOn).ThenBy(noted => noted.note.Facts.Number, StringComparer.Ordinal);
}
