using Billing.Domain.Expenses;
using CsCheck;
using NodaTime;
using static Billing.Domain.Expenses.RecurringExpenseEvent;
using static Billing.Domain.Tests.Expenses.Garage;

namespace Billing.Domain.Tests.Expenses;

public sealed class RecurringExpenseTests
{
    private static readonly Guid Rent = Guid.Parse("0198c0de-0000-7000-8000-0000000000aa");
    private static readonly LocalDate First = new(2026, 1, 31);
    private static readonly ExpenseFacts Facts = new(Usd(1_800), "software", First, null, null, false, "Registrar", null);
    private static readonly RecurringExpenseSet Set = new(
        Rent, 1_800, "USD", "software", "month", First, null, null, null, false, "Registrar", null, Now);

    [Fact]
    public void Is_set_once_and_changed_in_full()
    {
        Wish([], new Recurrence("month", First, null)).Then(Set);
        Wish([Set], new Recurrence("month", First, null)).ThenNothing();
        Wish([Set], new Recurrence("week", First, null)).ThenRefused("id-taken", "/id");
        Wish([Set], new Recurrence("week", First, null), isNew: false).Then(Set with { Every = "week" });
        Wish([], new Recurrence("week", First, null), isNew: false).ThenRefused("recurring-expense-unknown");
        Wish([], new Recurrence("day", First, null)).ThenRefused("recurrence-unknown", "/every");
        Wish([], new Recurrence("month", First, First.PlusDays(-1))).ThenRefused("recurrence-ends-early", "/until");
        Wish([], new Recurrence("month", First, null), Facts with { Category = "fun" }).ThenRefused("category-unknown", "/category");
        // It can begin in the future, where an expense could not be.
        Wish([], new Recurrence("month", Today.PlusDays(9), null)).Then(Set with { FirstOn = Today.PlusDays(9) });
    }

    [Fact]
    public void A_short_month_has_it_on_its_last_day_and_the_next_on_the_day_itself() => Assert.Equal(
        [new(2026, 1, 31), new(2026, 2, 28), new(2026, 3, 31), new(2026, 4, 30)],
        new Recurrence("month", First, null).Days(null, new LocalDate(2026, 5, 30)));

    [Fact]
    public void A_leap_day_comes_every_year() => Assert.Equal(
        [new(2024, 2, 29), new(2025, 2, 28), new(2026, 2, 28), new(2027, 2, 28), new(2028, 2, 29)],
        new Recurrence("year", new LocalDate(2024, 2, 29), null).Days(null, new LocalDate(2028, 12, 31)));

    [Fact]
    public void Due_is_what_is_not_recorded_yet_and_not_in_the_future_nor_after_the_end()
    {
        var state = RecurringExpense.Stream.Fold([Set, new OccurrencesRecorded(new LocalDate(2026, 2, 28), Now)]);
        Assert.Equal([new(2026, 3, 31), new(2026, 4, 30)], state.Due(new LocalDate(2026, 4, 30)));
        var ended = RecurringExpense.Stream.Fold([Set with { Until = new LocalDate(2026, 3, 30) }]);
        Assert.Equal([new(2026, 1, 31), new(2026, 2, 28)], ended.Due(Today));
    }

    [Fact]
    public void Recording_twice_records_once()
    {
        var record = new RecordDueExpenses(new LocalDate(2026, 4, 30), Later);
        RecurringExpense.Stream.Given(Set).When(s => RecurringExpense.Decide(s, record, Today))
            .Then(new OccurrencesRecorded(new LocalDate(2026, 4, 30), Later));
        RecurringExpense.Stream.Given(Set, new OccurrencesRecorded(new LocalDate(2026, 4, 30), Later))
            .When(s => RecurringExpense.Decide(s, record, Today)).ThenNothing();
        RecurringExpense.Stream.Given(Set)
            .When(s => RecurringExpense.Decide(s, record with { Through = Today.PlusDays(1) }, Today)).ThenRefused("in-the-future", "/through");
        RecurringExpense.Stream.Given().When(s => RecurringExpense.Decide(s, record, Today)).ThenRefused("recurring-expense-unknown");
    }

    [Fact]
    public void An_occurrence_is_an_expense_of_its_day_whose_id_follows_from_it()
    {
        var state = RecurringExpense.Stream.Fold([Set]);
        var (march, again) = (state.Occurrence(new(2026, 3, 31), Now), state.Occurrence(new(2026, 3, 31), Later));
        var april = state.Occurrence(new(2026, 4, 30), Now);
        Assert.Equal(march.ExpenseId, again.ExpenseId);
        Assert.NotEqual(march.ExpenseId, april.ExpenseId);
        Assert.Equal(8, march.ExpenseId.Version);
        Assert.Equal((new LocalDate(2026, 3, 31), Rent), (march.Facts.PaidOn, march.Facts.RecurringId));
    }

    [Fact]
    public void An_occurrence_has_all_that_was_said_of_the_expense()
    {
        var phone = Facts with { Tax = Usd(150), Tip = Usd(0), BusinessShareBasisPoints = 6_000 };
        var set = Set with { Particulars = new ExpenseParticulars(150, 0, 6_000) };
        Wish([], new Recurrence("month", First, null), phone).Then(set);
        Wish([set], new Recurrence("month", First, null), phone).ThenNothing();
        Wish([], new Recurrence("month", First, null), phone with { BusinessShareBasisPoints = 0 })
            .ThenRefused("business-share-out-of-range", "/businessShareBasisPoints");
        var march = RecurringExpense.Stream.Fold([set]).Occurrence(new(2026, 3, 31), Now);
        Assert.Equal(phone with { PaidOn = new(2026, 3, 31), RecurringId = Rent }, march.Facts);
    }

    [Fact]
    public void However_it_is_split_up_everything_is_recorded_once() => Gen.Select(
        Gen.OneOfConst("week", "month", "year"), Gen.Int[0, 900], Gen.Int[0, 400].List[0, 6]).Sample((every, days, cuts) =>
        {
            var rule = new Recurrence(every, First, null);
            var last = First.PlusDays(days);
            var whole = rule.Days(null, last).ToList();
            var (through, pieces) = ((LocalDate?)null, new List<LocalDate>());
            foreach (var cut in cuts.Select(cut => LocalDate.Min(last, First.PlusDays(cut))).Order().Append(last))
            {
                var due = rule.Days(through, cut).ToList();
                pieces.AddRange(due);
                if (due.Count > 0) through = due[^1];
            }
            Assert.Equal(whole, pieces);
            Assert.Equal(whole.Count, whole.Select(day => Recurrence.IdOf(Rent, day)).Distinct().Count());
        }, iter: 500);

    [Fact]
    public void Folds_every_kind_of_event() =>
        RecurringExpense.Stream.Takes_every_kind_of_event([Set, new OccurrencesRecorded(First, Now)]);

    private static Outcome<RecurringExpenseEvent> Wish(
        RecurringExpenseEvent[] before, Recurrence rule, ExpenseFacts? facts = null, bool isNew = true) =>
        RecurringExpense.Stream.Given(before).When(s => RecurringExpense.Decide(
            s, new SetRecurringExpense(Rent, facts ?? Facts, rule, isNew, Now), Around));
}
