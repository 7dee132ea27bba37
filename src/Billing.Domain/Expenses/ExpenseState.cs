using System.Collections.Immutable;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Expenses;

/// <summary>One expense or trip, from being written down to standing on an invoice.</summary>
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

    internal ExpenseState With(ExpenseDetails details) => this switch
    {
        Recorded => new Recorded(details),
        Billed billed => billed with { Expense = details },
        Removed => new Removed(details),
        _ => this,
    };
}

/// <param name="Amount">What was paid; of a trip, what its client is charged.</param>
/// <param name="Category">Code of a Schedule C category.</param>
/// <param name="PaidOn">The cash clock's date; of a trip, the day it was driven.</param>
/// <param name="Rebill">Whether it goes onto the client's next invoice.</param>
/// <param name="RecordedAs">What it was recorded with, to know a retry by.</param>
public sealed record ExpenseDetails(
    Guid ExpenseId, Money Amount, string Category, LocalDate PaidOn, Guid? ClientId, Guid? EngagementId, bool Rebill,
    string? Payee, string? Note, ExpenseEvent RecordedAs)
{
    public ExpenseParticulars Particulars { get; init; } = ExpenseParticulars.None;

    /// <summary>The member who wrote it down; null where that was not kept, and of trips.</summary>
    public Guid? RecordedBy => (RecordedAs as ExpenseEvent.ExpenseRecorded)?.RecordedBy;

    /// <summary>Null where it is no trip.</summary>
    public TripFacts? Trip { get; init; }

    /// <summary>The receipts that are kept of it, by hash.</summary>
    public ImmutableSortedDictionary<string, ExpenseEvent.ReceiptAttached> Receipts { get; init; } =
        ImmutableSortedDictionary.Create<string, ExpenseEvent.ReceiptAttached>(StringComparer.Ordinal);

    /// <summary>What goes on top of the amount when it is rebilled.</summary>
    public Money MarkUp => ExpenseAmounts.MarkUpOn(Amount, Particulars.MarkUp);
}
