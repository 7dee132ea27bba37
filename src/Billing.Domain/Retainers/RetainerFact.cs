using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>
/// What a retainer's account is reckoned from. The books make it of events and of unbilled work, the simulation of work
/// alone. Facts of one day are taken in the order of their kinds and then of their ids, however they came.
/// </summary>
public abstract record RetainerFact(LocalDate Day, Guid Id)
{
    /// <summary>Money was paid in. Where it counts money it is a lot, which carries the payment's id; where it counts hours
    /// it pays for what is granted.</summary>
    public sealed record Funded(LocalDate Day, Guid LotId, long AmountMinor) : RetainerFact(Day, LotId);

    /// <summary>A block of hours was bought.</summary>
    public sealed record Bought(LocalDate Day, Guid LotId, long Seconds, long PriceMinor) : RetainerFact(Day, LotId);

    /// <summary>What is left of blocks lasts longer.</summary>
    public sealed record Renewed(LocalDate Day, Guid RenewalId) : RetainerFact(Day, RenewalId);

    /// <param name="Day">One of the period that it is for.</param>
    /// <param name="Quantity">How much beyond the cap is approved in that period; null for all of it.</param>
    public sealed record Approved(LocalDate Day, Guid ApprovalId, long? Quantity) : RetainerFact(Day, ApprovalId);

    /// <summary>What an invoice drew; it stands as it was frozen.</summary>
    /// <param name="LotId">Null for what no lot covered.</param>
    /// <param name="How">One of <see cref="UseOf"/>.</param>
    public sealed record Drawn(LocalDate Day, Guid InvoiceId, Guid? LotId, long Quantity, string How, long ValueMinor)
        : RetainerFact(Day, InvoiceId)
    {
        /// <summary>What surcharges added to the retainer's own rate.</summary>
        public long SurchargeMinor { get; init; }
    }

    /// <summary>Work that no invoice has drawn for yet.</summary>
    /// <param name="Seconds">Time as it would be billed.</param>
    /// <param name="ValueMinor">What it costs at the rate of its engagement.</param>
    /// <param name="MayExceed">False where another retainer comes next, so that the rest is left to that one.</param>
    public sealed record Worked(LocalDate Day, Guid WorkId, long Seconds, long ValueMinor, bool MayExceed = true)
        : RetainerFact(Day, WorkId)
    {
        /// <summary>What surcharges add to all of it where a lot covers it at a rate.</summary>
        public long CoveredSurchargeMinor { get; init; }

        /// <summary>What they add to all of it at the rate for work beyond; 0 where that is the engagement's.</summary>
        public long BeyondSurchargeMinor { get; init; }
    }

    /// <summary>The rest of a lot was given back.</summary>
    /// <param name="AmountMinor">The money for it: never more than was paid.</param>
    public sealed record Refunded(LocalDate Day, Guid RefundId, Guid LotId, long Quantity, long AmountMinor)
        : RetainerFact(Day, RefundId);

    /// <summary>The order in which facts are taken.</summary>
    public static IEnumerable<RetainerFact> InOrder(IEnumerable<RetainerFact> facts) =>
        facts.OrderBy(fact => fact.Day).ThenBy(fact => fact.Rank).ThenBy(fact => fact.Id).ThenBy(fact => fact.Detail);

    private int Rank => this switch
    {
        Funded => 0,
        Bought => 1,
        Renewed => 2,
        Approved => 3,
        Drawn => 4,
        Worked => 5,
        Refunded => 6,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Tells the parts of one draw or refund apart.</summary>
    private Guid Detail => this switch
    {
        Drawn drawn => drawn.LotId ?? Guid.Empty,
        Refunded refunded => refunded.LotId,
        _ => Guid.Empty,
    };
}

/// <summary>What became of work, or of a part of it.</summary>
public static class UseOf
{
    /// <summary>Covered by a lot.</summary>
    public const string Lot = "lot";

    /// <summary>Beyond what is there, and billed.</summary>
    public const string Billed = "billed";

    /// <summary>Beyond what is there, and owed to the next grant.</summary>
    public const string Carried = "carried";

    /// <summary>Carried from before, and now taken from a lot.</summary>
    public const string PaidOff = "paid-off";

    /// <summary>Beyond the cap: it waits for approval.</summary>
    public const string Stopped = "stopped";
}

/// <summary>One drawdown with the lot it came from.</summary>
/// <param name="Day">Of the work, or of the invoice where money is drawn.</param>
/// <param name="WorkId">Work that no invoice has drawn for yet.</param>
/// <param name="InvoiceId">The invoice that drew; null for what is not billed yet.</param>
/// <param name="How">One of <see cref="UseOf"/>.</param>
/// <param name="ValueMinor">What this part costs at its engagement's rate.</param>
public sealed record RetainerUse(
    LocalDate Day, Guid? WorkId, Guid? InvoiceId, Guid? LotId, long Quantity, string How, long ValueMinor)
{
    /// <summary>What surcharges add to the retainer's own rate; 0 where it costs nothing, or what it costs at its engagement's.</summary>
    public long SurchargeMinor { get; init; }
}
