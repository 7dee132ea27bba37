using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Expenses;

public abstract record ExpenseEvent
{
    private ExpenseEvent() { }

    /// <param name="Category">Code of a Schedule C category, such as <c>software</c>.</param>
    /// <param name="PaidOn">The cash clock's date; the year and quarter it is deducted in.</param>
    /// <param name="ClientId">For whom it was, where it was for one.</param>
    /// <param name="Rebill">Whether it goes onto that client's next invoice.</param>
    public sealed record ExpenseRecorded(
        Guid ExpenseId, long AmountMinor, string Currency, string Category, LocalDate PaidOn, Guid? ClientId, Guid? EngagementId,
        bool Rebill, [property: Confidential] string? Payee, [property: Confidential] string? Note,
        Instant RecordedAt) : ExpenseEvent;

    /// <summary>The expense as it should have been, in full.</summary>
    public sealed record ExpenseCorrected(
        long AmountMinor, string Currency, string Category, LocalDate PaidOn, Guid? ClientId, Guid? EngagementId, bool Rebill,
        [property: Confidential] string? Payee, [property: Confidential] string? Note, Instant CorrectedAt) : ExpenseEvent;

    public sealed record ExpenseRemoved(Instant RemovedAt) : ExpenseEvent;

    public sealed record ExpenseBilled(Guid InvoiceId) : ExpenseEvent;

    public sealed record ExpenseReleased(Guid InvoiceId) : ExpenseEvent;
}
