using Billing.Api.Http;
using Billing.Domain.RecurringInvoices;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Retainers;

/// <summary>A retainer's policy, as it is sent and shown. What a kind does not have is left out.</summary>
/// <param name="Kind">prepaid-money, hours-per-period, hour-block, evergreen, flat-fee or tiers.</param>
/// <param name="Automatic">Whether invoices use it without naming it.</param>
/// <param name="Priority">Of several, the lowest is used first; hours before money all the same.</param>
/// <param name="Fee">Of a period, or of a block.</param>
/// <param name="IncludedSeconds">Hours of a period, of a block, or of the first tier.</param>
/// <param name="CoveredPerHour">What an hour of the first tier costs.</param>
/// <param name="Period">Of hours per period, flat fees and tiers, and where evergreen money is asked for by interval.</param>
/// <param name="Unused">What becomes of a period's rest; left out, it expires.</param>
/// <param name="OrderOfUse">base-first, the period's own hours first, or oldest-first; left out, oldest-first.</param>
/// <param name="Overage">What becomes of work beyond what is there; left out, it is billed at its engagements' rates.</param>
/// <param name="Caps">Of what is there in a period; left out, nothing warns or stops.</param>
/// <param name="Block">Of hour blocks only.</param>
/// <param name="Evergreen">Of evergreen retainers only.</param>
/// <param name="Cycle">On which days it is invoiced; left out, that is not agreed.</param>
/// <param name="RefundDays">How long after its grant the rest can be refunded; left out, as long as it is valid.</param>
public sealed record TermsBody(
    [property: Text(40), OneOf(typeof(RetainerKind), nameof(RetainerKind.All))] string Kind, bool Automatic = false, int Priority = 0,
    Money? Fee = null, long? IncludedSeconds = null,
    Money? CoveredPerHour = null, PeriodBody? Period = null, UnusedBody? Unused = null,
    [property: Text(40)] string? OrderOfUse = null, OverageBody? Overage = null, CapsBody? Caps = null, BlockBody? Block = null,
    EvergreenBody? Evergreen = null, int? RefundDays = null, RetainerCycleBody? Cycle = null)
{
    /// <summary>The one currency of all amounts; null where there are none.</summary>
    /// <param name="isMixed">There are several.</param>
    public Currency? CurrencyOf(out bool isMixed)
    {
        Money?[] amounts =
            [Fee, CoveredPerHour, Overage?.PerHour, Evergreen?.Floor, Evergreen?.Target, Evergreen?.Fixed, Evergreen?.Cap];
        var currencies = amounts.Where(amount => amount is not null).Select(amount => amount!.Value.Currency).Distinct().ToList();
        isMixed = currencies.Count > 1;
        return currencies.FirstOrDefault();
    }

    public RetainerTerms ToTerms() => new(
        Kind, Automatic, Priority, Fee?.Minor, IncludedSeconds, CoveredPerHour?.Minor,
        Period is { } p ? new PeriodTerms(p.Unit, p.Every, p.Anchor, p.Prorated) : null,
        Unused is { } u
            ? new UnusedTerms(u.Rule, u.Periods, u.MaxCarriedSeconds)
            : new UnusedTerms(UnusedRule.Expire, null, null),
        OrderOfUse ?? Billing.Domain.Retainers.OrderOfUse.OldestFirst,
        Overage is { } o ? new OverageTerms(o.Rule, o.PerHour?.Minor) : new OverageTerms(OverageRule.Bill, null),
        Caps is { } c ? new CapTerms(c.SoftPercent, c.HardPercent) : null,
        Block is { } b ? new BlockTerms(b.ExpiryDays, b.RenewalDays, b.RebillAtPercent, b.HoursCount, b.RequestMode) : null,
        Evergreen is { } e
            ? new EvergreenTerms(e.Floor.Minor, e.Target.Minor, e.Trigger, e.Fixed?.Minor, e.Cap?.Minor, e.RequestMode)
            : null,
        RefundDays, Cycle is { } days ? new CycleTerms(days.Rule, days.Weeks, days.Days ?? []) : null);

    public static TermsBody Of(RetainerTerms terms, Currency currency)
    {
        return new TermsBody(
            terms.Kind, terms.Automatic, terms.Priority, Amount(terms.FeeMinor), terms.IncludedSeconds,
            Amount(terms.CoveredPerHourMinor),
            terms.Period is { } p ? new PeriodBody(p.Unit, p.Anchor, p.Every, p.Prorated) : null,
            new UnusedBody(terms.Unused.Rule, terms.Unused.Periods, terms.Unused.MaxCarried), terms.OrderOfUse,
            new OverageBody(terms.Overage.Rule, Amount(terms.Overage.PerHourMinor)),
            terms.Caps is { } c ? new CapsBody(c.SoftPercent, c.HardPercent) : null,
            terms.Block is { } b
                ? new BlockBody(
                    b.ExpiryDays, b.RenewalDays, b.RebillAtPercent, b.HoursCount ?? HoursCount.AtOnce,
                    b.RequestMode ?? RequestMode.ByHand)
                : null,
            terms.Evergreen is { } e
                ? new EvergreenBody(
                    new Money(e.FloorMinor, currency), new Money(e.TargetMinor, currency), e.Trigger, Amount(e.FixedMinor),
                    Amount(e.CapMinor), e.RequestMode ?? RequestMode.ByHand)
                : null,
            terms.RefundDays, terms.Cycle is { } days ? new RetainerCycleBody(days.Rule, days.Weeks, days.Days) : null);

        Money? Amount(long? minor) => minor is { } known ? new Money(known, currency) : null;
    }
}

/// <param name="Unit">week or month.</param>
/// <param name="Anchor">A day on which a period begins.</param>
/// <param name="Every">So many units make a period.</param>
public sealed record PeriodBody([property: Text(40)] string Unit, LocalDate Anchor, int Every = 1, bool Prorated = false);

/// <param name="Rule">expire or roll-over.</param>
/// <param name="Periods">For how many further periods; left out, for good.</param>
public sealed record UnusedBody(
    [property: Text(40), OneOf(typeof(UnusedRule), nameof(UnusedRule.All))] string Rule,
    int? Periods = null, long? MaxCarriedSeconds = null);

/// <param name="Rule">bill, carry or refuse.</param>
/// <param name="PerHour">Left out, the engagement's own rate.</param>
public sealed record OverageBody(
    [property: Text(40), OneOf(typeof(OverageRule), nameof(OverageRule.All))] string Rule, Money? PerHour = null);

/// <param name="SoftPercent">Warns once so many per cent of what is there are used; no more than the hard one.</param>
/// <param name="HardPercent">What goes beyond so many per cent stops until it is approved; 100 or more.</param>
public sealed record CapsBody(int? SoftPercent = null, int? HardPercent = null);

/// <param name="ExpiryDays">A block can be used on its first day and on so many days after it; left out, for good.</param>
/// <param name="RenewalDays">A renewal makes what is left last for so many days from then; left out, there is none.</param>
/// <param name="RebillAtPercent">The next block is due once so many per cent of the last one are used; left out, never.</param>
/// <param name="HoursCount">at-once, from the day on which they are bought, or once-paid, from the day on which they are.</param>
/// <param name="RequestMode">How the next block is asked for when it is due: by-hand, or by the server as a draft, with finalize as an
/// invoice, with send mailed too.</param>
public sealed record BlockBody(
    int? ExpiryDays = null, int? RenewalDays = null, int? RebillAtPercent = null,
    [property: Text(40)] string HoursCount = Domain.Retainers.HoursCount.AtOnce,
    [property: Text(40)] string RequestMode = RecurringMode.Draft);

/// <param name="Floor">A balance below it calls for more.</param>
/// <param name="Target">What it is filled up to.</param>
/// <param name="Trigger">threshold, below the floor; or interval, at each period's start, below the target.</param>
/// <param name="Fixed">Ask for this much each time; left out, as much as is missing to the target.</param>
/// <param name="Cap">Never ask for more than this at once.</param>
/// <param name="RequestMode">How it is asked for when it is due: by-hand, or by the server as a draft, with finalize as an invoice,
/// with send mailed too.</param>
public sealed record EvergreenBody(
    Money Floor, Money Target, [property: Text(40)] string Trigger = EvergreenTerms.Threshold, Money? Fixed = null,
    Money? Cap = null, [property: Text(40)] string RequestMode = RecurringMode.Draft);

/// <param name="Rule">monthly, semi-monthly, weeks or own-days.</param>
public sealed record RetainerCycleBody(
    [property: Text(40), OneOf(typeof(CycleRule), nameof(CycleRule.All))] string Rule,
    int? Weeks = null, IReadOnlyList<LocalDate>? Days = null);
