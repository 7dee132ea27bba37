namespace Billing.Domain.Taxes.UsFederal;

/// <summary>What flows in and out of a household over a year, changed all at once.</summary>
public static class HouseholdFlows
{
    /// <summary>A part of the year's flows, or a year made of a part's.</summary>
    internal static Household Times(this Household household, decimal numerator, decimal divisor = 1) =>
        household.Each(amount => amount * numerator / divisor);

    /// <summary>The same household with every amount in whole dollars, half up: how a form takes it in.</summary>
    public static Household InWholeDollars(this Household household) =>
        household.Each(amount => Math.Round(amount, MidpointRounding.AwayFromZero));

    /// <summary>
    /// What is counted once (persons, credits that are refunded, property, a loss brought in) stays as it is.
    /// </summary>
    private static Household Each(this Household household, Func<decimal, decimal> of)
    {
        return household with
        {
            Taxpayer = Person(household.Taxpayer),
            Spouse = household.Spouse is { } spouse ? Person(spouse) : null,
            Interest = of(household.Interest),
            OtherIncome = of(household.OtherIncome),
            OtherAdjustments = of(household.OtherAdjustments),
            ItemizedDeductions = of(household.ItemizedDeductions),
            ItemizedTaxes = of(household.ItemizedTaxes),
            CashCharity = of(household.CashCharity),
            EmployeeWagesPaid = of(household.EmployeeWagesPaid),
        };

        TaxPerson Person(TaxPerson person) => person with
        {
            NetProfit = of(person.NetProfit),
            Wages = of(person.Wages),
            SocialSecurityWages = person.SocialSecurityWages is { } social ? of(social) : null,
            MedicareWages = person.MedicareWages is { } medicare ? of(medicare) : null,
            HealthInsurancePremiums = of(person.HealthInsurancePremiums),
            SepContribution = of(person.SepContribution),
            SimpleContribution = of(person.SimpleContribution),
            Solo401kContribution = of(person.Solo401kContribution),
            DeferralsElsewhere = of(person.DeferralsElsewhere),
        };
    }
}
