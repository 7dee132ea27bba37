using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using Billing.Projections.Payments;
using Billing.Projections.Reports;
using Billing.Projections.Retainers;
using Billing.Projections.SalesTax;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>A total that two places tell.</summary>
/// <param name="What">Which total, in words.</param>
/// <param name="Journal">What the journal says.</param>
/// <param name="Elsewhere">What the other place says.</param>
public sealed record ReconciledTotal(string What, Money Journal, Money Elsewhere)
{
    public bool Holds => Journal == Elsewhere;
}

/// <summary>
/// Holds every total of the read models and documents of a practice against its journal, which is worked out from the events on
/// another way.
/// </summary>
public static class Reconciliation
{
    private static readonly LocalDate First = new(1900, 1, 1), EndExclusive = new(2200, 1, 1);

    public static IReadOnlyList<ReconciledTotal> Of(PracticeBook folded, ReadDatabase models, BookId book)
    {
        var known = PracticeJournal.Of(folded, First);
        var through = known.Count == 0 ? First : known[^1].Date.With(DateAdjusters.EndOfMonth);
        var journal = PracticeJournal.Of(folded, through);
        var postings = journal.SelectMany(transaction => transaction.Postings.Select(posting => (transaction, posting))).ToList();
        var currencies = postings.Select(p => p.posting.Amount.Currency).Distinct().OrderBy(c => c.Code, StringComparer.Ordinal).ToList();
        return
        [
            .. currencies.SelectMany(currency => Totals(folded, models, book, journal, currency, through)),
            .. Receivables(folded, models, book, postings),
            .. Categories(folded, models, book, postings),
            .. Documents(folded),
            .. TwoClocks.Of(folded, First, through).Rows.Select(row => new ReconciledTotal(
                $"received, receivables, written off, unearned and earned of {row.Subject} in {row.Currency} ({TwoClocks.Name})",
                Money.Zero(row.Currency!), new Money(DifferenceOf(row), row.Currency!))),
        ];

        static long DifferenceOf(ReportRow row) => row.Figures.Single(figure => figure.Column == "difference").Value!.Value;
    }

    private static IEnumerable<ReconciledTotal> Totals(
        PracticeBook folded, ReadDatabase models, BookId book, IReadOnlyList<JournalTransaction> journal, Currency currency,
        LocalDate through)
    {
        var ledger = new LedgerQueries(models);
        var taxReceived = Of(ledger.SalesTaxReceived(book, First, EndExclusive), currency);
        yield return new(
            $"cash received in {currency} (GET /v1/cash)",
            Sum(journal.Where(t => JournalKind.MovesClientsMoney(t.Kind)), currency, a => a is Accounts.Bank or Accounts.Processor),
            Of(ledger.CashReceived(book, First, EndExclusive), currency) + taxReceived);
        foreach (var total in SalesTaxTotals(folded, models, book, journal, taxReceived)) yield return total;
        yield return new(
            $"unearned in {currency} (GET /v1/retainers)",
            -Sum(journal, currency, account => account == Accounts.Unearned),
            Of(new RetainerQueries(models).Retainers(book).Select(view => Unearned(folded, view, through)), currency));
        yield return new(
            $"earned in {currency} (totals of finalised invoices that are not deposits, without sales tax, less credit notes)",
            -Sum(
                journal.Where(t => t.Kind != "retainer-earned"), currency,
                account => account.StartsWith("Income:", StringComparison.Ordinal)),
            Of(
                folded.Invoices.Values.OfType<InvoiceState.Finalized>().Select(state => state.Invoice)
                    .Where(invoice => invoice.Facts.Kind != InvoiceKind.Deposit)
                    .Select(invoice => new Money(invoice.LeftMinor - invoice.LeftTaxMinor, invoice.Currency)),
                currency));
        yield return new(
            $"written off in {currency} (GET /v1/invoices)", Sum(journal, currency, account => account == Accounts.BadDebts),
            Of(new InvoiceQueries(models).WrittenOff(book), currency));
        yield return new(
            $"paid through the processor in {currency}, less refunds and disputes (GET /v1/payments)",
            Sum(journal.Where(t => JournalKind.MovesClientsMoney(t.Kind)), currency, a => a == Accounts.Processor),
            Of(new PaymentQueries(models).ThroughProcessor(book), currency));
        yield return new(
            $"paid out to the bank in {currency} (GET /v1/payouts)",
            Sum(journal.Where(t => t.Kind.StartsWith("payout-", StringComparison.Ordinal)), currency, a => a == Accounts.Bank),
            Of(new PayoutQueries(models).PaidOut(book), currency));
        yield return new(
            $"refunds due in {currency} (GET /v1/credit-notes)",
            -Sum(journal.Where(t => !JournalKind.IsRetainersRefund(t.Kind)), currency, account => account == Accounts.RefundsPayable),
            Of(new CreditNoteQueries(models).RefundsDue(book), currency));
        yield return new(
            $"refunds of retainers due in {currency} (GET /v1/retainers)",
            -Sum(journal.Where(t => JournalKind.IsRetainersRefund(t.Kind)), currency, account => account == Accounts.RefundsPayable),
            Of(new RetainerQueries(models).RefundsDue(book), currency));
        yield return new(
            $"credit of clients in {currency} (GET /v1/clients/{{id}}/credit)",
            -Sum(journal, currency, account => account == Accounts.ClientCredit),
            Of(new ClientCreditQueries(models).InHand(book), currency));
    }

    private static IEnumerable<ReconciledTotal> SalesTaxTotals(
        PracticeBook folded, ReadDatabase models, BookId book, IReadOnlyList<JournalTransaction> journal, Money taxReceived)
    {
        var currency = taxReceived.Currency;
        yield return new(
            $"sales tax received in {currency} (GET /v1/cash)",
            Of(CashReceipts.Of(folded).Where(receipt => receipt.Kind == IncomeKind.SalesTax).Select(tax => tax.Amount), currency),
            taxReceived);
        yield return new(
            $"sales tax payable in {currency} (GET /v1/invoices, /v1/credit-notes and /v1/retainers)",
            -Sum(journal.Where(t => t.Kind != JournalKind.SalesTaxPaid), currency, account => account == Accounts.SalesTaxPayable),
            Of(new InvoiceQueries(models).SalesTax(book), currency) - Of(new CreditNoteQueries(models).SalesTax(book), currency)
                + Of(new RetainerQueries(models).SalesTax(book), currency));
        yield return new(
            $"sales tax of all returns when it is invoiced, in {currency} (GET /v1/reports/sales-tax)",
            -Sum(journal.Where(t => t.Kind != JournalKind.SalesTaxPaid), currency, account => account == Accounts.SalesTaxPayable),
            Of(SalesTaxOwed.WhenIssued(folded).Select(owed => owed.Tax), currency));
        yield return new(
            $"sales tax of all returns when it is received, in {currency} (GET /v1/reports/sales-tax)",
            Of(SalesTaxOwed.WhenReceived(folded).Select(owed => owed.Tax), currency), taxReceived);
        yield return new(
            $"sales tax handed on to the office in {currency} (GET /v1/sales-tax/payments)",
            Sum(journal.Where(t => t.Kind == JournalKind.SalesTaxPaid), currency, account => account == Accounts.SalesTaxPayable),
            Of(new SalesTaxPaymentQueries(models).Payments(book).Select(payment => payment.Signed()), currency));
    }

    /// <summary>What of the amounts is in one currency.</summary>
    private static Money Of(IEnumerable<Money> amounts, Currency currency) =>
        Money.Sum(amounts.Where(amount => amount.Currency == currency), currency);

    /// <summary>Of money its balance, by the read models; of hours what was paid in and is not earned yet.</summary>
    private static Money Unearned(PracticeBook folded, RetainerView view, LocalDate through) =>
        folded.Retainers.GetValueOrDefault(view.RetainerId) is RetainerState.Agreed { CountsHours: true } retainer
            ? new Money(RetainerFacts.Account(retainer, through).UnearnedMinor(through), retainer.Currency)
            : view.Balance - view.TaxLeft;

    /// <summary>By client: what the ageing list says, and what the account holds.</summary>
    private static IEnumerable<ReconciledTotal> Receivables(
        PracticeBook folded, ReadDatabase models, BookId book, List<(JournalTransaction Transaction, Posting Posting)> postings)
    {
        var aged = new LedgerQueries(models).Receivables(book, First).ToDictionary(view => view.ClientId, view => view.Open);
        foreach (var client in folded.Clients.Keys.Order())
        {
            if (folded.Clients[client].Details is not { } details) continue;
            var held = Money.Sum(
                postings.Where(p => p.Transaction.ClientId == client && p.Posting.Account == Accounts.Receivable)
                    .Select(p => p.Posting.Amount),
                details.Currency);
            yield return new(
                $"receivable from client {client:D} (GET /v1/receivables)", held,
                aged.GetValueOrDefault(client, Money.Zero(details.Currency)));
        }
    }

    /// <summary>By category, without vehicles and trips: how these are deducted is a matter of the tax return.</summary>
    private static IEnumerable<ReconciledTotal> Categories(
        PracticeBook folded, ReadDatabase models, BookId book, List<(JournalTransaction Transaction, Posting Posting)> postings)
    {
        var spent = new LedgerQueries(models).PaidExpenses(book, First, EndExclusive).Where(paid => !IsOfVehicle(folded, paid.ExpenseId));
        var posted = postings.Where(p => !IsOfVehicle(folded, p.Transaction.Of[0].Id))
            .ToLookup(p => (p.Posting.Account, p.Posting.Amount.Currency));
        return spent.GroupBy(paid => (paid.Category, paid.Amount.Currency)).OrderBy(group => group.Key.Category, StringComparer.Ordinal)
            .Select(group => new ReconciledTotal(
                $"expenses of {group.Key.Category} in {group.Key.Currency} (GET /v1/cash)",
                Money.Sum(
                    posted[(Accounts.OfCategory(group.Key.Category), group.Key.Currency)].Select(p => p.Posting.Amount),
                    group.Key.Currency),
                Money.Sum(group.Select(paid => paid.Amount), group.Key.Currency)));
    }

    private static bool IsOfVehicle(PracticeBook folded, Guid? id) =>
        id is { } expense && folded.Expenses.GetValueOrDefault(expense)?.Details is { } details
        && (details.Trip is not null || details.Particulars.VehicleId is not null);

    /// <summary>What each printed invoice adds up to, line by line, and what of it was posted as due.</summary>
    private static IEnumerable<ReconciledTotal> Documents(PracticeBook folded)
    {
        var issued = folded.Invoices.Values.OfType<InvoiceState.Finalized>().Select(state => state.Invoice);
        foreach (var invoice in issued.OrderBy(invoice => invoice.Facts.Number, StringComparer.Ordinal))
        {
            var facts = invoice.Facts;
            var printed = PrintedInvoice.Of(facts);
            var currency = Currency.Of(facts.Currency);
            var lines = SumOf(printed);
            yield return new($"lines and taxes of invoice {facts.Number} (PDF)", new Money(facts.TotalMinor, currency), lines);
            yield return new(
                $"due on invoice {facts.Number} (PDF)",
                new Money(facts.TotalMinor - facts.RetainerAppliedMinor - AppliedAtIssue(invoice), currency),
                printed.BalanceDue);
            foreach (var note in invoice.CreditNotes.Values.Select(note => note.Facts).OrderBy(n => n.Number, StringComparer.Ordinal))
            {
                yield return new(
                    $"lines and taxes of credit note {note.Number} (PDF)", new Money(note.TotalMinor, currency),
                    SumOf(PrintedCreditNote.Of(facts, note)));
            }
        }
    }

    /// <summary>The client's credit that was posted when the invoice was, as far as the events tell: under the invoice's own id.</summary>
    private static long AppliedAtIssue(IssuedInvoice invoice) => invoice.AppliedCredits
        .Where(credit => credit.ApplicationId == invoice.Facts.InvoiceId).Sum(credit => credit.AppliedMinor);

    /// <summary>The lines, with the taxes that are not in them.</summary>
    private static Money SumOf(InvoiceModel printed) => Money.Sum(
        printed.Lines.Select(line => line.Amount)
            .Concat(printed.AmountsIncludeTax ? [] : printed.Taxes.Select(tax => tax.Amount)),
        printed.Total.Currency);

    private static Money Sum(IEnumerable<JournalTransaction> journal, Currency currency, Func<string, bool> counts) => Of(
        journal.SelectMany(transaction => transaction.Postings).Where(posting => counts(posting.Account))
            .Select(posting => posting.Amount),
        currency);
}
