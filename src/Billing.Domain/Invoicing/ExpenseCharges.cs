using Billing.Domain.Expenses;

namespace Billing.Domain.Invoicing;

/// <summary>Expenses and trips as lines of an invoice: what was paid or driven, with the mark-up, each once.</summary>
internal static class ExpenseCharges
{
    public static IEnumerable<(InvoiceLine Line, string Description)> Lines(IReadOnlyList<ExpenseDetails> expenses) => expenses
        .OrderBy(expense => expense.PaidOn).ThenBy(expense => expense.ExpenseId)
        .Select(expense => (LineOf(expense), expense.Note ?? expense.Payee ?? expense.Category));

    /// <summary>The mark-up is frozen beside the amount that has it in, so that both can be told apart for good.</summary>
    private static InvoiceLine LineOf(ExpenseDetails expense) => new(
        0, LineKind.Expense, expense.EngagementId, null, null, (expense.Amount + expense.MarkUp).Minor, [], expense.ExpenseId,
        MarkUpMinor: expense.Particulars.MarkUp is null ? null : expense.MarkUp.Minor);
}
