using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Retainers;
using NodaTime;

namespace Billing.Api.Retainers;

/// <summary>Time of a retainer of hours, or money of another; the other of the two is left out.</summary>
public sealed record Quantity(long? Seconds, Money? Amount)
{
    public static Quantity Of(long quantity, bool isHours, Currency currency) =>
        isHours ? new Quantity(quantity, null) : new Quantity(null, new Money(quantity, currency));
}

/// <summary>A retainer and how it stands.</summary>
/// <param name="Lots">Of the money that was paid in; <see cref="Standing"/> has all that was granted.</param>
/// <param name="TaxLeft">What of the balance is sales tax that was charged with its deposits.</param>
/// <param name="Refunds">What was left and is given back, as it came.</param>
public sealed record RetainerDetail(
    Guid RetainerId, Guid ClientId, string? Name, IReadOnlyList<Guid> EngagementIds, string Kind, bool Automatic,
    LocalDate? LastDay, Money Funded, Money Drawn, Money Refunded, Money Balance, Instant AgreedAt, long Version,
    IReadOnlyList<RetainerLotView> Lots, StandingView Standing, Money TaxLeft, IReadOnlyList<RetainerRefundView> Refunds)
{
    public static RetainerDetail Of(RetainerView view, RetainerOnDay retainer) => new(
        view.RetainerId, view.ClientId, view.Name, view.EngagementIds, view.Kind, view.Automatic, view.LastDay, view.Funded,
        view.Drawn, view.Refunded, view.Balance, view.AgreedAt, view.Version, view.Lots, retainer.Standing(), view.TaxLeft,
        RetainerRefundView.Of(retainer.State));
}

/// <param name="SettledOn">When it went out; null while it is due.</param>
/// <param name="Method">cash, cheque, transfer or other.</param>
public sealed record RetainerRefundView(
    Guid RefundId, LocalDate RefundedOn, Money Amount, LocalDate? SettledOn, string? Method, string? Reference)
{
    public static IReadOnlyList<RetainerRefundView> Of(RetainerState.Agreed retainer) =>
    [
        .. retainer.Refunds.Select(refund => (Refund: refund, Settled: retainer.Settlements.GetValueOrDefault(refund.RefundId)))
            .Select(one => new RetainerRefundView(
                one.Refund.RefundId, one.Refund.RefundedOn,
                new Money(one.Refund.Lots.Sum(lot => lot.AmountMinor), retainer.Currency), one.Settled?.SettledOn, one.Settled?.Method,
                one.Settled?.Reference)),
    ];
}

/// <summary>Used and left on a day, with the work that no invoice bills yet.</summary>
/// <param name="Terms">Those that hold on the day; null before the first and after the last.</param>
/// <param name="Period">The period of the day.</param>
/// <param name="UsedInvoiced">What invoices drew in that period, beyond what there was included.</param>
/// <param name="UsedUnbilled">Work of that period that no invoice bills yet.</param>
/// <param name="Left">After both; below zero for hours that are owed.</param>
/// <param name="LeftInvoiced">After what invoices drew alone.</param>
/// <param name="Warnings">Each one of <see cref="RetainerWarning"/>.</param>
/// <param name="TopUpDue">What is to be asked for now; null where nothing is.</param>
/// <param name="NextInvoiceOn">By the terms' cycle.</param>
public sealed record StandingView(
    LocalDate AsOf, TermsBody? Terms, PeriodView? Period, Quantity UsedInvoiced, Quantity UsedUnbilled, Quantity Left,
    Quantity LeftInvoiced, IReadOnlyList<string> Warnings, Money? TopUpDue, LocalDate? NextInvoiceOn, Money Received,
    Money Earned, Money Unearned);

/// <param name="Through">Last day; null where it goes on.</param>
/// <param name="Available">Brought forward and granted.</param>
/// <param name="CarriedForward">Null while it runs.</param>
/// <param name="Cost">What the client pays for it, fee and overage.</param>
/// <param name="EffectivePerHour">The cost by the hours worked; null where it counts money or nothing was worked.</param>
public sealed record PeriodView(
    LocalDate From, LocalDate? Through, Quantity BroughtForward, Quantity Granted, Quantity Available, Quantity Used,
    Quantity UsedFromLots, Quantity Billed, Quantity Carried, Quantity Stopped, Quantity Expired, Quantity Refunded,
    Quantity? CarriedForward, Money Fee, Money Cost, Money? EffectivePerHour, IReadOnlyList<string> Warnings)
{
    public static PeriodView Of(PeriodAccount period, Currency currency)
    {
        var isHours = period.Period.Terms.CountsHours();
        return new PeriodView(
            period.Period.From, period.Period.EndExclusive?.PlusDays(-1), In(period.BroughtForward), In(period.Granted),
            In(period.Available), In(period.Used), In(period.UsedFromLots), In(period.Billed), In(period.Carried),
            In(period.Stopped), In(period.Expired), In(period.Refunded),
            period.CarriedForward is { } forward ? In(forward) : null, new Money(period.FeeMinor, currency),
            new Money(period.CostMinor, currency),
            isHours && period.Used > 0
                ? new Money(Rounding.DivideHalfAwayFromZero((Int128)period.CostMinor * 3600, period.Used), currency)
                : null,
            [.. period.Warnings()]);

        Quantity In(long quantity) => Quantity.Of(quantity, isHours, currency);
    }
}

/// <param name="LastDay">Last day on which it can be used; null for good.</param>
/// <param name="RefundableThrough">Null for as long as it is valid.</param>
/// <param name="Draws">Each drawdown, oldest first.</param>
public sealed record LotView(
    Guid LotId, LocalDate GrantedOn, LocalDate? LastDay, Quantity Granted, Quantity Used, Quantity Expired, Quantity Refunded,
    Quantity Left, Money Price, LocalDate? RefundableThrough, IReadOnlyList<DrawView> Draws);

/// <param name="Day">Of the work, or of the invoice where it counts money.</param>
/// <param name="InvoiceId">The invoice that drew; null for work that no invoice bills yet.</param>
/// <param name="EntryId">That work.</param>
/// <param name="How">One of <see cref="UseOf"/>.</param>
public sealed record DrawView(LocalDate Day, Guid? InvoiceId, Guid? EntryId, Quantity Quantity, string How);

/// <summary>Hours that were bought and count once they are paid.</summary>
/// <param name="InvoiceId">The deposit that asks for the price.</param>
public sealed record AwaitedLotView(Guid LotId, LocalDate BoughtOn, long Seconds, Money Price, Guid? InvoiceId);

/// <summary>Every lot and what was drawn from it.</summary>
/// <param name="Beyond">What no lot covered.</param>
/// <param name="Awaited">Bought by the day, and not paid.</param>
public sealed record LotsView(
    IReadOnlyList<LotView> Lots, IReadOnlyList<DrawView> Beyond, IReadOnlyList<AwaitedLotView> Awaited)
{
    public static LotsView Of(RetainerOnDay retainer)
    {
        var (account, currency) = (retainer.Account, retainer.State.Currency);
        var isHours = account.Terms[0].Terms.CountsHours();
        return new LotsView(
            [
                .. account.Lots.Select(lot => new LotView(
                    lot.LotId, lot.GrantedOn, lot.LastDay, In(lot.Granted), In(lot.Used), In(lot.Expired), In(lot.Refunded),
                    In(lot.Left), new Money(lot.PriceMinor, currency), account.RefundableThrough(lot), Draws(lot.LotId))),
            ],
            Draws(null),
            [
                .. retainer.State.Bought.Where(lot =>
                        lot.CountsOncePaid && lot.BoughtOn <= retainer.Day && !account.Lots.Exists(known => known.LotId == lot.LotId))
                    .Select(lot => new AwaitedLotView(
                        lot.LotId, lot.BoughtOn, lot.Seconds, new Money(lot.PriceMinor, currency), lot.InvoiceId)),
            ]);

        Quantity In(long quantity) => Quantity.Of(quantity, isHours, currency);

        IReadOnlyList<DrawView> Draws(Guid? lotId) =>
        [
            .. account.Uses.Where(use => use.LotId == lotId)
                .Select(use => new DrawView(use.Day, use.InvoiceId, use.WorkId, In(use.Quantity), use.How)),
        ];
    }
}

/// <summary>One client's retainers on a day. What was received is earned or unearned; more is earned than that where hours
/// were used that nobody has paid for yet.</summary>
/// <param name="Received">Paid in, less what was given back. Where deposits bear sales tax, all three have it in them for money that
/// invoices draw, and not for hours.</param>
/// <param name="Earned">Drawn by invoices, or expired.</param>
/// <param name="Unearned">Paid in and still owed to the client in work or money.</param>
public sealed record UnearnedView(Guid ClientId, Money Received, Money Earned, Money Unearned);

/// <param name="From">First day of the work.</param>
/// <param name="Agreed">The retainer's own terms.</param>
/// <param name="Other">The terms that were sent.</param>
/// <param name="CostDifference">Other less agreed: below zero where the other would have been cheaper for the client.</param>
/// <param name="ExpiredSecondsDifference">Hours that would have gone unused; null where either counts money.</param>
public sealed record SimulationView(
    LocalDate From, LocalDate Through, long WorkedSeconds, Money WorkedValue, SimulatedView Agreed, SimulatedView Other,
    Money CostDifference, long? ExpiredSecondsDifference, long? OverageSecondsDifference);

public sealed record SimulatedView(
    TermsBody Terms, Money Cost, Quantity Used, Quantity Expired, Quantity Overage, Quantity Stopped,
    IReadOnlyList<PeriodView> Periods)
{
    public static SimulatedView Of(RetainerTerms terms, SimulatedPolicy policy, Currency currency)
    {
        return new SimulatedView(
            TermsBody.Of(terms, currency), new Money(policy.CostMinor, currency), In(policy.Used), In(policy.Expired),
            In(policy.Overage), In(policy.Stopped),
            [.. policy.Account.Periods.Select(period => PeriodView.Of(period, currency))]);

        Quantity In(long quantity) => Quantity.Of(quantity, terms.CountsHours(), currency);
    }
}
