using System.Diagnostics;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Expenses.RecurringExpenseEvent;

namespace Billing.Domain.Expenses;

/// <param name="Facts">Of each occurrence; its day is the occurrence's.</param>
/// <param name="IsNew">Whether there should be none with this id yet, or one that it replaces.</param>
public sealed record SetRecurringExpense(
    Guid RecurringId, ExpenseFacts Facts, Recurrence Recurrence, bool IsNew, Instant At);

/// <param name="Through">The last day that counts.</param>
public sealed record RecordDueExpenses(LocalDate Through, Instant At);

/// <param name="RecordedThrough">No occurrence up to that day is due any more; null while none was recorded.</param>
public sealed record RecurringExpenseState(RecurringExpenseSet? Set, LocalDate? RecordedThrough)
{
    public static RecurringExpenseState Empty { get; } = new(null, null);

    /// <summary>Days of the occurrences that wait to be recorded, earliest first.</summary>
    public IEnumerable<LocalDate> Due(LocalDate through) =>
        Set is { } set ? new Recurrence(set.Every, set.FirstOn, set.Until).Days(RecordedThrough, through) : [];

    /// <summary>What one occurrence is recorded with.</summary>
    public RecordExpense Occurrence(LocalDate day, Instant at)
    {
        var set = Set!;
        return new RecordExpense(
            Recurrence.IdOf(set.RecurringId, day),
            Expense.With(
                (set.Particulars ?? ExpenseParticulars.None) with { RecurringId = set.RecurringId },
                new ExpenseFacts(
                    new Money(set.AmountMinor, Currency.Of(set.Currency)), set.Category, day, set.ClientId, set.EngagementId,
                    set.Rebill, set.Payee, set.Note)),
            at);
    }
}

/// <summary>An expense that comes again and again. The stream is <c>recurring-expense-{id}</c>.</summary>
public static class RecurringExpense
{
    /// <summary>Some years of weeks; what is further behind is recorded by several commands.</summary>
    public const int MostAtOnce = 200;

    public static readonly StreamType<RecurringExpenseState, RecurringExpenseEvent> Stream =
        new("recurring-expense", RecurringExpenseState.Empty, Evolve);

    public static RecurringExpenseState Evolve(RecurringExpenseState state, RecurringExpenseEvent @event) => @event switch
    {
        RecurringExpenseSet e => state with { Set = e },
        OccurrencesRecorded e => state with { RecordedThrough = e.Through },
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>id-taken</c>, <c>recurring-expense-unknown</c>, <c>recurrence-unknown</c>,
    /// <c>recurrence-ends-early</c>, and what an expense of its first day, or of today, would be refused for.</summary>
    public static Decision<RecurringExpenseEvent> Decide(
        RecurringExpenseState state, SetRecurringExpense command, ExpenseSurroundings around)
    {
        if (state.Set is null && !command.IsNew) return NoSuchRecurringExpense;
        var (facts, rule) = (command.Facts, command.Recurrence);
        if (!Recurrence.Rules.Contains(rule.Every))
            return Invalid("recurrence-unknown", "An expense recurs every week, month or year.", "/every");
        if (rule.Until < rule.FirstOn)
            return Invalid("recurrence-ends-early", "Its last day comes before its first.", "/until");
        var day = LocalDate.Min(rule.FirstOn, around.Today);
        if (ExpenseRules.Refuse(facts with { PaidOn = day }, around) is { } refusal)
            return refusal.Field == "/paidOn" ? refusal with { Field = "/firstOn" } : refusal;
        var set = new RecurringExpenseSet(
            command.RecurringId, facts.Amount.Minor, facts.Amount.Currency.Code, facts.Category, rule.Every, rule.FirstOn, rule.Until,
            facts.ClientId, facts.EngagementId, facts.Rebill, facts.Payee, facts.Note, command.At,
            Expense.ParticularsOf(facts, around.Books));
        if (state.Set is { } known && known with { SetAt = command.At } == set) return Decision<RecurringExpenseEvent>.AlreadyDone;
        return state.Set is not null && command.IsNew
            ? new Rejection("id-taken", "There is a recurring expense with this id already; take a new id.", "/id")
            : set;
    }

    /// <summary>Which occurrences are recorded is for the caller to do in the same append. Refuses:
    /// <c>recurring-expense-unknown</c>, <c>in-the-future</c>.</summary>
    public static Decision<RecurringExpenseEvent> Decide(RecurringExpenseState state, RecordDueExpenses command, LocalDate today)
    {
        if (state.Set is null) return NoSuchRecurringExpense;
        if (command.Through > today)
            return new Rejection("in-the-future", "An expense is written down when it is paid, not before.", "/through");
        var due = state.Due(command.Through).Take(MostAtOnce).ToList();
        return due.Count == 0 ? Decision<RecurringExpenseEvent>.AlreadyDone : new OccurrencesRecorded(due[^1], command.At);
    }

    /// <summary>There is no such recurring expense in this practice.</summary>
    public static Rejection NoSuchRecurringExpense { get; } =
        new("recurring-expense-unknown", "There is no such recurring expense.", Kind: RejectionKind.NotFound);

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
