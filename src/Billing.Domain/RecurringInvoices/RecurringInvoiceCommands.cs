using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using NodaTime;

namespace Billing.Domain.RecurringInvoices;

/// <summary>Says a recurring invoice in full; what is left out is taken away.</summary>
/// <param name="EngagementId">Whose work is billed; null for all of the client's.</param>
/// <param name="FirstDay">Of the first period; once a period is done it no longer matters.</param>
/// <param name="IsNew">Whether there should be none with this id yet, or one that it replaces.</param>
public sealed record SetRecurringInvoice(
    Guid RecurringId, Guid ClientId, Guid? EngagementId, string Name, BillingCycle Cycle, LocalDate FirstDay, LocalDate? LastDay,
    int? Count, bool InAdvance, bool BillsTime, bool BillsExpenses, Guid? FeeRetainerId, IReadOnlyList<FeeWish> Fees, string? Note,
    string Mode, bool IsNew, Instant At);

/// <summary>What a recurring invoice is agreed among.</summary>
/// <param name="Engagement">The one that is named; not agreed where none is.</param>
/// <param name="Retainer">The one whose fee is asked for; not agreed where none is named.</param>
public sealed record RecurringSurroundings(
    BusinessState.Open Practice, ClientState Client, EngagementState Engagement, RetainerState Retainer);

/// <summary>Writes down that the next period has its invoices, or had nothing to bill.</summary>
/// <param name="From">The period's first day.</param>
public sealed record NotePeriod(LocalDate From, Guid? InvoiceId, Guid? FeeInvoiceId, Instant At);

/// <param name="From">First day of the next period, which is the one to skip.</param>
public sealed record SkipPeriod(LocalDate From, Instant At);

public sealed record PauseRecurringInvoice(Instant At);

/// <param name="CatchUp">Whether the periods whose day came meanwhile are invoiced after all.</param>
public sealed record ResumeRecurringInvoice(bool CatchUp, Instant At);

public sealed record EndRecurringInvoice(Instant At);
