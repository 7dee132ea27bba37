using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <content>How it stands: what is due, earned and to be warned of.</content>
public sealed partial record RetainerAccount
{
    /// <summary>What was granted and used, or has expired. A flat fee is earned day by day.</summary>
    /// <param name="day">The day of the account.</param>
    public long EarnedMinor(LocalDate day)
    {
        var earned = Lots.Sum(lot => lot.EarnedMinor);
        if (Current is not { Period: { Terms.Kind: RetainerKind.FlatFee, EndExclusive: { } end } period } current) return earned;
        var daysToCome = Period.DaysBetween(day, end) - 1;
        return earned - Rounding.DivideHalfAwayFromZero(
            (Int128)current.FeeMinor * daysToCome, Period.DaysBetween(period.From, end));
    }

    /// <summary>What was paid in and is not earned yet: owed to the client in work or in money.</summary>
    public long UnearnedMinor(LocalDate day) => Math.Max(0, ReceivedMinor - EarnedMinor(day));

    /// <summary>How much of a top-up is due; 0 where none is. Only what was paid counts, not what was asked for.</summary>
    public long TopUpDueMinor()
    {
        if (Current is not { Period.Terms.Evergreen: { } evergreen } current) return 0;
        var isDue = evergreen.Trigger == EvergreenTerms.Interval
            ? current.Granted == 0 && Balance < evergreen.TargetMinor
            : Balance < evergreen.FloorMinor;
        if (!isDue) return 0;
        return Math.Min(evergreen.FixedMinor ?? evergreen.TargetMinor - Balance, evergreen.CapMinor ?? long.MaxValue);
    }

    /// <summary>Whether so much of the last block was used that the next is due: once for each block, and not for one that has
    /// expired.</summary>
    public bool IsRebillDue() => Current?.Period.Terms.Block?.RebillAtPercent is { } percent
        && Lots.FindLast(lot => lot.PeriodFrom is null) is { IsOver: false } last
        && (Int128)last.Used * 100 >= (Int128)last.Granted * percent;

    /// <summary>Whether unbilled work is beyond only because it came late: an invoice of later work has drawn the hours of its day, and
    /// hours that were granted meanwhile lie idle. Draws stay as they were frozen, so that voiding that invoice and billing both anew
    /// is what helps (adr/0022).</summary>
    public bool HasLateWorkBeyond() => Uses.Exists(late =>
        late is { WorkId: not null, How: UseOf.Billed or UseOf.Stopped or UseOf.Carried }
        && Uses.Exists(drawn => drawn is { InvoiceId: not null, LotId: not null } && drawn.Day > late.Day
            && Lots.Exists(lot => lot.LotId == drawn.LotId && lot.GrantedOn <= late.Day)
            && Lots.Exists(lot => lot.GrantedOn > late.Day && lot.GrantedOn <= drawn.Day && lot.Expired + lot.Free > 0)));

    /// <summary>One of <see cref="RetainerWarning"/> each, of the running period.</summary>
    public IReadOnlyList<string> Warnings() =>
    [
        .. Current?.Warnings() ?? [],
        .. IsRebillDue() ? [RetainerWarning.RebillDue] : Array.Empty<string>(),
        .. HasLateWorkBeyond() ? [RetainerWarning.LateWorkBeyond] : Array.Empty<string>(),
        .. TopUpDueMinor() > 0 ? [RetainerWarning.TopUpDue] : Array.Empty<string>(),
    ];

    /// <summary>The last day on which the rest of a lot can be refunded; null for as long as it is valid.</summary>
    public LocalDate? RefundableThrough(LotAccount lot) =>
        TermsOn(lot.GrantedOn).RefundDays is { } days ? lot.GrantedOn.PlusDays(days) : lot.LastDay;
}
