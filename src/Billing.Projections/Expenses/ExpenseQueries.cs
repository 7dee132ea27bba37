using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Paging;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Expenses;

/// <param name="Category">Code of a Schedule C category.</param>
/// <param name="Rebill">Whether it goes onto the client's next invoice.</param>
/// <param name="InvoiceId">The finalised invoice it stands on.</param>
/// <param name="Version">Of the expense's stream.</param>
public sealed record ExpenseView(
    Guid ExpenseId, Money Amount, string Category, LocalDate PaidOn, Guid? ClientId, Guid? EngagementId, bool Rebill,
    string? Payee, string? Note, Guid? InvoiceId, Instant RecordedAt, long Version);

/// <summary>Which expenses are wanted; null leaves that side open.</summary>
/// <param name="From">First day of payment.</param>
/// <param name="EndExclusive">Day after the last day of payment.</param>
public sealed record ExpenseFilter(
    Guid? ClientId = null, string? Category = null, LocalDate? From = null, LocalDate? EndExclusive = null,
    bool? IsBilled = null);

public sealed class ExpenseQueries(ReadDatabase database)
{
    internal const string Columns = """
        SELECT expense_id, amount_minor, currency, category, paid_on, client_id, engagement_id, rebill, payee, note,
            invoice_id, recorded_at, version FROM expenses
        """;

    public ExpenseView? Expense(BookId book, Guid expenseId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND expense_id = ?2", Read, key, expenseId));

    public Page<ExpenseView> Expenses(BookId book, ExpenseFilter filter, PageRequest page) =>
        database.Read(book, (session, key) => Page<ExpenseView>.Of(
            session.Rows(
                $"""
                {Columns} WHERE book = ?1 AND expense_id > ?2 AND (?4 IS NULL OR client_id = ?4)
                    AND (?5 IS NULL OR category = ?5) AND (?6 IS NULL OR paid_on >= ?6) AND (?7 IS NULL OR paid_on < ?7)
                    AND (?8 IS NULL OR CASE WHEN invoice_id IS NULL THEN 0 ELSE 1 END = ?8)
                ORDER BY expense_id LIMIT ?3
                """,
                Read, key, page.Start, page.Fetched, filter.ClientId, filter.Category, filter.From, filter.EndExclusive,
                filter.IsBilled),
            page, expense => expense.ExpenseId));

    internal static ExpenseView Read(Statement row) => new(
        row.Id(), row.Money(), row.Text(), row.Date(), row.OptionalId(), row.OptionalId(), row.Bool(), row.OptionalText(),
        row.OptionalText(), row.OptionalId(), row.Instant(), row.Long());
}
