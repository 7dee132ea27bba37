using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Expenses;

/// <summary>What happens to an expense that comes again and again.</summary>
public abstract record RecurringExpenseEvent
{
    private RecurringExpenseEvent() { }

    /// <summary>What recurs and when, in full; a later one replaces it for what is not recorded yet.</summary>
    /// <param name="Every">week, month or year, the rules of <see cref="Recurrence"/>.</param>
    /// <param name="FirstOn">The first day that it is paid, which also says on which day of a week, month or year.</param>
    /// <param name="Until">The last day on which it can be paid; null for open-ended.</param>
    /// <param name="Particulars">What else is said of each occurrence; null for nothing.</param>
    public sealed record RecurringExpenseSet(
        Guid RecurringId, long AmountMinor, string Currency, string Category, string Every, LocalDate FirstOn, LocalDate? Until,
        Guid? ClientId, Guid? EngagementId, bool Rebill, [property: Confidential] string? Payee,
        [property: Confidential] string? Note, Instant SetAt, ExpenseParticulars? Particulars = null) : RecurringExpenseEvent;

    /// <summary>Every occurrence up to a day was recorded as an expense.</summary>
    public sealed record OccurrencesRecorded(LocalDate Through, Instant RecordedAt) : RecurringExpenseEvent;
}
