using System.Collections.Immutable;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

public abstract record RetainerState
{
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
    Guid LotId, Guid InvoiceId, Guid PaymentId, long FundedMinor, long LeftMinor, LocalDate FundedOn);

/// <param name="Lots">How much came out of each lot; they sum to the amount.</param>
public sealed record RetainerDraw(long AmountMinor, IReadOnlyList<LotDraw> Lots);
