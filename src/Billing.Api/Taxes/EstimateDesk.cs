using System.Diagnostics.CodeAnalysis;
using Billing.Domain;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Ledger;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>Makes the estimate of a practice's tax year from its books and what the filer said.</summary>
public sealed class EstimateDesk(TaxQueries queries)
{
    public bool TryEstimate(
        BookId book, int year, LocalDate asOf, ProfitProjection projection, [NotNullWhen(true)] out Estimated? estimated,
        [NotNullWhen(false)] out Rejection? rejection)
    {
        estimated = null;
        if (!TaxParameterLibrary.TryForYear(year, out var parameters, out rejection)) return false;
        var known = queries.Facts(book, year, TaxYear.UsFederal);
        var facts = FactsOf(known, asOf, projection);
        if (!Estimator.TryEstimate(parameters, facts, out var estimate, out rejection)) return false;
        estimated = new Estimated(estimate, parameters, facts.Household.Status, known.Profile is not null);
        return true;
    }

    internal static TaxFacts FactsOf(TaxFactsView known, LocalDate asOf, ProfitProjection projection)
    {
        var profile = known.Profile ?? NobodySaid;
        if (!FilingStatuses.TryParse(profile.FilingStatus, out var status))
            throw new InvalidDataException($"The stored filing status '{profile.FilingStatus}' is none of the five.");
        var isJoint = status == FilingStatus.MarriedFilingJointly;
        return new TaxFacts
        {
            AsOf = asOf,
            Projection = projection,
            Household = new Household
            {
                Status = status,
                Taxpayer = new TaxPerson
                {
                    IsSixtyFiveOrOlder = profile.Is65OrOlder,
                    IsBlind = profile.IsBlind,
                    Wages = Dollars(profile.WagesMinor),
                    HealthInsurancePremiums = Dollars(profile.HealthInsurancePremiumsMinor),
                    SepContribution = Dollars(profile.SepContributionMinor),
                },
                Spouse = !isJoint ? null : new TaxPerson
                {
                    IsSixtyFiveOrOlder = profile.SpouseIs65OrOlder,
                    IsBlind = profile.SpouseIsBlind,
                    Wages = Dollars(profile.SpouseWagesMinor),
                    NetProfit = Dollars(profile.SpouseSelfEmploymentMinor),
                },
                Interest = Dollars(profile.InterestMinor),
                OtherIncome = Dollars(profile.OtherIncomeMinor),
                ChildrenUnder17 = profile.ChildrenUnder17,
                OtherDependants = profile.OtherDependants,
                SpecifiedService = profile.IsSpecifiedService,
            },
            Receipts = ByPayment(known.Receipts),
            Expenses = [.. known.Expenses.Select(e => new BusinessExpense(e.PaidOn, e.Category, e.Amount))],
            Payments = [.. known.EstimatedPayments.Select(p => new EstimatedPayment(p.PaidOn, new Money(p.AmountMinor, Currency.Usd)))],
            HomeOffice = known.HomeOffice is { } office ? OfficeOf(office) : null,
            Withholding = Dollars(profile.WithholdingMinor),
            PriorOverpaymentApplied = Dollars(profile.PriorOverpaymentAppliedMinor),
            PriorYear = profile is { PriorYearTaxMinor: { } tax, PriorYearAgiMinor: { } agi }
                ? new PriorYear(Dollars(tax), Dollars(agi), profile.PriorYearFiledInFull)
                : null,
        };
    }

    /// <summary>A discount takes its part of what a payment brought; only what went back as a whole is given back (line 2).</summary>
    private static IReadOnlyList<Receipt> ByPayment(IReadOnlyList<ReceiptView> receipts) =>
    [
        .. receipts.GroupBy(receipt => (receipt.PaymentId, receipt.ReceivedOn, receipt.Amount.Currency)).Select(payment => new Receipt(
            payment.Key.ReceivedOn, Money.Sum(payment.Select(receipt => receipt.Amount), payment.Key.Currency))),
    ];

    private static HomeOffice OfficeOf(StatedHomeOffice office) => office.Method == StatedHomeOffice.Simplified
        ? new HomeOffice.Simplified(office.OfficeSquareFeet, office.UsedFrom, office.UsedUntil)
        : new HomeOffice.Actual(
            office.OfficeSquareFeet, office.HomeSquareFeet!.Value, office.UsedFrom, office.UsedUntil,
            Dollars(office.Costs.Where(cost => cost.IsDirect).Sum(cost => cost.AmountMinor)),
            Dollars(office.Costs.Where(cost => !cost.IsDirect).Sum(cost => cost.AmountMinor)), Dollars(office.CarriedOverMinor));

    private static FiledProfile NobodySaid { get; } = new(
        "single", false, false, false, false, 0, 0, 0, 0, 0, 0, 0, 0, false, 0, 0, null, null, false, 0);

    internal static decimal Dollars(long cents) => cents / 100m;
}

/// <param name="HasProfile">False while the filer said nothing of their household.</param>
public sealed record Estimated(TaxEstimate Estimate, TaxParameters Parameters, FilingStatus Status, bool HasProfile)
{
    public EstimateView ToView() => EstimateView.Of(Estimate, Status.Code(), HasProfile);
}
