using Billing.Api.Http;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Retainers;

/// <summary>A retainer's policy, as it is sent and shown. What a kind does not have is left out.</summary>
/// <param name="Kind">One of <see cref="RetainerKind"/>.</param>
/// <param name="Automatic">Whether invoices use it without naming it.</param>
/// <param name="Priority">Of several, the lowest is used first; hours before money all the same.</param>
/// <param name="Fee">Of a period, or of a block.</param>
/// <param name="IncludedSeconds">Hours of a period, of a block, or of the first tier.</param>
/// <param name="CoveredPerHour">What an hour of the first tier costs.</param>
/// <param name="OrderOfUse">base-first or oldest-first.</param>
/// <param name="RefundDays">How long after its grant the rest can be refunded; left out, as long as it is valid.</param>
public sealed record TermsBody(
    [property: Text(40)] string Kind, bool Automatic = false, int Priority = 0, Money? Fee = null, long? IncludedSeconds = null,
    Money? CoveredPerHour = null, PeriodBody? Period = null, UnusedBody? Unused = null,
    [property: Text(40)] string? OrderOfUse = null, OverageBody? Overage = null, CapsBody? Caps = null, BlockBody? Block = null,
    EvergreenBody? Evergreen = null, int? RefundDays = null, CycleBody? Cycle = null)
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
        Block is { } b ? new BlockTerms(b.ExpiryDays, b.RenewalDays, b.RebillAtPercent) : null,
        Evergreen is { } e ? new EvergreenTerms(e.Floor.Minor, e.Target.Minor, e.Trigger, e.Fixed?.Minor, e.Cap?.Minor) : null,
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
            terms.Block is { } b ? new BlockBody(b.ExpiryDays, b.RenewalDays, b.RebillAtPercent) : null,
            terms.Evergreen is { } e
                ? new EvergreenBody(
                    new Money(e.FloorMinor, currency), new Money(e.TargetMinor, currency), e.Trigger, Amount(e.FixedMinor),
                    Amount(e.CapMinor))
                : null,
            terms.RefundDays, terms.Cycle is { } days ? new CycleBody(days.Rule, days.Weeks, days.Days) : null);

        Money? Amount(long? minor) => minor is { } known ? new Money(known, currency) : null;
    }
}

/// <param name="Unit">week or month.</param>
/// <param name="Anchor">A day on which a period begins.</param>
/// <param name="Every">So many units make a period.</param>
public sealed record PeriodBody([property: Text(40)] string Unit, LocalDate Anchor, int Every = 1, bool Prorated = false);

/// <param name="Rule">expire or roll-over.</param>
/// <param name="Periods">For how many further periods; left out, for good.</param>
public sealed record UnusedBody([property: Text(40)] string Rule, int? Periods = null, long? MaxCarriedSeconds = null);

/// <param name="Rule">bill, carry or refuse.</param>
/// <param name="PerHour">Left out, the engagement's own rate.</param>
public sealed record OverageBody([property: Text(40)] string Rule, Money? PerHour = null);

public sealed record CapsBody(int? SoftPercent = null, int? HardPercent = null);

public sealed record BlockBody(int? ExpiryDays = null, int? RenewalDays = null, int? RebillAtPercent = null);

/// <param name="Trigger">threshold or interval.</param>
/// <param name="Fixed">Left out, as much as is missing to the target.</param>
public sealed record EvergreenBody(
    Money Floor, Money Target, [property: Text(40)] string Trigger = EvergreenTerms.Threshold, Money? Fixed = null,
    Money? Cap = null);

/// <param name="Rule">monthly, semi-monthly, weeks or own-days.</param>
public sealed record CycleBody(
    [property: Text(40)] string Rule, int? Weeks = null, IReadOnlyList<LocalDate>? Days = null);
