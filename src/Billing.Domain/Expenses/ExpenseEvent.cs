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
    /// <param name="RecordedBy">The member who wrote it down; null where that was not kept.</param>
    public sealed record ExpenseRecorded(
        Guid ExpenseId, long AmountMinor, string Currency, string Category, LocalDate PaidOn, Guid? ClientId, Guid? EngagementId,
        bool Rebill, [property: Confidential] string? Payee, [property: Confidential] string? Note,
        Instant RecordedAt, ExpenseParticulars? Particulars = null, Guid? RecordedBy = null) : ExpenseEvent;

    /// <summary>The expense as it should have been, in full.</summary>
    public sealed record ExpenseCorrected(
        long AmountMinor, string Currency, string Category, LocalDate PaidOn, Guid? ClientId, Guid? EngagementId, bool Rebill,
        [property: Confidential] string? Payee, [property: Confidential] string? Note, Instant CorrectedAt,
        ExpenseParticulars? Particulars = null) : ExpenseEvent;

    public sealed record ExpenseRemoved(Instant RemovedAt) : ExpenseEvent;

    public sealed record ExpenseBilled(Guid InvoiceId) : ExpenseEvent;

    public sealed record ExpenseReleased(Guid InvoiceId) : ExpenseEvent;

    /// <summary>A trip for the business. It is deducted at the rate of its day, or through its vehicle's actual costs.</summary>
    /// <param name="DistanceHundredths">Hundredths of the unit.</param>
    /// <param name="Unit"><c>mi</c> or <c>km</c>.</param>
    /// <param name="RatePerUnit">What its client is charged for a unit, as decimal text; null where it is not rebilled.</param>
    /// <param name="Currency">Of that rate; the books' where it is not rebilled.</param>
    public sealed record TripRecorded(
        Guid ExpenseId, Guid VehicleId, LocalDate DrivenOn, long DistanceHundredths, string Unit, Guid? ClientId,
        Guid? EngagementId, string? RatePerUnit, string Currency, [property: Confidential] string? Purpose,
        [property: Confidential] string? FromPlace, [property: Confidential] string? ToPlace,
        Instant RecordedAt) : ExpenseEvent;

    /// <summary>The trip as it should have been, in full.</summary>
    public sealed record TripCorrected(
        Guid VehicleId, LocalDate DrivenOn, long DistanceHundredths, string Unit, Guid? ClientId, Guid? EngagementId,
        string? RatePerUnit, string Currency, [property: Confidential] string? Purpose,
        [property: Confidential] string? FromPlace, [property: Confidential] string? ToPlace,
        Instant CorrectedAt) : ExpenseEvent;

    /// <summary>A receipt was kept. The file lies outside the books, under its hash.</summary>
    /// <param name="Hash">SHA-256 of its bytes, lower-case hexadecimal.</param>
    /// <param name="MediaType">As its content says, whatever its name.</param>
    public sealed record ReceiptAttached(
        string Hash, long Bytes, string MediaType, [property: Confidential] string? FileName, Instant AttachedAt) : ExpenseEvent;

    public sealed record ReceiptRemoved(string Hash, Instant RemovedAt) : ExpenseEvent;
}

/// <summary>What can be said of an expense beyond who was paid what for what. Each part is null where nothing is said.</summary>
/// <param name="TaxMinor">Sales tax that is within the amount.</param>
/// <param name="TipMinor">Tip that is within the amount.</param>
/// <param name="BusinessShareBasisPoints">What of it was for the business, out of 10,000; null for all of it.</param>
/// <param name="InBooks">The amount in the books' currency, where it was paid in another.</param>
/// <param name="VehicleId">Of whose running costs it is.</param>
/// <param name="RecurringId">The recurring expense that it is an occurrence of.</param>
public sealed record ExpenseParticulars(
    long? TaxMinor = null, long? TipMinor = null, int? BusinessShareBasisPoints = null, ExpenseMarkUp? MarkUp = null,
    BooksAmount? InBooks = null, Guid? VehicleId = null, Guid? RecurringId = null)
{
    public static ExpenseParticulars None { get; } = new();
}

/// <summary>What is charged on top when an expense is rebilled: a share of its amount, or an amount.</summary>
/// <param name="BasisPoints">Out of 10,000; null where an amount is said.</param>
/// <param name="FixedMinor">Minor units of the expense's currency; null where a share is said.</param>
public sealed record ExpenseMarkUp(int? BasisPoints, long? FixedMinor);

/// <param name="Rate">Units of the books' currency for one unit of the expense's, as the person said it.</param>
public sealed record BooksAmount(long AmountMinor, string Currency, string Rate);
