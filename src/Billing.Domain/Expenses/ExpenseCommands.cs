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
    string? Note);

public sealed record RecordExpense(Guid ExpenseId, ExpenseFacts Facts, Instant At);

public sealed record CorrectExpense(ExpenseFacts Facts, Instant At);

public sealed record RemoveExpense(Instant At);

public sealed record BillExpense(Guid InvoiceId);

public sealed record ReleaseExpense(Guid InvoiceId);

/// <summary>What an expense is checked against.</summary>
/// <param name="Today">In the practice's zone.</param>
/// <param name="KnownCategories">Codes of the Schedule C categories.</param>
/// <param name="Client">The client that the facts name; <see cref="ClientState.NotAdded"/> where they name none.</param>
/// <param name="Engagement">Likewise.</param>
public sealed record ExpenseSurroundings(
    LocalDate Today, IReadOnlySet<string> KnownCategories, ClientState Client, EngagementState Engagement);
