using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Projections.SalesTax;

/// <summary>
/// What is owed to the tax office for some days, by what the tax is called, category and rate, on the basis that the practice has; what
/// was paid for them; and what the account holds at the end.
/// </summary>
public static class SalesTaxReturn
{
    public const string Name = "sales-tax";

    /// <summary>One row for each tax, and one for each currency with its sums.</summary>
    public static Report Of(PracticeBook book, LocalDate from, LocalDate to)
    {
        var isReceived = book.Business?.SalesTax?.Basis == SalesTaxBasis.Received;
        var owed = (isReceived ? SalesTaxOwed.WhenReceived(book) : SalesTaxOwed.WhenIssued(book))
            .Where(fact => from <= fact.On && fact.On <= to).ToList();
        var how = isReceived ? "received" : "invoiced, and of deposits received,";
        // On which basis it is owed, the practice says.
        Thing[] practice = book.Business is { } business ? [new(ThingKind.Practice, business.BusinessId)] : [];
        var rows = owed.GroupBy(fact => (fact.Name, fact.Key, fact.Tax.Currency))
            .OrderBy(tax => tax.Key.Currency.Code, StringComparer.Ordinal).ThenBy(tax => tax.Key.Name, StringComparer.Ordinal)
            .ThenByDescending(tax => tax.Key.Key.HundredThousandths).ThenBy(tax => tax.Key.Key.Category, StringComparer.Ordinal)
            .Select(tax => new ReportRow(
                $"{tax.Key.Name}:{tax.Key.Key.Category}:{tax.Key.Key.HundredThousandths}:{tax.Key.Currency}",
                $"{tax.Key.Key.Category}:{tax.Key.Key.HundredThousandths}", tax.Key.Name, tax.Key.Currency, Sums(tax)));
        return new Report(Name, from, to, [.. rows, .. Totals(book, owed, from, to, [.. practice], Sums)]);

        Figure[] Sums(IEnumerable<SalesTaxOwed> facts)
        {
            var all = facts.ToList();
            Thing[] of = [.. practice, .. all.Select(fact => new Thing(ThingKind.Invoice, fact.InvoiceId)).Distinct()];
            return
            [
                Amount("taxable", $"What it is on, as it was {how} in these days.", fact => fact.Taxable),
                Amount("tax", $"The tax on it, as it was {how} in these days.", fact => fact.Tax),
            ];

            Figure Amount(string column, string formula, Func<SalesTaxOwed, Money> amount) => AmountRow.Amount(
                column, all.Sum(fact => amount(fact).Minor), formula, of,
                all.Select(fact => new Part(new Thing(ThingKind.Invoice, fact.InvoiceId), amount(fact).Minor, fact.On)));
        }
    }

    private static IEnumerable<ReportRow> Totals(
        PracticeBook book, List<SalesTaxOwed> owed, LocalDate from, LocalDate to, IReadOnlyList<Thing> practice,
        Func<IEnumerable<SalesTaxOwed>, Figure[]> sums)
    {
        var payments = book.SalesTaxPayments.Values.OfType<SalesTaxPaymentState.Recorded>().Select(payment => payment.Facts).ToList();
        var account = PracticeJournal.Of(book, to).Where(transaction => transaction.Date <= to)
            .Where(transaction => transaction.Postings.Any(posting => posting.Account == Accounts.SalesTaxPayable)).ToList();
        var currencies = owed.Select(fact => fact.Tax.Currency)
            .Concat(account.SelectMany(transaction => transaction.Postings).Select(posting => posting.Amount.Currency)).Distinct();
        foreach (var currency in currencies.OrderBy(currency => currency.Code, StringComparer.Ordinal))
        {
            var figures = sums(owed.Where(fact => fact.Tax.Currency == currency));
            var paid = payments.FindAll(payment => payment.Currency == currency.Code && IsFor(payment.Period, from, to));
            var held = account.SelectMany(transaction => transaction.Postings, (transaction, posting) => (transaction, posting))
                .Where(p => p.posting.Account == Accounts.SalesTaxPayable && p.posting.Amount.Currency == currency).ToList();
            Thing[] ofPaid = [.. paid.Select(payment => new Thing(ThingKind.SalesTaxPayment, payment.PaymentId))];
            var paidFigure = AmountRow.Amount(
                "paid", paid.Sum(payment => payment.AmountMinor), "Paid to the tax office for these days, less what it paid back.", ofPaid,
                paid.Zip(ofPaid, (payment, thing) => new Part(thing, payment.AmountMinor, payment.PaidOn)));
            yield return new ReportRow($"total:{currency}", "total", null, currency,
            [
                .. figures, paidFigure,
                Figure.Balance(
                    "open", "Tax − paid; below zero where too much was paid.", [.. figures[1].Of, .. ofPaid],
                    (StepRole.Plus, figures[1]), (StepRole.Minus, paidFigure)),
                AmountRow.Amount(
                    "account", -held.Sum(p => p.posting.Amount.Minor),
                    "Owed to the office at the end of the last day by the journal, of whatever days.",
                    [.. practice, .. held.SelectMany(p => p.transaction.Of).Distinct()],
                    held.Select(p => new Part(p.transaction.Of[0], -p.posting.Amount.Minor, p.transaction.Date))),
            ]);
        }
    }

    private static bool IsFor(string period, LocalDate from, LocalDate to) =>
        SalesTaxPeriod.TryParse(period, out var days) && from <= days.From && days.Through <= to;
}
