using Billing.Domain.Expenses;
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
/// <param name="MarkUp">What is charged on top when it is rebilled; the rule is within the particulars.</param>
/// <param name="ForBusiness">What of it was spent for the business, in the books' currency where that is known.</param>
/// <param name="IsTrip">A trip, whose amount is what its client is charged.</param>
/// <param name="PaidFirst">Whether, by the practice's policy, its client should have paid for it ahead.</param>
public sealed record ExpenseView(
    Guid ExpenseId, Money Amount, string Category, LocalDate PaidOn, Guid? ClientId, Guid? EngagementId, bool Rebill,
    string? Payee, string? Note, Guid? InvoiceId, Instant RecordedAt, long Version, Money MarkUp, Money ForBusiness, bool IsTrip,
    ExpenseParticulars Particulars, bool PaidFirst, Guid? RecordedBy = null)
{
    /// <summary>As who wrote it down sees it: what goes on top is the practice's matter.</summary>
    public ExpenseView WithoutMarkUp() =>
        this with { MarkUp = Money.Zero(Amount.Currency), Particulars = Particulars with { MarkUp = null } };
}

/// <summary>Which expenses are wanted; null leaves that side open.</summary>
/// <param name="From">First day of payment.</param>
/// <param name="EndExclusive">Day after the last day of payment.</param>
public sealed record ExpenseFilter(
    Guid? ClientId = null, string? Category = null, LocalDate? From = null, LocalDate? EndExclusive = null,
    bool? IsBilled = null, bool? PaidFirst = null, Guid? RecordedBy = null);

public sealed class ExpenseQueries(ReadDatabase database)
{
    internal const string Columns = """
        SELECT expense_id, amount_minor, currency, category, paid_on, client_id, engagement_id, rebill, payee, note,
            invoice_id, recorded_at, version, mark_up_minor, business_minor, business_currency, is_trip, particulars,
            CASE WHEN EXISTS (
                SELECT 1 FROM expense_thresholds t
                WHERE t.book = expenses.book AND expenses.rebill = 1 AND t.currency = expenses.currency
                    AND expenses.amount_minor + expenses.mark_up_minor > t.above_minor
                    AND (t.engagement_id = expenses.engagement_id OR t.for_practice = 1 AND NOT EXISTS (
                        SELECT 1 FROM expense_thresholds own
                        WHERE own.book = expenses.book AND own.engagement_id = expenses.engagement_id)))
                THEN 1 ELSE 0 END AS paid_first,
            recorded_by
        FROM expenses
        """;

    public ExpenseView? Expense(BookId book, Guid expenseId) => database.Read(book, (session, key) =>
        session.Row($"{Columns} WHERE book = ?1 AND expense_id = ?2", Read, key, expenseId));

    public Page<ExpenseView> Expenses(BookId book, ExpenseFilter filter, PageRequest page) =>
        database.Read(book, (session, key) => Page<ExpenseView>.Of(
            session.Rows(
                $"""
                SELECT * FROM ({Columns} WHERE book = ?1 AND expense_id > ?2 AND is_trip = 0 AND (?4 IS NULL OR client_id = ?4)
                    AND (?5 IS NULL OR category = ?5) AND (?6 IS NULL OR paid_on >= ?6) AND (?7 IS NULL OR paid_on < ?7)
                    AND (?8 IS NULL OR CASE WHEN invoice_id IS NULL THEN 0 ELSE 1 END = ?8)) AS found
                WHERE (?9 IS NULL OR paid_first = ?9) AND (?10 IS NULL OR recorded_by = ?10)
                ORDER BY expense_id LIMIT ?3
                """,
                Read, key, page.Start, page.Fetched, filter.ClientId, filter.Category, filter.From, filter.EndExclusive,
                filter.IsBilled, filter.PaidFirst, filter.RecordedBy),
            page, expense => expense.ExpenseId));

    internal static ExpenseView Read(Statement row)
    {
        var (id, amount, category) = (row.Id(), row.Money(), row.Text());
        return new ExpenseView(
            id, amount, category, row.Date(), row.OptionalId(), row.OptionalId(), row.Bool(), row.OptionalText(),
            row.OptionalText(), row.OptionalId(), row.Instant(), row.Long(), new Money(row.Long(), amount.Currency), row.Money(),
            row.Bool(), ListText.Particulars(row.OptionalText()), row.Bool(), row.OptionalId());
    }
}
