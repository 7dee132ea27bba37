using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Expenses;
using Billing.Projections.TimeTracking;
using NodaTime;

namespace Billing.Projections.Invoicing;

/// <summary>An invoice as it stands. Its lines are in its own events: computed for a draft, frozen once finalised.</summary>
/// <param name="Kind">One of <see cref="InvoiceKind"/>.</param>
/// <param name="Status">One of <see cref="InvoiceStatus"/>; overdue is a matter of the day.</param>
/// <param name="Number">Null, like the dates, for a draft.</param>
/// <param name="Total">Zero for a draft of work, whose amounts are not known before it is finalised.</param>
/// <param name="Open">What the client still owes; zero for drafts and voided invoices.</param>
/// <param name="Credited">By credit notes, what was paid before included.</param>
/// <param name="WrittenOff">What was given up as a bad debt.</param>
/// <param name="RetainerIds">All retainers that it uses, where they are several or were not named.</param>
/// <param name="Time">The entries selected, or billed once it is finalised.</param>
/// <param name="Checkout">The one open attempt to pay online.</param>
/// <param name="Version">Of the invoice's stream.</param>
public sealed record InvoiceView(
    Guid InvoiceId, Guid ClientId, string Kind, string Status, string? Number, LocalDate? IssuedOn, LocalDate? DueOn,
    Money Total, Money RetainerApplied, Money Paid, Money Open, Money Credited, Money WrittenOff,
    Guid? RetainerId, IReadOnlyList<Guid> RetainerIds, LocalDate? Through,
    IReadOnlyList<SelectedTime> Time, IReadOnlyList<Guid> ExpenseIds, string? Note, Instant DraftedAt, Instant? FinalizedAt,
    LocalDate? VoidedOn, string? VoidReason, OpenAttempt? Checkout, long Version, LocalDate? WrittenOffOn = null)
{
    /// <summary>When it was first mailed; null until then.</summary>
    public Instant? SentAt { get; init; }

    /// <summary>When the client first looked at it by its link; null until then.</summary>
    public Instant? ViewedAt { get; init; }

    /// <summary>What of the total is sales tax; zero for drafts.</summary>
    public Money Tax { get; init; }

    /// <summary>The client's number for what was ordered; null for none.</summary>
    public string? PurchaseOrder { get; init; }

    /// <summary>Paid by the client's credit; no part of what was paid.</summary>
    public Money CreditApplied { get; init; }

    /// <summary>The parts that it is paid in, once it is finalised; none where it is due all at once. The due day is that of the
    /// first one that is open.</summary>
    public IReadOnlyList<InstalmentView> Instalments { get; init; } = [];

    /// <summary>What is open of it and due as of today.</summary>
    public Money? DueNow { get; init; }

    /// <summary>How many days it has been due and open as of today; null where it is not overdue.</summary>
    public int? DaysOverdue { get; init; }

    /// <summary>The same invoice as it stands on that day.</summary>
    public InvoiceView AsOf(LocalDate day) => this with
    {
        DaysOverdue = Open.IsPositive && DueOn < day ? Period.DaysBetween(DueOn.Value, day) : null,
        DueNow = Instalments.Count > 0
            ? Money.Sum(Instalments.Where(part => part.DueOn <= day).Select(part => part.Open), Open.Currency)
            : DueOn <= day ? Open : Money.Zero(Open.Currency),
        Instalments = [.. Instalments.Select(part => part with { IsOverdue = part.Open.IsPositive && part.DueOn < day })],
    };
}

/// <param name="Number">Counted from 1.</param>
/// <param name="Paid">What payments, credit and credit notes fill of it, the earliest part first.</param>
/// <param name="IsOverdue">As of today.</param>
public sealed record InstalmentView(int Number, LocalDate DueOn, Money Amount, Money Paid, Money Open, bool IsOverdue = false)
{
    internal static IReadOnlyList<InstalmentView> Of(IReadOnlyList<Instalment> plan, Money open) =>
    [
        .. InstalmentPlan.Standing(plan, open.Minor).Select(part => new InstalmentView(
            part.Number, part.DueOn, new Money(part.AmountMinor, open.Currency), new Money(part.PaidMinor, open.Currency),
            new Money(part.OpenMinor, open.Currency))),
    ];
}

/// <param name="Status">One of <see cref="InvoiceStatus"/>.</param>
/// <param name="OverdueOn">Only what is open and was due before that day.</param>
public sealed record InvoiceFilter(Guid? ClientId = null, string? Status = null, LocalDate? OverdueOn = null);

/// <summary>A share link without its secret's hash.</summary>
public sealed record ShareLinkView(Guid LinkId, Guid InvoiceId, Instant SharedAt, Instant? RevokedAt);

/// <summary>What a share link opens.</summary>
/// <param name="DocumentId">Of the invoice or the quote.</param>
public sealed record ShareGrant(BookId Book, Guid LinkId, Guid DocumentId, bool IsRevoked);

/// <summary>What one client could be billed for.</summary>
/// <param name="Entries">Billable and on no invoice, in the order of the days; each names its timesheet.</param>
/// <param name="Expenses">Marked to be rebilled and on no invoice.</param>
public sealed record UnbilledWorkView(
    Guid ClientId, IReadOnlyList<TimeEntryView> Entries, IReadOnlyList<ExpenseView> Expenses)
{
    public long DurationSeconds => Entries.Sum(e => e.DurationSeconds);
}

/// <summary>How much unbilled work there is for a client.</summary>
/// <param name="FirstDay">The oldest day with such work or such an expense.</param>
public sealed record UnbilledTotalView(Guid ClientId, int EntryCount, long DurationSeconds, int ExpenseCount, LocalDate FirstDay);
