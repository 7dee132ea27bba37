using Billing.Domain.Values;

namespace Billing.Domain.Retainers;

/// <summary>
/// One period's sums, in seconds or minor units as the retainer counts. Brought forward + granted = used from lots +
/// carried + expired + refunded + carried forward, where what is owed counts below zero.
/// </summary>
/// <param name="BroughtForward">Left of earlier lots, less what was owed.</param>
/// <param name="Granted">By the period itself, bought in it or paid in.</param>
/// <param name="FeeMinor">What the period and the blocks bought in it cost.</param>
/// <param name="UsedFromLots">Work of the period that lots covered.</param>
/// <param name="Billed">Work beyond that is billed.</param>
/// <param name="Carried">Work beyond that is owed to the next grant.</param>
/// <param name="Stopped">Work beyond the cap that waits for approval.</param>
/// <param name="Approved">How much beyond the cap was approved; null for all.</param>
/// <param name="BilledValueMinor">What the billed overage costs at its engagements' rates.</param>
/// <param name="CarriedForward">Null while the period runs.</param>
public sealed record PeriodAccount(
    RetainerPeriod Period, long BroughtForward, long Granted, long FeeMinor, long UsedFromLots, long Billed, long Carried,
    long Stopped, long? Approved, long BilledValueMinor, long Expired, long Refunded, long? CarriedForward)
{
    /// <summary>What surcharges added to the retainer's own rates.</summary>
    public long SurchargeMinor { get; init; }

    /// <summary>All work of the period, what waits for approval included.</summary>
    public long Used => UsedFromLots + Billed + Carried + Stopped;

    /// <summary>What was there to be used; caps are per cent of it.</summary>
    public long Available => Math.Max(0, BroughtForward + Granted);

    /// <summary>What billed overage costs without surcharges: at the rate for it, rounded once, or at its engagements' rates.</summary>
    public long OverageMinor => Period.Terms.Overage.PerHourMinor is { } perHour && Period.Terms.CountsHours()
        ? Rounding.DivideHalfAwayFromZero((Int128)perHour * Billed, 3600)
        : BilledValueMinor;

    /// <summary>What covered work costs where lots are not paid for ahead: the first tier at its rate.</summary>
    public long CoveredMinor => Period.Terms.CoveredPerHourMinor is { } perHour
        ? Rounding.DivideHalfAwayFromZero((Int128)perHour * UsedFromLots, 3600)
        : 0;

    /// <summary>What the client pays for the period. Of prepaid money, what was worked: the deposit was only ahead of
    /// it.</summary>
    public long CostMinor => FeeMinor + CoveredMinor + OverageMinor + SurchargeMinor + (Period.Terms.CountsHours() ? 0 : UsedFromLots);

    /// <summary>One of <see cref="RetainerWarning"/> each.</summary>
    public IEnumerable<string> Warnings()
    {
        var (soft, hard) = (Period.Terms.Caps?.SoftPercent, Period.Terms.Caps?.HardPercent);
        if (Reached(soft)) yield return RetainerWarning.SoftCap;
        if (Reached(hard)) yield return RetainerWarning.HardCap;
        if (Stopped > 0) yield return RetainerWarning.ApprovalNeeded;
        if (Carried > 0) yield return RetainerWarning.OverageOwed;
    }

    /// <summary>How much may be used in all; null for no bound.</summary>
    internal long? Limit()
    {
        var percent = Period.Terms.Overage.Rule == OverageRule.Refuse ? 100 : Period.Terms.Caps?.HardPercent;
        return percent is { } most && Approved is { } approved ? Bounded(((Int128)Available * most / 100) + approved) : null;
    }

    /// <summary>A bound that is no bound any more: books may hold approvals that no sum has room for.</summary>
    internal static long Bounded(Int128 quantity) => (long)Int128.Min(quantity, long.MaxValue);

    private bool Reached(int? percent) => percent is { } most && Used > 0 && (Int128)Used * 100 >= (Int128)Available * most;
}

/// <summary>What the contractor, or the client, should know.</summary>
public static class RetainerWarning
{
    public const string SoftCap = "soft-cap-reached";
    public const string HardCap = "hard-cap-reached";
    public const string ApprovalNeeded = "approval-needed";
    public const string OverageOwed = "overage-owed";
    public const string RebillDue = "rebill-due";
    public const string TopUpDue = "top-up-due";

    /// <summary>Work that was written down late is beyond, although hours are left over: void the invoice of the later work, and bill
    /// both anew.</summary>
    public const string LateWorkBeyond = "late-work-beyond";
}
