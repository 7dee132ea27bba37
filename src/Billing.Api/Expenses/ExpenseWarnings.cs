using Billing.Api.Commands;
using Billing.Api.Invoicing;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;

namespace Billing.Api.Expenses;

/// <summary>What is worth a look among the expenses of an invoice that is not finalised yet.</summary>
internal static class ExpenseWarnings
{
    /// <summary>By the practice's policy a client pays for large expenses before they are made. Null where all is well.</summary>
    public static async ValueTask<IReadOnlyList<PreviewWarning>?> Of(BookSession session, BillingSources sources)
    {
        if (sources.Expenses.Count == 0) return null;
        var policy = await session.Load(ExpensePolicy.Stream, session.Context.Book.Value);
        var warnings = sources.Expenses.Values.Select(state => state.Details).OfType<ExpenseDetails>()
            .Where(expense => policy.MustBePaidFirst(expense.Amount + expense.MarkUp, expense.EngagementId, expense.Rebill))
            .OrderBy(expense => expense.PaidOn).ThenBy(expense => expense.ExpenseId)
            .Select(expense => new PreviewWarning(
                "paid-first",
                $"{expense.Amount + expense.MarkUp} is above {policy.ThresholdOf(expense.EngagementId)}, so this expense should have "
                + "been paid for ahead.",
                expense.ExpenseId))
            .ToList();
        return warnings.Count == 0 ? null : warnings;
    }
}
