using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Tests.Engagements.Pricing;

public sealed class SurchargeRulesTests
{
    private static readonly SurchargeRule Rush = SurchargeRule.OfKind(SurchargeRule.Rush) with { BasisPoints = 25_00 };

    public static TheoryData<SurchargeRule, string?, string?> Cases => new()
    {
        { Rush, null, null },
        { Rush with { BasisPoints = SurchargeRules.BasisPointsMax }, null, null },
        { Rush with { BasisPoints = SurchargeRules.BasisPointsMax + 1 }, "surcharge-out-of-range", "/rules/0/basisPoints" },
        { Rush with { BasisPoints = 0 }, "surcharge-out-of-range", "/rules/0/basisPoints" },
        { Rush with { BasisPoints = null }, "surcharge-amount-unclear", "/rules/0/basisPoints" },
        { Rush with { PerHourMinor = 1, Currency = "USD" }, "surcharge-amount-unclear", "/rules/0/basisPoints" },
        { Rush with { BasisPoints = null, PerHourMinor = 1, Currency = "USD" }, null, null },
        { Rush with { BasisPoints = null, PerHourMinor = 0, Currency = "USD" }, "surcharge-out-of-range", "/rules/0/perHour/amount" },
        { Rush with { BasisPoints = null, PerHourMinor = 1, Currency = "EUR" }, "currency-mismatch", "/rules/0/perHour/currency" },
        { Rush with { BasisPoints = null, PerHourMinor = 1, Currency = "usd" }, "currency-unknown", "/rules/0/perHour/currency" },
        { Rush with { Kind = "mood" }, "surcharge-unknown", "/rules/0/kind" },
        { Rush with { Zone = "client" }, "surcharge-zone-unknown", "/rules/0/zone" },
        { Rush with { Zone = SurchargeRule.PracticeZone }, null, null },
        { Rush with { Name = new string('x', 61) }, "text-too-long", "/rules/0/name" },
        { Of(SurchargeRule.Evening) with { FromMinute = 0, ToMinute = 1439 }, null, null },
        { Of(SurchargeRule.Evening) with { FromMinute = 0, ToMinute = 1440 }, "surcharge-incomplete", "/rules/0/fromMinute" },
        { Of(SurchargeRule.Evening) with { FromMinute = 60, ToMinute = 60 }, "surcharge-incomplete", "/rules/0/fromMinute" },
        { Of(SurchargeRule.Weekend) with { DaysOfWeek = [1, 7] }, null, null },
        { Of(SurchargeRule.Weekend) with { DaysOfWeek = [0] }, "surcharge-incomplete", "/rules/0/daysOfWeek" },
        { Of(SurchargeRule.Weekend), "surcharge-incomplete", "/rules/0/daysOfWeek" },
        { Of(SurchargeRule.Holiday) with { Dates = [new LocalDate(2026, 7, 4)] }, null, null },
        { Of(SurchargeRule.Holiday) with { Dates = [] }, "surcharge-incomplete", "/rules/0/dates" },
        { Of(SurchargeRule.Overtime) with { OverSeconds = 0, Per = "day", Of = "all" }, null, null },
        { Of(SurchargeRule.Overtime) with { OverSeconds = 604_800, Per = "week", Of = "all" }, "surcharge-incomplete", "/rules/0/overSeconds" },
        { Of(SurchargeRule.Overtime) with { OverSeconds = 1, Per = "month", Of = "all" }, "surcharge-incomplete", "/rules/0/overSeconds" },
        { Of(SurchargeRule.Overtime) with { OverSeconds = 1, Per = "day", Of = "client" }, "surcharge-incomplete", "/rules/0/overSeconds" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_rule_says_when_it_applies_and_how_much_it_adds(SurchargeRule rule, string? code, string? field)
    {
        var refusal = SurchargeRules.Refuse([rule], SurchargeSet.Sum, Currency.Usd);
        Assert.Equal((code, field), (refusal?.Code, refusal?.Field));
    }

    [Fact]
    public void A_set_has_at_most_twenty_rules_and_combines_them_in_a_known_way()
    {
        Assert.Null(SurchargeRules.Refuse([.. Enumerable.Repeat(Rush, 20)], SurchargeSet.Highest, null));
        Assert.Equal("surcharges-too-many", SurchargeRules.Refuse([.. Enumerable.Repeat(Rush, 21)], SurchargeSet.Highest, null)!.Code);
        Assert.Equal("combine-unknown", SurchargeRules.Refuse([Rush], "lowest", null)!.Code);
        Assert.Null(SurchargeRules.Refuse([Rush with { BasisPoints = null, PerHourMinor = 1, Currency = "EUR" }], SurchargeSet.Sum, null));
    }

    private static SurchargeRule Of(string kind) => SurchargeRule.OfKind(kind) with { BasisPoints = 1 };
}
