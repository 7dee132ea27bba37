using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>What was said of a tax year and paid for it.</summary>
/// <param name="Profile">Null while nobody said anything.</param>
public sealed record TaxYearView(
    int Year, string Jurisdiction, ProfileView? Profile, IReadOnlyList<EstimatedTaxPaymentView> Payments, Money Paid, long Version,
    HomeOfficeView? HomeOffice)
{
    public static TaxYearView Of(TaxFactsView known) => new(
        known.Year, known.Jurisdiction, known.Profile is { } profile ? ProfileView.Of(profile) : null,
        [
            .. known.EstimatedPayments.Select(p => new EstimatedTaxPaymentView(
                p.PaymentId, p.Quarter, Usd(p.AmountMinor), p.PaidOn, p.Confirmation)),
        ],
        Usd(known.EstimatedPayments.Sum(p => p.AmountMinor)), known.Version,
        known.HomeOffice is { } office ? HomeOfficeView.Of(office) : null);

    internal static Money Usd(long cents) => new(cents, Currency.Usd);
}

public sealed record EstimatedTaxPaymentView(Guid PaymentId, int Quarter, Money Amount, LocalDate PaidOn, string? Confirmation);

/// <summary>The filing profile, field by field as it was set.</summary>
public sealed record ProfileView(
    string FilingStatus, bool Is65OrOlder, bool IsBlind, bool SpouseIs65OrOlder, bool SpouseIsBlind, Money Wages,
    Money SpouseWages, Money SpouseSelfEmployment, Money Withholding, Money Interest, Money OtherIncome, int ChildrenUnder17,
    int OtherDependants, bool IsSpecifiedService, Money HealthInsurancePremiums, Money SepContribution, Money? PriorYearTax,
    Money? PriorYearAgi, bool PriorYearFiledInFull, Money PriorOverpaymentApplied, FurtherProfileView? Further)
{
    public static ProfileView Of(FiledProfile p) => new(
        p.FilingStatus, p.Is65OrOlder, p.IsBlind, p.SpouseIs65OrOlder, p.SpouseIsBlind, TaxYearView.Usd(p.WagesMinor),
        TaxYearView.Usd(p.SpouseWagesMinor), TaxYearView.Usd(p.SpouseSelfEmploymentMinor), TaxYearView.Usd(p.WithholdingMinor),
        TaxYearView.Usd(p.InterestMinor), TaxYearView.Usd(p.OtherIncomeMinor), p.ChildrenUnder17, p.OtherDependants,
        p.IsSpecifiedService, TaxYearView.Usd(p.HealthInsurancePremiumsMinor), TaxYearView.Usd(p.SepContributionMinor),
        p.PriorYearTaxMinor is { } tax ? TaxYearView.Usd(tax) : null, p.PriorYearAgiMinor is { } agi ? TaxYearView.Usd(agi) : null,
        p.PriorYearFiledInFull, TaxYearView.Usd(p.PriorOverpaymentAppliedMinor),
        p.Further is { } further ? FurtherProfileView.Of(further) : null);
}

/// <summary>What only some filers have to say, as it was set.</summary>
/// <param name="InstalmentMethod">regular or annualized.</param>
public sealed record FurtherProfileView(
    int? Age, int? SpouseAge, bool IsDependent, Money ItemizedDeductions, Money ItemizedTaxes, Money CashCharity,
    Money OtherAdjustments, Money RefundableCredits, Money? SocialSecurityWages, Money? SpouseSocialSecurityWages,
    Money SimpleContribution, Money Solo401kContribution, Money DeferralsElsewhere, Money SpouseHealthInsurancePremiums,
    Money SpouseSepContribution, Money QualifiedBusinessLoss, Money EmployeeWagesPaid, string InstalmentMethod)
{
    public static FurtherProfileView Of(FiledFurther f) => new(
        f.Age, f.SpouseAge, f.IsDependent, TaxYearView.Usd(f.ItemizedDeductionsMinor), TaxYearView.Usd(f.ItemizedTaxesMinor),
        TaxYearView.Usd(f.CashCharityMinor), TaxYearView.Usd(f.OtherAdjustmentsMinor), TaxYearView.Usd(f.RefundableCreditsMinor),
        Known(f.SocialSecurityWagesMinor), Known(f.SpouseSocialSecurityWagesMinor), TaxYearView.Usd(f.SimpleContributionMinor),
        TaxYearView.Usd(f.Solo401kContributionMinor), TaxYearView.Usd(f.DeferralsElsewhereMinor),
        TaxYearView.Usd(f.SpouseHealthInsurancePremiumsMinor), TaxYearView.Usd(f.SpouseSepContributionMinor),
        TaxYearView.Usd(f.QualifiedBusinessLossMinor), TaxYearView.Usd(f.EmployeeWagesPaidMinor),
        f.ChoosesAnnualizedMethod ? InstalmentPlan.Annualized : InstalmentPlan.Regular);

    private static Money? Known(long? cents) => cents is { } known ? TaxYearView.Usd(known) : null;
}

/// <summary>An estimate that was given and written down.</summary>
/// <param name="Projection">How the rest of the year was thought to go, in words.</param>
/// <param name="ProjectionCode">The same as run-rate, year-to-date, seasonal or own-number.</param>
public sealed record GivenEstimateView(
    Guid EstimateId, string ParametersVersion, LocalDate AsOf, string Projection, Money TotalTax, Money RequiredAnnualPayment,
    Money NextPayment, LocalDate? NextDueOn, Instant GivenAt, string ProjectionCode)
{
    public static GivenEstimateView Of(Projections.Taxes.EstimateView given) => new(
        given.EstimateId, given.ParameterVersion, given.AsOf, given.Projection, TaxYearView.Usd(given.TotalTaxMinor),
        TaxYearView.Usd(given.RequiredAnnualPaymentMinor), TaxYearView.Usd(given.NextPaymentMinor), given.NextDueOn, given.GivenAt,
        given.ProjectionCode ?? ProjectionChoice.RunRate);
}
