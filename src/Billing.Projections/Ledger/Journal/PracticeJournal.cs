using System.Globalization;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.Ledger.Journal;

/// <summary>Works out what each fact of a practice's book posts.</summary>
public static class PracticeJournal
{
    /// <summary>Every transaction, by day and then by what it is about.</summary>
    /// <param name="through">The last day up to which what retainers earn with time is posted.</param>
    /// <exception cref="InvalidOperationException">A transaction does not balance, which is a bug.</exception>
    public static IReadOnlyList<JournalTransaction> Of(PracticeBook book, LocalDate through)
    {
        var transactions = book.Invoices.Values.Select(state => state.Issued).OfType<IssuedInvoice>().Select(Issued)
            .Concat(book.Invoices.Values.OfType<InvoiceState.Voided>().Select(Voided))
            .Concat(book.Invoices.Values.Select(state => state.Issued).OfType<IssuedInvoice>().SelectMany(
                invoice => CreditPostings.Of(book, invoice)))
            .Concat(book.Payments.Values.SelectMany(payment => Received(book, payment)))
            .Concat(book.Payouts.Values.SelectMany(PayoutPostings.Of))
            .Concat(book.Expenses.Values.SelectMany(Paid))
            .Concat(book.TaxYears.SelectMany(year => year.Value.Payments.Select(payment => TaxPaid(year.Key, payment.Key, payment.Value))))
            .Concat(book.SalesTaxPayments.Values.OfType<SalesTaxPaymentState.Recorded>().Select(HandedOn))
            .Concat(book.Retainers.Values.OfType<RetainerState.Agreed>().SelectMany(
                retainer => RetainerIncome.Of(retainer, through).Concat(RetainerIncome.RefundsOf(retainer))))
            // An invoice that retainers cover wholly moves no money.
            .Where(transaction => transaction.Postings.Count > 0)
            .OrderBy(transaction => transaction.Date)
            .ThenBy(transaction => transaction.Of[0].Id)
            .ThenBy(transaction => transaction.Kind, StringComparer.Ordinal)
            .ThenBy(transaction => transaction.Text, StringComparer.Ordinal)
            .ToList();
        if (transactions.Find(transaction => !IsBalanced(transaction)) is { } wrong)
            throw new InvalidOperationException($"{wrong.Kind} of {wrong.Of[0].Id:D} does not balance.");
        return transactions;
    }

    private static bool IsBalanced(JournalTransaction transaction) => transaction.Postings
        .GroupBy(posting => posting.Amount.Currency).All(currency => currency.Sum(posting => posting.Amount.Minor) == 0);

    private static JournalTransaction Issued(IssuedInvoice invoice) => Of(
        invoice.Facts, invoice.Facts.IssuedOn, "invoice-issued", sign: 1);

    private static JournalTransaction Voided(InvoiceState.Voided state) => Of(
        state.Invoice.Facts, state.VoidedOn, "invoice-voided", sign: -1);

    private static JournalTransaction Of(InvoiceEvent.InvoiceFinalized facts, LocalDate date, string kind, int sign)
    {
        var currency = Currency.Of(facts.Currency);
        var postings = new List<Posting>
        {
            new(Accounts.Receivable, new Money(sign * (facts.TotalMinor - facts.RetainerAppliedMinor), currency)),
            new(Accounts.Unearned, new Money(sign * (facts.RetainerAppliedMinor - facts.DepositTaxMinor()), currency)),
        };
        // It is owed since the deposit came; this invoice owes what it has more.
        if (facts.Deposits is not null)
            postings.Add(new Posting(Accounts.SalesTaxPayable, new Money(sign * facts.DepositTaxMinor(), currency)));
        // What caps and discounts take off is earned less on the lines that bear it, as credit notes have it too.
        postings.AddRange(facts.Lines.Zip(NetAmounts.Of(facts.Lines)).GroupBy(line => AccountOf(facts, line.First.Kind))
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Posting(group.Key, new Money(-sign * group.Sum(line => line.Second), currency))));
        Thing[] things = facts.RetainerId is { } retainer
            ? [new(ThingKind.Invoice, facts.InvoiceId), new(ThingKind.Retainer, retainer)]
            : [new(ThingKind.Invoice, facts.InvoiceId)];
        return new JournalTransaction(date, kind, facts.Number, facts.ClientId, things, NotZero(postings));
    }

    private static IEnumerable<JournalTransaction> Received(PracticeBook book, PaymentState payment)
    {
        switch (payment)
        {
            case PaymentState.ByHand { Facts: var e }:
                yield return Receipt(
                    book, e.PaymentId, e.InvoiceId, e.ClientId, e.ReceivedOn, Accounts.Bank, Currency.Of(e.Currency), e.AppliedMinor,
                    e.CreditMinor, e.Method);
                break;
            case PaymentState.Online online:
                if (online.Stage is PaymentStage.Succeeded paid)
                {
                    yield return Receipt(
                        book, online.PaymentId, online.InvoiceId, online.ClientId, paid.ReceivedOn, Accounts.Processor,
                        online.Amount.Currency, paid.AppliedMinor, paid.CreditMinor, "online");
                }
                foreach (var moved in MoneyBackPostings.Of(book, online)) yield return moved;
                foreach (var (id, fee) in online.Fees)
                {
                    yield return new JournalTransaction(
                        fee.ChargedOn, "processor-fee", id, online.ClientId, [new Thing(ThingKind.Payment, online.PaymentId)],
                        NotZero([
                            new(Accounts.OfCategory(SpentForBusiness.ProcessorFeeCategory), fee.Amount),
                            new(Accounts.Processor, -fee.Amount),
                        ]));
                }
                break;
        }
    }

    /// <summary>What pays a deposit is unearned from then on, but for its tax, and no longer only asked for.</summary>
    private static JournalTransaction Receipt(
        PracticeBook book, Guid paymentId, Guid invoiceId, Guid clientId, LocalDate date, string into, Currency currency,
        long appliedMinor, long creditMinor, string text)
    {
        var applied = new Money(appliedMinor, currency);
        List<Posting> postings =
        [
            new(into, new Money(appliedMinor + creditMinor, currency)), new(Accounts.Receivable, -applied),
            new(Accounts.ClientCredit, new Money(-creditMinor, currency)),
        ];
        if (DepositPostings.Of(book, invoiceId, CashSource.Payment(paymentId), applied) is { } deposit) postings.AddRange(deposit);
        return new JournalTransaction(
            date, JournalKind.PaymentReceived, text, clientId,
            [new Thing(ThingKind.Payment, paymentId), new Thing(ThingKind.Invoice, invoiceId)], NotZero(postings));
    }

    private static IEnumerable<JournalTransaction> Paid(ExpenseState state)
    {
        // A trip is deducted and may be rebilled, but no money leaves for it.
        if (state is ExpenseState.Removed || state.Details is not { Trip: null } expense) yield break;
        var whole = ExpenseAmounts.ForBusiness(expense.Amount, expense.Particulars with { BusinessShareBasisPoints = null });
        var business = ExpenseAmounts.ForBusiness(expense.Amount, expense.Particulars);
        yield return new JournalTransaction(
            expense.PaidOn, "expense-paid", expense.Category, expense.ClientId, [new Thing(ThingKind.Expense, expense.ExpenseId)],
            NotZero([
                new(Accounts.OfCategory(expense.Category), business), new(Accounts.Private, whole - business), new(Accounts.Bank, -whole),
            ]));
    }

    private static JournalTransaction HandedOn(SalesTaxPaymentState.Recorded payment)
    {
        var amount = new Money(payment.Facts.AmountMinor, Currency.Of(payment.Facts.Currency));
        return new JournalTransaction(
            payment.Facts.PaidOn, JournalKind.SalesTaxPaid, payment.Facts.Period, null,
            [new Thing(ThingKind.SalesTaxPayment, payment.Facts.PaymentId)],
            NotZero([new(Accounts.SalesTaxPayable, amount), new(Accounts.Bank, -amount)]));
    }

    private static JournalTransaction TaxPaid(string year, Guid paymentId, Domain.Taxes.EstimatedTaxPayment payment) => new(
        payment.PaidOn, "estimated-tax-paid",
        string.Create(CultureInfo.InvariantCulture, $"{year}, instalment {payment.Quarter}"), null,
        [new Thing(ThingKind.TaxPayment, paymentId)],
        NotZero([
            new(Accounts.EstimatedTax, new Money(payment.AmountMinor, CurrencyOf(year))),
            new(Accounts.Bank, new Money(-payment.AmountMinor, CurrencyOf(year))),
        ]));

    /// <param name="year">The id of a tax year, which ends with its jurisdiction, such as <c>2026-us-ca</c>.</param>
    private static Currency CurrencyOf(string year) =>
        Domain.Taxes.TaxYear.CurrencyOf(year[(year.IndexOf('-', StringComparison.Ordinal) + 1)..]);

    /// <summary>A deposit's tax is owed once it is paid: until then all of it is only asked for.</summary>
    internal static string AccountOf(InvoiceEvent.InvoiceFinalized facts, string lineKind) => lineKind switch
    {
        _ when facts.Kind == InvoiceKind.Deposit => Accounts.DepositsRequested,
        LineKind.Expense => Accounts.Reimbursements,
        LineKind.Tax => Accounts.SalesTaxPayable,
        _ => Accounts.Services,
    };

    internal static List<Posting> NotZero(List<Posting> postings) => postings.FindAll(posting => !posting.Amount.IsZero);
}
