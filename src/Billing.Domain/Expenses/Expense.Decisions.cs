using System.Diagnostics;
using Billing.Domain.Access;
using Billing.Domain.Values;
using static Billing.Domain.Expenses.ExpenseEvent;

namespace Billing.Domain.Expenses;

/// <summary>What is written down of an expense can change until it stands on an invoice.</summary>
public static partial class Expense
{
    public static Decision<ExpenseEvent> Decide(ExpenseState state, RecordExpense command, ExpenseSurroundings around)
    {
        var facts = command.Facts;
        var recorded = new ExpenseRecorded(
            command.ExpenseId, facts.Amount.Minor, facts.Amount.Currency.Code, facts.Category, facts.PaidOn, facts.ClientId,
            facts.EngagementId, facts.Rebill, facts.Payee, facts.Note, command.At, ParticularsOf(facts, around.Books),
            command.By);
        if (state.Details is { } known)
        {
            return known.RecordedAs is ExpenseRecorded expense && expense with { RecordedAt = command.At } == recorded
                ? Decision<ExpenseEvent>.AlreadyDone
                : IdTaken;
        }
        var refusal = ExpenseRules.Refuse(facts, around);
        return refusal is null ? recorded : refusal;
    }

    public static Decision<ExpenseEvent> Decide(ExpenseState state, CorrectExpense command, ExpenseSurroundings around)
    {
        if (IsOthers(state, command.OnlyOf)) return NoSuchExpense;
        if (state is not ExpenseState.Recorded recorded) return RefuseChange(state, "corrected");
        if (recorded.Expense.Trip is not null)
            return new Rejection("is-a-trip", "This is a trip; correct it as a trip.");
        // What it recurs from is no matter of corrections.
        var particulars = recorded.Expense.Particulars;
        var facts = command.Facts with { RecurringId = particulars.RecurringId };
        if (command.OnlyOf is not null)
        {
            // The practice's to say, and not taken back by who wrote the expense down.
            facts = facts with
            {
                MarkUp = facts.Rebill ? particulars.MarkUp : null,
                BusinessShareBasisPoints = particulars.BusinessShareBasisPoints,
                VehicleId = particulars.VehicleId,
            };
        }
        if (FactsOf(recorded.Expense) == facts) return Decision<ExpenseEvent>.AlreadyDone;
        var refused = PeriodLock.Refuse(around.Business, recorded.Expense.PaidOn, field: null) ?? ExpenseRules.Refuse(facts, around);
        if (refused is not null) return refused;
        return new ExpenseCorrected(
            facts.Amount.Minor, facts.Amount.Currency.Code, facts.Category, facts.PaidOn, facts.ClientId, facts.EngagementId,
            facts.Rebill, facts.Payee, facts.Note, command.At, ParticularsOf(facts, around.Books));
    }

    public static Decision<ExpenseEvent> Decide(ExpenseState state, RemoveExpense command, BusinessState business) => state switch
    {
        _ when IsOthers(state, command.OnlyOf) => NoSuchExpense,
        ExpenseState.Removed => Decision<ExpenseEvent>.AlreadyDone,
        ExpenseState.Recorded recorded when PeriodLock.Refuse(business, recorded.Expense.PaidOn, field: null) is { } locked => locked,
        ExpenseState.Recorded => new ExpenseRemoved(command.At),
        _ => RefuseChange(state, "removed"),
    };

    public static Decision<ExpenseEvent> Decide(ExpenseState state, BillExpense command) => state switch
    {
        ExpenseState.Billed billed when billed.OnInvoice == command.InvoiceId => Decision<ExpenseEvent>.AlreadyDone,
        ExpenseState.Recorded { Expense.Rebill: true } => new ExpenseBilled(command.InvoiceId),
        ExpenseState.Recorded => new Rejection(
            "expense-not-rebillable", "This expense is not marked to be rebilled; correct it, or leave it off the invoice."),
        _ => RefuseChange(state, "billed again"),
    };

    /// <summary>Only the invoice it stands on can release it; once that is done, nothing is left to do.</summary>
    public static Decision<ExpenseEvent> Decide(ExpenseState state, ReleaseExpense command) => state switch
    {
        ExpenseState.NotRecorded => NoSuchExpense,
        ExpenseState.Billed billed when billed.OnInvoice == command.InvoiceId => new ExpenseReleased(command.InvoiceId),
        _ => Decision<ExpenseEvent>.AlreadyDone,
    };

    /// <summary>There is no such expense in this practice.</summary>
    public static Rejection NoSuchExpense { get; } =
        new("expense-unknown", "There is no such expense.", Kind: RejectionKind.NotFound);

    /// <summary>Whether it is nobody's matter who may touch only one member's expenses.</summary>
    private static bool IsOthers(ExpenseState state, Guid? onlyOf) =>
        onlyOf is { } member && state.Details is { } expense && expense.RecordedBy != member;

    private static Rejection RefuseChange(ExpenseState state, string wish) => state switch
    {
        ExpenseState.NotRecorded => NoSuchExpense,
        ExpenseState.Removed => new Rejection("expense-removed", $"This expense was removed, so it can't be {wish}."),
        ExpenseState.Billed billed => new Rejection(
            "expense-billed",
            $"This expense stands on invoice {billed.OnInvoice:D}, so it can't be {wish}; void that invoice first."),
        _ => throw new UnreachableException(),
    };

    private static Rejection IdTaken { get; } =
        new("id-taken", "There is an expense or trip with this id, or was; take a new id.", "/id");

    private static ExpenseFacts FactsOf(ExpenseDetails expense) => With(
        expense.Particulars,
        new ExpenseFacts(
            expense.Amount, expense.Category, expense.PaidOn, expense.ClientId, expense.EngagementId, expense.Rebill,
            expense.Payee, expense.Note));

    internal static ExpenseFacts With(ExpenseParticulars particulars, ExpenseFacts facts) => facts with
    {
        Tax = particulars.TaxMinor is { } tax ? new Money(tax, facts.Amount.Currency) : null,
        Tip = particulars.TipMinor is { } tip ? new Money(tip, facts.Amount.Currency) : null,
        BusinessShareBasisPoints = particulars.BusinessShareBasisPoints,
        MarkUp = particulars.MarkUp,
        ExchangeRate = particulars.InBooks?.Rate,
        VehicleId = particulars.VehicleId,
        RecurringId = particulars.RecurringId,
    };

    /// <summary>Null where nothing is said beyond the amount, as of most expenses.</summary>
    internal static ExpenseParticulars? ParticularsOf(ExpenseFacts facts, Currency books)
    {
        var inBooks = facts.ExchangeRate is { } rate && ExpenseAmounts.TryConvert(facts.Amount, rate, books, out var amount)
            ? new BooksAmount(amount.Minor, books.Code, rate)
            : null;
        var particulars = new ExpenseParticulars(
            facts.Tax?.Minor, facts.Tip?.Minor, facts.BusinessShareBasisPoints, facts.MarkUp, inBooks, facts.VehicleId,
            facts.RecurringId);
        return particulars == ExpenseParticulars.None ? null : particulars;
    }
}
