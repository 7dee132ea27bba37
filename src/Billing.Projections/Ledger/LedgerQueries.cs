using Billing.Domain.Invoicing;
using Billing.Domain.Ledger;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Ledger;

/// <summary>What one client owes on a day, by how long it is overdue. The parts sum to the whole.</summary>
/// <param name="NotYetDue">Due after the day.</param>
/// <param name="Days0To30">Due on the day, or up to 30 days before it.</param>
public sealed record ReceivableView(
    Guid ClientId, int InvoiceCount, Money Open, Money NotYetDue, Money Days0To30, Money Days31To60, Money Days61To90,
    Money Over90Days);

public sealed record CashMonthView(YearMonth Month, Money Received);

/// <summary>What one payment brought for one line of an invoice, on the cash clock.</summary>
/// <param name="LineNumber">0 for what exceeded the invoice; below that, minus the line of a credit note whose credit was used.</param>
/// <param name="Kind">One of <see cref="IncomeKind"/> or <see cref="CashKind"/>.</param>
public sealed record ReceiptView(
    CashSource Source, int LineNumber, LocalDate ReceivedOn, string Kind, Money Amount, Guid ClientId, Guid InvoiceId,
    Guid? EngagementId, Guid? ExpenseId)
{
    /// <summary>Of what is left of a retainer and went back.</summary>
    public Guid? RetainerId { get; init; }

    /// <summary>
    /// A payment over several lines of its invoice is one receipt: a discount takes its part of it, and only what went back as a whole
    /// is given back.
    /// </summary>
    public static IEnumerable<PaymentReceipt> ByPayment(IEnumerable<ReceiptView> receipts) => receipts
        .GroupBy(receipt => (receipt.Source, receipt.ReceivedOn, receipt.Amount.Currency))
        .Select(payment => new PaymentReceipt(
            payment.Key.Source, payment.Key.ReceivedOn,
            Money.Sum(payment.Select(receipt => receipt.Amount), payment.Key.Currency),
            [.. payment.Select(receipt => receipt.InvoiceId).Distinct()],
            payment.Select(receipt => receipt.RetainerId).FirstOrDefault()));
}

/// <summary>What one payment brought on a day.</summary>
/// <param name="Invoices">That it was for.</param>
/// <param name="RetainerId">Of what is left of a retainer and went back.</param>
public sealed record PaymentReceipt(
    CashSource Source, LocalDate ReceivedOn, Money Amount, IReadOnlyList<Guid> Invoices, Guid? RetainerId);

/// <param name="Category">Code of a Schedule C category.</param>
public sealed record ExpenseCategoryView(string Category, Money Total, int Count);

/// <summary>
/// Something spent for the business: the business share of an expense, a trip at the mileage rate, or what the processor kept
/// of a payment.
/// </summary>
/// <param name="ExpenseId">Null for a processor's fee.</param>
/// <param name="PaymentId">The payment that the fee was kept of; null for an expense.</param>
public sealed record PaidExpenseView(LocalDate PaidOn, string Category, Money Amount, Guid? ExpenseId, Guid? PaymentId);

public sealed class LedgerQueries(ReadDatabase database)
{
    /// <summary>Every client that owes something.</summary>
    /// <param name="day">The day that ages are counted to. Balances are those of now.</param>
    public IReadOnlyList<ReceivableView> Receivables(BookId book, LocalDate day) => database.Read(book, (session, key) => session
        .Rows(
            "SELECT client_id, due_on, open_minor, currency, instalments FROM invoices WHERE book = ?1 AND open_minor <> 0",
            row => (ClientId: row.Id(), DueOn: row.Date(), Open: row.Money(), Plan: ListText.Instalments(row.OptionalText())), key)
        .GroupBy(invoice => invoice.ClientId)
        .OrderBy(client => client.Key)
        .Select(client => Age(
            client.Key, client.Count(),
            [
                .. client.SelectMany(i => Parts(i.DueOn, i.Open, i.Plan))
                    .Select(part => (Period.DaysBetween(part.DueOn, day), part.Open)),
            ]))
        .ToList());

    /// <summary>What is open, each part by its own day.</summary>
    private static IEnumerable<(LocalDate DueOn, Money Open)> Parts(LocalDate dueOn, Money open, IReadOnlyList<Instalment> plan) =>
        plan.Count == 0
            ? [(dueOn, open)]
            : InstalmentPlan.Standing(plan, open.Minor).Select(part => (part.DueOn, new Money(part.OpenMinor, open.Currency)));

    /// <summary>Income in each month of the practice's zone that had any, by currency; sales tax is none.</summary>
    public IReadOnlyList<CashMonthView> CashByMonth(BookId book, LocalDate from, LocalDate endExclusive) =>
        database.Read(book, (session, key) => session.Rows(
            """
            SELECT received_on / 100, CAST(SUM(amount_minor) AS BIGINT), currency FROM cash_receipts
            WHERE book = ?1 AND received_on >= ?2 AND received_on < ?3 AND kind <> ?4 GROUP BY 1, 3 ORDER BY 1, 3
            """,
            row => new CashMonthView(Calendar.Month(row.Long()), row.Money()), key, from, endExclusive, IncomeKind.SalesTax));

    /// <summary>All income received between two days, one amount for each currency; sales tax is none.</summary>
    public IReadOnlyList<Money> CashReceived(BookId book, LocalDate from, LocalDate endExclusive) =>
        database.Read(book, (session, key) => session.Rows(
            """
            SELECT CAST(SUM(amount_minor) AS BIGINT), currency FROM cash_receipts
            WHERE book = ?1 AND received_on >= ?2 AND received_on < ?3 AND kind <> ?4 GROUP BY currency ORDER BY currency
            """,
            row => row.Money(), key, from, endExclusive, IncomeKind.SalesTax));

    /// <summary>Sales tax that clients paid between two days, less what was given back of it, one amount for each currency.</summary>
    public IReadOnlyList<Money> SalesTaxReceived(BookId book, LocalDate from, LocalDate endExclusive) =>
        database.Read(book, (session, key) => session.Rows(
            """
            SELECT CAST(SUM(amount_minor) AS BIGINT), currency FROM cash_receipts
            WHERE book = ?1 AND received_on >= ?2 AND received_on < ?3 AND kind = ?4 GROUP BY currency ORDER BY currency
            """,
            row => row.Money(), key, from, endExclusive, IncomeKind.SalesTax));

    /// <summary>Every receipt between two days, in the order of the days.</summary>
    public IReadOnlyList<ReceiptView> Receipts(BookId book, LocalDate from, LocalDate endExclusive) =>
        database.Read(book, (session, key) => Receipts(session, key, from, endExclusive));

    /// <summary>What was spent between two days by category, processors' fees and mileage included.</summary>
    public IReadOnlyList<ExpenseCategoryView> ExpensesByCategory(BookId book, LocalDate from, LocalDate endExclusive) =>
    [
        .. PaidExpenses(book, from, endExclusive).GroupBy(paid => (paid.Category, paid.Amount.Currency.Code))
            .OrderBy(group => group.Key.Category, StringComparer.Ordinal).ThenBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => new ExpenseCategoryView(
                group.Key.Category, group.Select(paid => paid.Amount).Aggregate((sum, amount) => sum + amount), group.Count())),
    ];

    /// <summary>Everything that was spent for the business between two days, in the order of the days.</summary>
    public IReadOnlyList<PaidExpenseView> PaidExpenses(BookId book, LocalDate from, LocalDate endExclusive) =>
        database.Read(book, (session, key) => SpentForBusiness.Between(session, key, from, endExclusive));

    internal static List<ReceiptView> Receipts(Session session, long key, LocalDate from, LocalDate endExclusive) => session.Rows(
        """
        SELECT source, source_id, line_number, received_on, kind, amount_minor, currency, client_id, invoice_id, engagement_id,
            expense_id, retainer_id
        FROM cash_receipts WHERE book = ?1 AND received_on >= ?2 AND received_on < ?3
        ORDER BY received_on, source_id, source, line_number, invoice_id
        """,
        row => new ReceiptView(
            new CashSource(row.Text(), row.Id()), row.Int(), row.Date(), row.Text(), row.Money(), row.Id(), row.Id(), row.OptionalId(),
            row.OptionalId())
        {
            RetainerId = row.OptionalId(),
        },
        key, from, endExclusive);

    /// <param name="parts">One at least, all in one currency.</param>
    internal static ReceivableView Age(Guid clientId, int invoiceCount, List<(int DaysOver, Money Open)> parts)
    {
        var currency = parts[0].Open.Currency;
        return new ReceivableView(
            clientId, invoiceCount, Between(int.MinValue, int.MaxValue), Between(int.MinValue, -1), Between(0, 30),
            Between(31, 60), Between(61, 90), Between(91, int.MaxValue));

        Money Between(int first, int last) =>
            Money.Sum(parts.Where(i => first <= i.DaysOver && i.DaysOver <= last).Select(i => i.Open), currency);
    }
}
