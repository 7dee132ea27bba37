using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Ledger;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>What to put aside of the money that clients pay. Shares are decimal text from 0 to 1, such as <c>0.2305</c>.</summary>
/// <param name="Average">Of a dollar of the year's profit, the tax on it; null where no profit is expected.</param>
/// <param name="Marginal">Of the next dollar of profit, the tax on it.</param>
/// <param name="ExpenseShare">The part of a dollar received that expenses are expected to take.</param>
/// <param name="AverageOfGross">Of a dollar received, the tax on it; null as above.</param>
/// <param name="MarginalOfGross">Of the next dollar received, with the usual expenses, the tax on it.</param>
/// <param name="NoSurprise">So that nothing is left to pay in April.</param>
/// <param name="NoPenalty">So that no instalment is late; the rest is due with the return.</param>
public sealed record SetAsideView(
    string? Average, string Marginal, string ExpenseShare, string? AverageOfGross, string MarginalOfGross, Money ProjectedGross,
    SetAsideGoalView NoSurprise, SetAsideGoalView NoPenalty)
{
    public static SetAsideView Of(SetAside setAside) => new(
        Share(setAside.Average), Share(setAside.Marginal)!, Share(setAside.ExpenseShare)!, Share(setAside.AverageOfGross),
        Share(setAside.MarginalOfGross)!, Cents.ToMoney(setAside.ProjectedGross.Exact), SetAsideGoalView.Of(setAside.NoSurprise),
        SetAsideGoalView.Of(setAside.NoPenalty));

    internal static string? Share(TaxLine? line) => line?.Exact.ToString("F4", System.Globalization.CultureInfo.InvariantCulture);
}

/// <param name="Target">What is to be paid in for the year.</param>
/// <param name="OfEachPayment">Of every payment of the year alike; null where nothing is expected to be received.</param>
/// <param name="FromNowOn">Of every payment still to come, where nothing lies aside but what was paid; null where none is to come.</param>
public sealed record SetAsideGoalView(Money Target, string? OfEachPayment, string? FromNowOn)
{
    public static SetAsideGoalView Of(SetAsideGoal goal) => new(
        Cents.ToMoney(goal.Target.Exact), SetAsideView.Share(goal.OfEachPayment), SetAsideView.Share(goal.FromNowOn));
}

/// <summary>The receipts of a year with what to put aside of each.</summary>
/// <param name="Goal">no-surprise or no-penalty.</param>
/// <param name="OfEachPayment">The share, as decimal text; null where nothing is expected to be received.</param>
/// <param name="Received">Without sales tax.</param>
/// <param name="SetAside">Of all of it.</param>
/// <param name="Paid">Estimated tax paid by then.</param>
/// <param name="InReserve">Put aside and not paid yet: what should lie there; below zero where more was paid than put aside.</param>
public sealed record SetAsideReceiptsView(
    int Year, LocalDate AsOf, string Goal, string? OfEachPayment, Money Received, Money SetAside, Money Paid, Money InReserve,
    IReadOnlyList<ReceiptSetAsideView> Items)
{
    public const string NoSurprise = "no-surprise", NoPenalty = "no-penalty";

    public static SetAsideReceiptsView Of(Estimated estimated, string name)
    {
        var estimate = estimated.Estimate;
        var goal = name == NoPenalty ? estimate.SetAside.NoPenalty : estimate.SetAside.NoSurprise;
        var items = Receipts(estimated.Known.Receipts, estimate.AsOf, goal).ToList();
        var (received, aside) = (Sum(items.Select(item => item.Amount)), Sum(items.Select(item => item.SetAside)));
        var paid = Sum(estimated.Facts.Payments.Where(payment => payment.On <= estimate.AsOf).Select(payment => payment.Amount));
        return new SetAsideReceiptsView(
            estimate.Year, estimate.AsOf, name, SetAsideView.Share(goal.OfEachPayment), received, aside, paid, aside - paid, items);
    }

    /// <summary>A payment over several lines of its invoice is one receipt.</summary>
    private static IEnumerable<ReceiptSetAsideView> Receipts(IReadOnlyList<ReceiptView> receipts, LocalDate asOf, SetAsideGoal goal) =>
        receipts.Where(receipt => receipt.ReceivedOn <= asOf)
            .GroupBy(receipt => (receipt.ReceivedOn, receipt.Source, receipt.ClientId, receipt.InvoiceId))
            .Select(payment =>
            {
                var amount = Sum(payment.Select(receipt => receipt.Amount));
                return new ReceiptSetAsideView(
                    payment.Key.Source.Id, payment.Key.ReceivedOn, payment.Key.ClientId, payment.Key.InvoiceId, amount, goal.Of(amount));
            });

    private static Money Sum(IEnumerable<Money> amounts) => Money.Sum(amounts, Currency.Usd);
}

/// <param name="PaymentId">The payment, or else what moved received money, such as a refund.</param>
/// <param name="Amount">Without sales tax; negative for what went back.</param>
public sealed record ReceiptSetAsideView(
    Guid PaymentId, LocalDate ReceivedOn, Guid ClientId, Guid InvoiceId, Money Amount, Money SetAside);
