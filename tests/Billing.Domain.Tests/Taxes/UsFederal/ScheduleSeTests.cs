using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>Self-employment tax: the wage base and the floor are each person's own.</summary>
public sealed class ScheduleSeTests
{
    [Theory]
    [InlineData(2024, 182_566.32)]
    [InlineData(2025, 190_687.60)]
    [InlineData(2026, 199_783.43)]
    public void Social_security_ends_at_the_wage_base(int year, decimal netProfit)
    {
        decimal SocialSecurity(decimal profit)
        {
            var sheet = new Worksheet();
            ScheduleSe.Compute(Figures(year).SelfEmployment, sheet, "taxpayer", new TaxPerson { NetProfit = profit });
            return sheet.Lines.Single(line => line.Code == "se.social-security.taxpayer").Exact;
        }
        var most = Figures(year).SelfEmployment.SocialSecurityWageBase.Value * 0.124m;

        Assert.True(SocialSecurity(netProfit - 0.02m) < most);
        Assert.Equal(most, SocialSecurity(netProfit + 0.01m));
        Assert.Equal(most, SocialSecurity(netProfit + 50_000));
    }

    [Theory]
    [InlineData(433.13, 0)]
    [InlineData(433.14, 61.20)]
    public void Owes_no_self_employment_tax_below_400_of_net_earnings(decimal netProfit, decimal tax) =>
        Assert.Equal(tax, Annual(2026, Household("single", netProfit)).SelfEmploymentTax.Amount);

    [Fact]
    public void Owes_self_employment_tax_on_exactly_400_of_net_earnings()
    {
        var p = Figures(2026).SelfEmployment with
        {
            NetEarningsFactor = Figures(2026).SelfEmployment.NetEarningsFactor with { Value = 1m },
        };

        var at = ScheduleSe.Compute(p, new Worksheet(), "taxpayer", new TaxPerson { NetProfit = 400.00m });
        var below = ScheduleSe.Compute(p, new Worksheet(), "taxpayer", new TaxPerson { NetProfit = 399.99m });

        Assert.Equal(61.20m, at.Tax.Amount);
        Assert.Equal(0m, below.Tax.Amount);
    }

    [Fact]
    public void Own_wages_use_up_the_wage_base_and_a_spouses_do_not()
    {
        var own = Household("mfj", 100_000) with { Taxpayer = new TaxPerson { NetProfit = 100_000, Wages = 184_500 } };
        var spouses = Household("mfj", 100_000) with { Spouse = new TaxPerson { Wages = 184_500 } };

        Assert.Equal(2_678.15m, Annual(2026, own).SelfEmploymentTax.Amount);
        Assert.Equal(14_129.55m, Annual(2026, spouses).SelfEmploymentTax.Amount);
    }

    [Fact]
    public void Social_security_wages_count_where_they_differ_from_taxed_wages()
    {
        var deferred = Household("single", 100_000) with
        {
            Taxpayer = new TaxPerson { NetProfit = 100_000, Wages = 150_000, SocialSecurityWages = 184_500 },
        };

        Assert.Equal(2_678.15m, Annual(2026, deferred).SelfEmploymentTax.Amount);
    }

    [Fact]
    public void The_floor_of_400_is_each_persons_own()
    {
        var couple = Household("mfj", 430) with { Spouse = new TaxPerson { NetProfit = 430 } };

        Assert.Equal(0m, Annual(2026, couple).SelfEmploymentTax.Amount);
    }
}
