using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Expenses;

/// <summary>What is said of an expense, at first and in a correction.</summary>
/// <param name="Category">Code of a Schedule C category.</param>
/// <param name="PaidOn">The cash clock's date: when the money left, not when the bill came.</param>
/// <param name="ClientId">For whom it was, where it was for one.</param>
/// <param name="Rebill">Whether it goes onto that client's next invoice.</param>
public sealed record ExpenseFacts(
    Money Amount, string Category, LocalDate PaidOn, Guid? ClientId, Guid? EngagementId, bool Rebill, string? Payee,
    string? Note)
{
    /// <summary>Sales tax within the amount.</summary>
    public Money? Tax { get; init; }

    /// <summary>Tip within the amount.</summary>
    public Money? Tip { get; init; }

    /// <summary>What of it was for the business, out of 10,000; null for all of it. Only that is deducted.</summary>
    public int? BusinessShareBasisPoints { get; init; }

    /// <summary>Of the amount, when it is rebilled; null for none.</summary>
    public ExpenseMarkUp? MarkUp { get; init; }

    /// <summary>Units of the books' currency for one unit of the amount's, as decimal text.</summary>
    public string? ExchangeRate { get; init; }

    /// <summary>The vehicle whose running costs it is of.</summary>
    public Guid? VehicleId { get; init; }

    /// <summary>The recurring expense that it is an occurrence of.</summary>
    public Guid? RecurringId { get; init; }
}

/// <param name="By">The member who writes it down.</param>
public sealed record RecordExpense(Guid ExpenseId, ExpenseFacts Facts, Instant At, Guid? By = null);

/// <param name="OnlyOf">For who may touch only what this member wrote down; null for whoever may touch all.</param>
public sealed record CorrectExpense(ExpenseFacts Facts, Instant At, Guid? OnlyOf = null);

/// <inheritdoc cref="CorrectExpense"/>
public sealed record RemoveExpense(Instant At, Guid? OnlyOf = null);

public sealed record BillExpense(Guid InvoiceId);

public sealed record ReleaseExpense(Guid InvoiceId);

/// <summary>What is said of a trip, at first and in a correction.</summary>
/// <param name="RatePerUnit">What its client is charged for a mile or kilometre; null where it is not rebilled.</param>
public sealed record TripFacts(
    Guid VehicleId, LocalDate DrivenOn, Distance Distance, Guid? ClientId, Guid? EngagementId, string? RatePerUnit,
    string? Purpose, string? FromPlace, string? ToPlace);

public sealed record RecordTrip(Guid ExpenseId, TripFacts Facts, Instant At);

public sealed record CorrectTrip(TripFacts Facts, Instant At);

/// <param name="Hash">SHA-256 of the file, lower-case hexadecimal.</param>
/// <param name="OnlyOf">As of <see cref="CorrectExpense"/>.</param>
public sealed record AttachReceipt(string Hash, long Bytes, string MediaType, string? FileName, Instant At, Guid? OnlyOf = null);

/// <param name="OnlyOf">As of <see cref="CorrectExpense"/>.</param>
public sealed record RemoveReceipt(string Hash, Instant At, Guid? OnlyOf = null);

/// <summary>What an expense or a trip is checked against.</summary>
/// <param name="Today">In the practice's zone.</param>
/// <param name="Books">The currency of the practice's books.</param>
/// <param name="KnownCategories">Codes of the Schedule C categories.</param>
/// <param name="MileageYears">The years that there is a mileage rate for.</param>
/// <param name="Client">The client that the facts name; <see cref="ClientState.NotAdded"/> where they name none.</param>
/// <param name="Engagement">Likewise.</param>
/// <param name="Vehicle">Likewise.</param>
public sealed record ExpenseSurroundings(
    LocalDate Today, Currency Books, IReadOnlySet<string> KnownCategories, IReadOnlyList<int> MileageYears,
    ClientState Client, EngagementState Engagement, VehicleState Vehicle)
{
    /// <summary>The practice, for the days that it has closed.</summary>
    public BusinessState Business { get; init; } = new BusinessState.NotOpened();
}
