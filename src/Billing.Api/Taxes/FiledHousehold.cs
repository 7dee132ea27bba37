using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Api.Taxes;

/// <summary>The household of a return, by what its filer said.</summary>
internal static class FiledHousehold
{
    /// <remarks>The profit of the books is still to be added to the taxpayer's.</remarks>
    public static Household Of(FiledProfile profile, FilingStatus status)
    {
        var further = profile.Further;
        return new Household
        {
            Status = status,
            Taxpayer = Taxpayer(profile, further),
            Spouse = status == FilingStatus.MarriedFilingJointly ? Spouse(profile, further) : null,
            Interest = Dollars(profile.InterestMinor),
            OtherIncome = Dollars(profile.OtherIncomeMinor),
            ChildrenUnder17 = profile.ChildrenUnder17,
            OtherDependants = profile.OtherDependants,
            SpecifiedService = profile.IsSpecifiedService,
            IsDependent = further?.IsDependent ?? false,
            ItemizedDeductions = Dollars(further?.ItemizedDeductionsMinor),
            ItemizedTaxes = Dollars(further?.ItemizedTaxesMinor),
            CashCharity = Dollars(further?.CashCharityMinor),
            OtherAdjustments = Dollars(further?.OtherAdjustmentsMinor),
            RefundableCredits = Dollars(further?.RefundableCreditsMinor),
            QualifiedBusinessLossBroughtIn = Dollars(further?.QualifiedBusinessLossMinor),
            EmployeeWagesPaid = Dollars(further?.EmployeeWagesPaidMinor),
        };
    }

    private static TaxPerson Taxpayer(FiledProfile profile, FiledFurther? further) => new()
    {
        IsSixtyFiveOrOlder = profile.Is65OrOlder,
        IsBlind = profile.IsBlind,
        Age = further?.Age,
        Wages = Dollars(profile.WagesMinor),
        SocialSecurityWages = further?.SocialSecurityWagesMinor / 100m,
        HealthInsurancePremiums = Dollars(profile.HealthInsurancePremiumsMinor),
        SepContribution = Dollars(profile.SepContributionMinor),
        SimpleContribution = Dollars(further?.SimpleContributionMinor),
        Solo401kContribution = Dollars(further?.Solo401kContributionMinor),
        DeferralsElsewhere = Dollars(further?.DeferralsElsewhereMinor),
    };

    private static TaxPerson Spouse(FiledProfile profile, FiledFurther? further) => new()
    {
        IsSixtyFiveOrOlder = profile.SpouseIs65OrOlder,
        IsBlind = profile.SpouseIsBlind,
        Age = further?.SpouseAge,
        Wages = Dollars(profile.SpouseWagesMinor),
        SocialSecurityWages = further?.SpouseSocialSecurityWagesMinor / 100m,
        NetProfit = Dollars(profile.SpouseSelfEmploymentMinor),
        HealthInsurancePremiums = Dollars(further?.SpouseHealthInsurancePremiumsMinor),
        SepContribution = Dollars(further?.SpouseSepContributionMinor),
    };

    private static decimal Dollars(long? cents) => (cents ?? 0) / 100m;
}
