using Billing.Domain.Expenses;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Projections.Expenses;

/// <param name="Every">week, month or year, the rules of <see cref="Recurrence"/>.</param>
/// <param name="RecordedThrough">No occurrence up to that day is due any more.</param>
public sealed record RecurringExpenseView(
    Guid RecurringId, Money Amount, string Category, string Every, LocalDate FirstOn, LocalDate? Until, Guid? ClientId,
    Guid? EngagementId, bool Rebill, string? Payee, string? Note, LocalDate? RecordedThrough, long Version,
    ExpenseParticulars Particulars);

/// <param name="Day">When it is, or was, to be paid.</param>
/// <param name="ExpenseId">What it is recorded as.</param>
public sealed record DueExpenseView(Guid RecurringId, LocalDate Day, Guid ExpenseId, Money Amount, string Category, string? Payee);

public sealed class RecurringExpenseQueries(ReadDatabase database)
{
    private const string Columns = """
        SELECT recurring_id, amount_minor, currency, category, every, first_on, until, client_id, engagement_id, rebill, payee,
            note, recorded_through, version, particulars FROM recurring_expenses
        """;

    public IReadOnlyList<RecurringExpenseView> All(BookId book) => database.Read(book, (session, key) => session.Rows(
        $"{Columns} WHERE book = ?1 ORDER BY recurring_id", Read, key));

    /// <summary>Occurrences that wait to be recorded, earliest first.</summary>
    /// <param name="through">The last day that counts.</param>
    public IReadOnlyList<DueExpenseView> Due(BookId book, LocalDate through) =>
    [
        .. All(book).SelectMany(view => new Recurrence(view.Every, view.FirstOn, view.Until)
                .Days(view.RecordedThrough, through).Take(RecurringExpense.MostAtOnce)
                .Select(day => new DueExpenseView(
                    view.RecurringId, day, Recurrence.IdOf(view.RecurringId, day), view.Amount, view.Category, view.Payee)))
            .OrderBy(due => due.Day).ThenBy(due => due.RecurringId),
    ];

    private static RecurringExpenseView Read(Statement row) => new(
        row.Id(), row.Money(), row.Text(), row.Text(), row.Date(), row.OptionalDate(), row.OptionalId(), row.OptionalId(),
        row.Bool(), row.OptionalText(), row.OptionalText(), row.OptionalDate(), row.Long(),
        ListText.Particulars(row.OptionalText()));
}
