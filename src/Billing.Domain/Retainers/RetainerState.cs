using System.Collections.Immutable;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.Retainers.RetainerEvent;

namespace Billing.Domain.Retainers;

public abstract record RetainerState
{
    private static readonly ImmutableList<DatedTerms> PrepaidMoney =
        [new DatedTerms(new LocalDate(1900, 1, 1), RetainerTerms.Plain(RetainerKind.PrepaidMoney))];

    private RetainerState() { }

    public sealed record NotAgreed : RetainerState;

    /// <param name="EngagementIds">Whose work may draw on it; empty for all of the client's.</param>
    /// <param name="Lots">Oldest first, by the day they were funded and then as they came; used-up lots stay.</param>
    /// <param name="Draws">What each invoice has drawn and not given back.</param>
    /// <param name="ReversedInvoiceIds">Invoices that gave back what they had drawn.</param>
    public sealed record Agreed(
        Guid RetainerId, Guid ClientId, Currency Currency, string? Name, IReadOnlyList<Guid> EngagementIds,
        ImmutableList<RetainerLot> Lots, ImmutableDictionary<Guid, RetainerDraw> Draws,
        ImmutableHashSet<Guid> ReversedInvoiceIds) : RetainerState
    {
        public required Instant AgreedAt { get; init; }

        /// <summary>In the order of their days; empty for prepaid money that is used by hand.</summary>
        public ImmutableList<DatedTerms> OwnTerms { get; init; } = [];

        public ImmutableList<BoughtHours> Bought { get; init; } = [];

        /// <summary>What each invoice has used and not given back, in hours.</summary>
        public ImmutableDictionary<Guid, HoursDraw> HoursDraws { get; init; } = ImmutableDictionary<Guid, HoursDraw>.Empty;

        public ImmutableList<RetainerRenewed> Renewals { get; init; } = [];

        public ImmutableList<RetainerOverageApproved> Approvals { get; init; } = [];

        public ImmutableList<RetainerTopUpRequested> TopUps { get; init; } = [];

        /// <summary>Nothing was paid in since a top-up was asked for.</summary>
        public bool AwaitsTopUp { get; init; }

        /// <summary>First days of the periods whose fees were asked for.</summary>
        public ImmutableHashSet<LocalDate> FeesRequested { get; init; } = [];

        public ImmutableList<RetainerRefunded> Refunds { get; init; } = [];

        /// <summary>Of the refunds, those that went out.</summary>
        public ImmutableDictionary<Guid, RetainerRefundSettled> Settlements { get; init; } =
            ImmutableDictionary<Guid, RetainerRefundSettled>.Empty;

        /// <summary>What payments had put in and went back.</summary>
        public ImmutableList<RetainerFundingTakenBack> TakenBack { get; init; } = [];

        /// <summary>Null while it goes on.</summary>
        public LocalDate? LastDay { get; init; }

        /// <summary>The terms that hold, one at least.</summary>
        public ImmutableList<DatedTerms> Terms => OwnTerms.IsEmpty ? PrepaidMoney : OwnTerms;

        public bool CountsHours => Terms[0].Terms.CountsHours();

        /// <summary>Of the terms that were agreed last.</summary>
        public int Priority => Terms[^1].Terms.Priority;

        /// <summary>What is left to draw, in minor units.</summary>
        public long BalanceMinor => Lots.Sum(lot => lot.LeftMinor);

        /// <summary>Whether a line of this engagement may draw; a line of none only where the retainer is for
        /// everything.</summary>
        public bool Covers(Guid? engagementId) =>
            EngagementIds.Count == 0 || (engagementId is { } id && EngagementIds.Contains(id));
    }
}

/// <summary>What one payment of a deposit invoice put in, and what is left of it.</summary>
public sealed record RetainerLot(
    Guid LotId, Guid InvoiceId, Guid PaymentId, long FundedMinor, long LeftMinor, LocalDate FundedOn)
{
    /// <summary>The tax that it came with; null where it bears none.</summary>
    public LotTax? Tax { get; init; }

    /// <summary>What of the tax is in what is left.</summary>
    public long TaxLeftMinor { get; init; }

    /// <summary>What of the tax goes along with a part of what is left: the rest keeps its share, rounded, so that all of the tax has
    /// gone once nothing is left.</summary>
    internal long? TaxIn(long amountMinor) => Tax is null
        ? null
        : TaxLeftMinor - (LeftMinor == 0
            ? 0
            : Rounding.DivideHalfAwayFromZero((Int128)TaxLeftMinor * (LeftMinor - amountMinor), LeftMinor));
}

/// <param name="Lots">How much came out of each lot; they sum to the amount.</param>
public sealed record RetainerDraw(long AmountMinor, IReadOnlyList<LotDraw> Lots, LocalDate DrawnOn);

/// <summary>A block of hours.</summary>
/// <param name="InvoiceId">The deposit that asks for its price; null where none does.</param>
/// <param name="CountsOncePaid">Whether that must be paid before the hours can be used.</param>
public sealed record BoughtHours(
    Guid LotId, long Seconds, long PriceMinor, LocalDate BoughtOn, Guid? InvoiceId, bool CountsOncePaid);

public sealed record HoursDraw(IReadOnlyList<HoursUse> Uses, LocalDate DrawnOn);
