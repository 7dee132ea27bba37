using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes;

/// <summary>What a filing profile may say at all.</summary>
public static class TaxYearProfile
{
    public const string MarriedFilingJointly = "mfj";
    public const int MaxDependants = 50;
    public const int MaxAge = 130;

    /// <summary>The five filing statuses of Form 1040.</summary>
    public static IReadOnlyList<string> FilingStatuses { get; } = ["single", MarriedFilingJointly, "mfs", "hoh", "qss"];

    /// <summary>Why the profile makes no sense; null where it does.</summary>
    /// <returns>Refusals: <c>filing-status-unknown</c>, <c>amount-out-of-range</c>, <c>dependants-out-of-range</c>,
    /// <c>spouse-needs-joint-return</c>, <c>age-out-of-range</c>, <c>itemized-taxes-above-total</c>,
    /// <c>retirement-plans-exclude-each-other</c>.</returns>
    public static Rejection? Refusal(FiledProfile profile)
    {
        if (!FilingStatuses.Contains(profile.FilingStatus))
        {
            return Invalid("filing-status-unknown",
                $"The filing status is one of {string.Join(", ", FilingStatuses)}.", "filingStatus");
        }
        foreach (var (field, least, amount) in Amounts(profile))
        {
            if (amount < least || amount > TaxYear.MaxAmountMinor)
            {
                return Invalid("amount-out-of-range",
                    least < 0
                        ? "The amount is beyond a billion dollars."
                        : "The amount is negative or above a billion dollars.",
                    field);
            }
        }
        if (profile.ChildrenUnder17 is < 0 or > MaxDependants) return Dependants("childrenUnder17");
        if (profile.OtherDependants is < 0 or > MaxDependants) return Dependants("otherDependants");
        if (profile.FilingStatus != MarriedFilingJointly && SaysSomethingOfTheSpouse(profile))
        {
            return Invalid("spouse-needs-joint-return",
                "Only a joint return takes in the spouse. Leave the spouse's fields empty.", "filingStatus");
        }
        return profile.Further is { } further ? Refusal(profile, further) : null;
    }

    private static Rejection? Refusal(FiledProfile profile, FiledFurther further)
    {
        if (further.Age is < 0 or > MaxAge) return Age("further/age");
        if (further.SpouseAge is < 0 or > MaxAge) return Age("further/spouseAge");
        return TaxRefusals.TaxesAboveItemized(
                further.ItemizedTaxesMinor, further.ItemizedDeductionsMinor, "/further/itemizedTaxes", RejectionKind.Invalid)
            ?? TaxRefusals.SeveralPlans(
                [profile.SepContributionMinor, further.SimpleContributionMinor, further.Solo401kContributionMinor],
                "/sepContribution", RejectionKind.Invalid);
    }

    /// <summary>Adjusted gross income is the one that a bad year makes negative.</summary>
    private static (string Field, long Least, long Amount)[] Amounts(FiledProfile profile) =>
    [
        ("wages", 0, profile.WagesMinor),
        ("spouseWages", 0, profile.SpouseWagesMinor),
        ("spouseSelfEmployment", 0, profile.SpouseSelfEmploymentMinor),
        ("withholding", 0, profile.WithholdingMinor),
        ("interest", 0, profile.InterestMinor),
        ("otherIncome", 0, profile.OtherIncomeMinor),
        ("healthInsurancePremiums", 0, profile.HealthInsurancePremiumsMinor),
        ("sepContribution", 0, profile.SepContributionMinor),
        ("priorYearTax", 0, profile.PriorYearTaxMinor ?? 0),
        ("priorYearAgi", -TaxYear.MaxAmountMinor, profile.PriorYearAgiMinor ?? 0),
        ("priorOverpaymentApplied", 0, profile.PriorOverpaymentAppliedMinor),
        .. profile.Further is { } further ? Amounts(further) : [],
    ];

    private static IEnumerable<(string Field, long Least, long Amount)> Amounts(FiledFurther further) =>
    [
        ("further/itemizedDeductions", 0, further.ItemizedDeductionsMinor),
        ("further/itemizedTaxes", 0, further.ItemizedTaxesMinor),
        ("further/cashCharity", 0, further.CashCharityMinor),
        ("further/otherAdjustments", 0, further.OtherAdjustmentsMinor),
        ("further/refundableCredits", 0, further.RefundableCreditsMinor),
        ("further/socialSecurityWages", 0, further.SocialSecurityWagesMinor ?? 0),
        ("further/spouseSocialSecurityWages", 0, further.SpouseSocialSecurityWagesMinor ?? 0),
        ("further/simpleContribution", 0, further.SimpleContributionMinor),
        ("further/solo401kContribution", 0, further.Solo401kContributionMinor),
        ("further/deferralsElsewhere", 0, further.DeferralsElsewhereMinor),
        ("further/spouseHealthInsurancePremiums", 0, further.SpouseHealthInsurancePremiumsMinor),
        ("further/spouseSepContribution", 0, further.SpouseSepContributionMinor),
        ("further/qualifiedBusinessLoss", 0, further.QualifiedBusinessLossMinor),
        ("further/employeeWagesPaid", 0, further.EmployeeWagesPaidMinor),
    ];

    private static bool SaysSomethingOfTheSpouse(FiledProfile profile) =>
        profile.SpouseIs65OrOlder || profile.SpouseIsBlind || profile.SpouseWagesMinor != 0
        || profile.SpouseSelfEmploymentMinor != 0
        || profile.Further is { } further && (further.SpouseAge is not null || further.SpouseSocialSecurityWagesMinor is not null
            || further.SpouseHealthInsurancePremiumsMinor != 0 || further.SpouseSepContributionMinor != 0);

    private static Rejection Age(string field) => Invalid("age-out-of-range", $"An age lies between 0 and {MaxAge}.", field);

    private static Rejection Dependants(string field) =>
        Invalid("dependants-out-of-range", $"The number lies between 0 and {MaxDependants}.", field);

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, $"/{field}", RejectionKind.Invalid);
}
