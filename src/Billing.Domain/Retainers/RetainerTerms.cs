using Billing.Domain.RecurringInvoices;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>
/// What was agreed for a retainer: a policy as data, so that no client needs code of their own. Amounts are minor units of
/// the client's currency, times whole seconds; quantities are seconds where it counts hours and minor units where it
/// counts money.
/// </summary>
/// <param name="Kind">One of <see cref="RetainerKind"/>.</param>
/// <param name="Automatic">Whether invoices use it without naming it.</param>
/// <param name="Priority">Of several, the lowest is used first; hours before money all the same.</param>
/// <param name="FeeMinor">What a period costs, or a block; null where money itself is what is prepaid.</param>
/// <param name="IncludedSeconds">Hours of a period, of a block, or of the first tier.</param>
/// <param name="CoveredPerHourMinor">What an hour of the first tier costs; null where covered hours are paid by the
/// fee.</param>
/// <param name="Period">Null where it has none: blocks and money last until they are used, or expire.</param>
/// <param name="OrderOfUse">One of <see cref="Retainers.OrderOfUse"/>.</param>
/// <param name="Caps">Null where nothing warns or stops.</param>
/// <param name="Block">Of a block of hours.</param>
/// <param name="RefundDays">How long after a lot was granted its rest can be refunded: 0 on that day only, null for as
/// long as it is valid.</param>
/// <param name="Cycle">On which days it is invoiced; null where that is not agreed.</param>
public sealed record RetainerTerms(
    string Kind, bool Automatic, int Priority, long? FeeMinor, long? IncludedSeconds, long? CoveredPerHourMinor,
    PeriodTerms? Period, UnusedTerms Unused, string OrderOfUse, OverageTerms Overage, CapTerms? Caps, BlockTerms? Block,
    EvergreenTerms? Evergreen, int? RefundDays, CycleTerms? Cycle)
{
    /// <summary>What a retainer without terms of its own has: money ahead, used by hand, until it is gone.</summary>
    public static RetainerTerms Plain(string kind) => new(
        kind, Automatic: false, Priority: 0, null, null, null, null, new UnusedTerms(UnusedRule.Expire, null, null),
        Retainers.OrderOfUse.OldestFirst, new OverageTerms(OverageRule.Bill, null), null, null, null, null, null);

    /// <summary>Whether its quantities are seconds; else they are money.</summary>
    public bool CountsHours() => Kind is not (RetainerKind.PrepaidMoney or RetainerKind.Evergreen);
}

/// <param name="Unit">week or month.</param>
/// <param name="Every">So many units make a period: a quarter is 3 months.</param>
/// <param name="Anchor">A day on which a period begins. On the 31st, shorter months begin theirs on their last
/// day.</param>
/// <param name="Prorated">Whether a first or last period that is cut short includes, and costs, its share by
/// days.</param>
public sealed record PeriodTerms(string Unit, int Every, LocalDate Anchor, bool Prorated)
{
    public const string Week = "week";
    public const string Month = "month";
}

/// <param name="Rule">One of <see cref="UnusedRule"/>.</param>
/// <param name="Periods">For how many further periods it can be used; null for good.</param>
/// <param name="MaxCarried">At most so much is carried from one period into the next; what is older goes first.</param>
public sealed record UnusedTerms(string Rule, int? Periods, long? MaxCarried);

/// <param name="Rule">One of <see cref="OverageRule"/>.</param>
/// <param name="PerHourMinor">What an hour beyond costs; null for the engagement's own rate.</param>
public sealed record OverageTerms(string Rule, long? PerHourMinor);

/// <param name="SoftPercent">Warns once so much of what is there was used.</param>
/// <param name="HardPercent">Stops what goes beyond, until it is approved.</param>
public sealed record CapTerms(int? SoftPercent, int? HardPercent);

/// <param name="ExpiryDays">A block can be used on the day it is bought and on so many days after it; null for good.</param>
/// <param name="RenewalDays">A renewal makes what is left last for so many days from then; null where it can't be
/// renewed.</param>
/// <param name="RebillAtPercent">The next block is due once so much of the last one is used.</param>
/// <param name="HoursCount">One of <see cref="Retainers.HoursCount"/>; null for at once.</param>
/// <param name="RequestMode">One of <see cref="Retainers.RequestMode"/>: how the next block is asked for when it is due; null for by
/// hand.</param>
public sealed record BlockTerms(
    int? ExpiryDays, int? RenewalDays, int? RebillAtPercent, string? HoursCount = null, string? RequestMode = null);

/// <param name="FloorMinor">A balance below it calls for more.</param>
/// <param name="TargetMinor">What it is filled up to.</param>
/// <param name="Trigger">threshold: below the floor; interval: at each period's start, below the target.</param>
/// <param name="FixedMinor">Ask for this much each time; null for as much as is missing to the target.</param>
/// <param name="CapMinor">Never ask for more than this at once.</param>
/// <param name="RequestMode">One of <see cref="Retainers.RequestMode"/>: how it is asked for; null for by hand.</param>
public sealed record EvergreenTerms(
    long FloorMinor, long TargetMinor, string Trigger, long? FixedMinor, long? CapMinor, string? RequestMode = null)
{
    public const string Threshold = "threshold";
    public const string Interval = "interval";
}

/// <param name="Rule">One of <see cref="CycleRule"/>.</param>
/// <param name="Weeks">Every so many weeks, from the first of the days.</param>
/// <param name="Days">The day that weeks are counted from, or days of its own.</param>
public sealed record CycleTerms(string Rule, int? Weeks, IReadOnlyList<LocalDate> Days);

/// <summary>Terms that hold from a day on, until others do.</summary>
public sealed record DatedTerms(LocalDate From, RetainerTerms Terms);

public static class RetainerKind
{
    /// <summary>Deposits are drawn down by invoices.</summary>
    public const string PrepaidMoney = "prepaid-money";

    /// <summary>A fee for each period includes hours.</summary>
    public const string HoursPerPeriod = "hours-per-period";

    /// <summary>Hours bought at once, of no period.</summary>
    public const string HourBlock = "hour-block";

    /// <summary>Prepaid money that is filled up whenever it runs low.</summary>
    public const string Evergreen = "evergreen";

    /// <summary>A fee for each period, whatever the hours; they are kept to see what an hour brought.</summary>
    public const string FlatFee = "flat-fee";

    /// <summary>The first hours of each period at one rate, the rest at another.</summary>
    public const string Tiers = "tiers";

    public static IReadOnlyList<string> All { get; } =
        [PrepaidMoney, HoursPerPeriod, HourBlock, Evergreen, FlatFee, Tiers];
}

/// <summary>From when on bought hours can be used.</summary>
public static class HoursCount
{
    /// <summary>From the day on which they were bought.</summary>
    public const string AtOnce = "at-once";

    /// <summary>From the day on which all of the price was paid.</summary>
    public const string OncePaid = "once-paid";

    public static IReadOnlyList<string> All { get; } = [AtOnce, OncePaid];
}

/// <summary>How the next block, or what fills money up, is asked for once it is due.</summary>
public static class RequestMode
{
    /// <summary>By whoever sees that it is due.</summary>
    public const string ByHand = "by-hand";

    /// <summary>By the server itself, as far as invoices that recur are taken.</summary>
    public static IReadOnlyList<string> Automatic => RecurringMode.All;

    public static IReadOnlyList<string> All { get; } = [ByHand, .. RecurringMode.All];
}

/// <summary>What becomes of a period's rest.</summary>
public static class UnusedRule
{
    public const string Expire = "expire";
    public const string RollOver = "roll-over";

    public static IReadOnlyList<string> All { get; } = [Expire, RollOver];
}

/// <summary>Which lot is used first.</summary>
public static class OrderOfUse
{
    /// <summary>The period's own, then what was rolled over, oldest first.</summary>
    public const string BaseFirst = "base-first";

    public const string OldestFirst = "oldest-first";

    public static IReadOnlyList<string> All { get; } = [BaseFirst, OldestFirst];
}

/// <summary>What becomes of work beyond what is there.</summary>
public static class OverageRule
{
    /// <summary>Billed, at the rate for it.</summary>
    public const string Bill = "bill";

    /// <summary>Owed, and taken from what is granted next.</summary>
    public const string Carry = "carry";

    /// <summary>Not to be done without approval; what is approved is billed.</summary>
    public const string Refuse = "refuse";

    public static IReadOnlyList<string> All { get; } = [Bill, Carry, Refuse];
}

/// <summary>On which days a retainer is invoiced.</summary>
public static class CycleRule
{
    /// <summary>On the first of each month.</summary>
    public const string Monthly = "monthly";

    /// <summary>On the 1st and the 15th.</summary>
    public const string SemiMonthly = "semi-monthly";

    public const string Weeks = "weeks";

    /// <summary>On days that are named.</summary>
    public const string OwnDays = "own-days";

    public static IReadOnlyList<string> All { get; } = [Monthly, SemiMonthly, Weeks, OwnDays];
}
