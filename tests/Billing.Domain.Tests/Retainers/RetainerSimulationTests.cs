using Billing.Domain.Retainers;
using NodaTime;
using static Billing.Domain.Tests.Retainers.Terms;

namespace Billing.Domain.Tests.Retainers;

/// <summary>What the same work would have cost under other policies. An hour of it costs 50.00 at its engagement's
/// rate.</summary>
public class RetainerSimulationTests
{
    private static readonly LocalDate March31 = new(2026, 3, 31);
    private static readonly RetainerFact.Worked[] Work = [.. WorkedByMonth(8, 17, 10).Cast<RetainerFact.Worked>()];

    private static readonly Dictionary<string, (RetainerTerms Terms, long CostMinor, long ExpiredHours, long OverageHours)> Policies = new()
    {
        ["10 h for 450 a month, beyond at the engagement's rate"] = (Monthly(10, 450_00), 3 * 450_00 + 7 * 50_00, 2, 7),
        ["10 h for 450 a month, beyond at 65"] =
            (Monthly(10, 450_00).Beyond(OverageRule.Bill, 65_00), 3 * 450_00 + 7 * 65_00, 2, 7),
        ["10 h for 450 a month, rolling over"] = (Monthly(10, 450_00).RollingOver(1), 3 * 450_00 + 5 * 50_00, 0, 5),
        ["10 h for 450 a month, overage carried"] = (Monthly(10, 450_00).Beyond(OverageRule.Carry), 3 * 450_00, 2, 14),
        ["a block of 20 h for 900"] = (Block(20, 900_00), 2 * 900_00, 0, 0),
        ["a flat fee of 600 a month"] =
            (Monthly(0, 600_00) with { Kind = RetainerKind.FlatFee, IncludedSeconds = null }, 3 * 600_00, 0, 0),
        ["10 h a month at 45, the rest at 55"] = (
            Monthly(10) with
            {
                Kind = RetainerKind.Tiers,
                FeeMinor = null,
                CoveredPerHourMinor = 45_00,
                Overage = new OverageTerms(OverageRule.Bill, 55_00),
            },
            28 * 45_00 + 7 * 55_00, 2, 7),
        ["prepaid money"] = (RetainerTerms.Plain(RetainerKind.PrepaidMoney), 35 * 50_00, 0, 0),
        ["evergreen money"] = (
            RetainerTerms.Plain(RetainerKind.Evergreen) with
            {
                Evergreen = new EvergreenTerms(200_00, 1000_00, EvergreenTerms.Threshold, null, null),
            },
            35 * 50_00, 0, 0),
    };

    public static TheoryData<string> Names => [.. Policies.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_work_costs_what_the_policy_says(string policy)
    {
        var (terms, cost, expired, overage) = Policies[policy];
        var simulated = Run(terms, March31);
        Assert.Equal((cost, terms.CountsHours() ? 35 * Hour : 35 * 50_00), (simulated.CostMinor, simulated.Used));
        if (!terms.CountsHours()) return;
        var lots = Run(terms, March31.PlusDays(1)).Account.Lots;
        Assert.Equal((expired, overage), (lots.Sum(lot => lot.Expired) / Hour, simulated.Overage / Hour));
    }

    [Fact]
    public void Work_outside_of_the_days_costs_nothing() => Assert.Equal(
        450_00, Run(Monthly(10, 450_00), January1.PlusDays(30)).CostMinor);

    [Fact]
    public void What_would_have_needed_approval_is_in_no_cost()
    {
        var simulated = Run(Monthly(10, 450_00).Capped(null, 130), March31);
        Assert.Equal((3 * 450_00 + 3 * 50_00, 4), (simulated.CostMinor, simulated.Stopped / Hour));
    }

    /// <summary>January's 8 h are billed as they were worked; February has the terms.</summary>
    [Fact]
    public void Work_before_the_first_terms_costs_itself() => Assert.Equal(
        8 * 50_00 + 450_00 + 7 * 50_00, RetainerSimulation.Run(
            [new DatedTerms(new LocalDate(2026, 2, 1), Monthly(10, 450_00))], Work, January1, new LocalDate(2026, 2, 28)).CostMinor);

    [Fact]
    public void Terms_that_follow_on_each_other_hold_each_on_its_days() => Assert.Equal(
        450_00 + 2 * 900_00, RetainerSimulation.Run(
            [
                new DatedTerms(January1.PlusYears(-1), Monthly(99, 99_00)), new DatedTerms(January1, Monthly(10, 450_00)),
                new DatedTerms(new LocalDate(2026, 2, 1), Monthly(20, 900_00)),
            ], Work, January1, March31).CostMinor);

    private static SimulatedPolicy Run(RetainerTerms terms, LocalDate through) =>
        RetainerSimulation.Run([new DatedTerms(January1, terms)], Work, January1, through);
}
