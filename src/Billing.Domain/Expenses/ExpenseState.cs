using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Expenses;

/// <summary>One expense, from being written down to standing on an invoice.</summary>
public abstract record ExpenseState
{
    private ExpenseState() { }

    public sealed record NotRecorded : ExpenseState;

    /// <summary>It can be corrected, removed, and billed where it is to be rebilled.</summary>
    public sealed record Recorded(ExpenseDetails Expense) : ExpenseState;

    /// <summary>It stands on a finalised invoice, and so is fixed.</summary>
    public sealed record Billed(ExpenseDetails Expense, Guid OnInvoice) : ExpenseState;

    public sealed record Removed(ExpenseDetails Expense) : ExpenseState;

    /// <summary>What it is, or was before its removal; null where there is no such expense.</summary>
    public ExpenseDetails? Details => this switch
    {
        Recorded recorded => recorded.Expense,
        Billed billed => billed.Expense,
        Removed removed => removed.Expense,
        _ => null,
    };

    /// <summary>The invoice it stands on; null where it stands on none.</summary>
    public Guid? InvoiceId => this is Billed billed ? billed.OnInvoice : null;
}

/// <param name="Category">Code of a Schedule C category.</param>
/// <param name="PaidOn">The cash clock's date.</param>
/// <param name="Rebill">Whether it goes onto the client's next invoice.</param>
/// <param name="RecordedAs">What it was recorded with, to know a retry by.</param>
public sealed record ExpenseDetails(
    Guid ExpenseId, Money Amount, string Category, LocalDate PaidOn, Guid? ClientId, Guid? EngagementId, bool Rebill,
    string? Payee, string? Note, ExpenseEvent.ExpenseRecorded RecordedAs);
