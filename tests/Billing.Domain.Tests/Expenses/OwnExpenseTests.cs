using Billing.Domain.Expenses;
using static Billing.Domain.Expenses.ExpenseEvent;
using static Billing.Domain.Tests.Expenses.Garage;

namespace Billing.Domain.Tests.Expenses;

/// <summary>Who may touch only their own expenses finds no others.</summary>
public sealed class OwnExpenseTests
{
    private static readonly Guid Ana = Guid.NewGuid(), Ben = Guid.NewGuid();

    private static readonly ExpenseFacts Facts = new(Usd(1_280), "software", Today, ClientId, null, Rebill: true, "Print Shop", null);

    private static readonly ExpenseRecorded Anas = new(
        Id, 1_280, "USD", "software", Today, ClientId, null, true, "Print Shop", null, Now, RecordedBy: Ana);

    [Fact]
    public void Who_wrote_it_down_is_kept_through_corrections_and_told_in_a_retry()
    {
        Expense.Stream.Given().When(s => Expense.Decide(s, new RecordExpense(Id, Facts, Now, Ana), Around)).Then(Anas);
        Expense.Stream.Given(Anas).When(s => Expense.Decide(s, new RecordExpense(Id, Facts, Later, Ana), Around)).ThenNothing();
        Expense.Stream.Given(Anas).When(s => Expense.Decide(s, new RecordExpense(Id, Facts, Later, Ben), Around)).ThenRefused("id-taken", "/id");
        var corrected = new ExpenseCorrected(1, "USD", "software", Today, null, null, false, null, null, Later);

        Assert.Equal(Ana, Expense.Stream.Fold([Anas, corrected]).Details!.RecordedBy);
    }

    [Fact]
    public void Others_expenses_and_those_of_nobody_are_unknown_to_who_may_touch_only_their_own()
    {
        foreach (var recorded in new[] { Anas with { RecordedBy = Ben }, Anas with { RecordedBy = null } })
        {
            var given = Expense.Stream.Given(recorded);
            given.When(s => Expense.Decide(s, new CorrectExpense(Facts with { Note = "?" }, Later, Ana), Around)).ThenRefused("expense-unknown");
            given.When(s => Expense.Decide(s, new RemoveExpense(Later, Ana), Around.Business)).ThenRefused("expense-unknown");
            given.When(s => Expense.Decide(s, Receipt(Ana))).ThenRefused("expense-unknown");
            given.When(s => Expense.Decide(s, new RemoveReceipt(new string('a', 64), Later, Ana))).ThenRefused("expense-unknown");
        }
        var own = Expense.Stream.Given(Anas);
        own.When(s => Expense.Decide(s, new RemoveExpense(Later, Ana), Around.Business)).Then(new ExpenseRemoved(Later));
        own.When(s => Expense.Decide(s, Receipt(Ana))).Then(new ReceiptAttached(new string('a', 64), 9, "application/pdf", null, Later));
    }

    [Fact]
    public void A_correction_by_who_wrote_it_down_leaves_what_the_practice_said_of_it()
    {
        var marked = new ExpenseCorrected(
            1_280, "USD", "software", Today, ClientId, null, true, "Print Shop", null, Later,
            new ExpenseParticulars(BusinessShareBasisPoints: 5_000, MarkUp: new ExpenseMarkUp(1_000, null)));
        var given = Expense.Stream.Given(Anas, marked);

        given.When(s => Expense.Decide(s, new CorrectExpense(Facts with { Amount = Usd(1_300) }, Later, Ana), Around))
            .Then(marked with { AmountMinor = 1_300 });
        given.When(s => Expense.Decide(s, new CorrectExpense(Facts with { Rebill = false }, Later, Ana), Around)).Then(marked with
        {
            Rebill = false,
            Particulars = new ExpenseParticulars(BusinessShareBasisPoints: 5_000),
        });
        given.When(s => Expense.Decide(s, new CorrectExpense(Facts, Later), Around)).Then(marked with { Particulars = null });
    }

    private static AttachReceipt Receipt(Guid onlyOf) => new(new string('a', 64), 9, "application/pdf", null, Later, onlyOf);
}
