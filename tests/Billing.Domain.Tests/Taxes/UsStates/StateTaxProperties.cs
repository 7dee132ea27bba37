using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Taxes.UsStates;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsStates.StateCases;

namespace Billing.Domain.Tests.Taxes.UsStates;

/// <summary>What holds for every state and household.</summary>
public sealed class StateTaxProperties
{
    private static readonly (string Code, int Year)[] Taxing =
        [.. StateTaxLibrary.All.Where(p => p.IncomeTax is not null).Select(p => (p.Jurisdiction[3..], p.Year))];

    private static readonly Gen<decimal> Dollars =
        Gen.OneOf(Gen.Int[0, 150_000_000], Gen.Int[0, 10_000_000], Gen.Int[0, 200_000]).Select(cents => cents / 100m);

    private static readonly Gen<(string Code, int Year)> State = Gen.OneOfConst(Taxing);

    /// <summary>Profits from 2,000 on, so that the least federal deduction for business income has set in.</summary>
    private static readonly Gen<Household> AnyHousehold = Gen.Select(
        Gen.OneOfConst([.. FilingStatuses.All]), Dollars, Dollars, Dollars, Gen.Int[0, 3], Gen.Int[0, 2], Gen.Bool, Gen.Bool,
        (status, profit, wages, interest, children, others, isOld, isBlind) => new Household
        {
            Status = status,
            Taxpayer = new TaxPerson { NetProfit = 2_000 + profit, Wages = wages, IsSixtyFiveOrOlder = isOld, IsBlind = isBlind },
            Spouse = status == FilingStatus.MarriedFilingJointly ? new TaxPerson { Wages = wages / 2, IsBlind = isBlind } : null,
            Interest = interest,
            ChildrenUnder17 = children,
            OtherDependants = others,
        });

    [Fact]
    public void More_income_never_means_less_tax() => Gen.Select(State, AnyHousehold, Dollars, Gen.Bool).Sample(
        (state, household, more, isProfit) =>
    {
        var taxpayer = household.Taxpayer;
        // Ohio leaves profit untaxed and yet lets the self-employment tax on it lower the other income.
        var richer = household with
        {
            Taxpayer = isProfit && state.Code != "oh"
                ? taxpayer with { NetProfit = taxpayer.NetProfit + more }
                : taxpayer with { Wages = taxpayer.Wages + more },
        };
        var (less, greater) = (Tax(state.Code, state.Year, household).Exact, Tax(state.Code, state.Year, richer).Exact);
        Assert.True(less >= 0 && greater >= less, $"{state} {household} + {more}: {less} then {greater}");
    });

    [Fact]
    public void The_working_holds_from_the_federal_lines_to_the_states() => Gen.Select(State, AnyHousehold).Sample((state, household) =>
        WorkingHolds(state.Code, state.Year, Worked(state.Code, state.Year, household).Lines));

    [Fact]
    public void Instalments_sum_to_what_is_required() => Gen.Select(State, Gen.Long[0, 100_000_000_000]).Sample((state, cents) =>
    {
        var parts = StateEstimator.Parts(cents / 100m, Law(state.Code, state.Year).InstalmentSchedule);
        Assert.Equal(cents / 100m, parts.Sum());
        Assert.All(parts, part => Assert.True(part >= 0 && part == Cents.Round(part)));
    });

    [Fact]
    public void More_dependants_never_mean_more_tax() => Gen.Select(State, AnyHousehold).Sample((state, household) =>
        Assert.True(
            Tax(state.Code, state.Year, household with { ChildrenUnder17 = household.ChildrenUnder17 + 1 }).Exact
            <= Tax(state.Code, state.Year, household).Exact));

    [Fact]
    public void An_estimate_never_asks_for_more_during_the_year_than_the_tax() => Gen.Select(State, AnyHousehold, Dollars).Sample(
        (state, household, withheld) =>
    {
        var ofState = new StateFacts { Withholding = withheld };
        var estimate = Estimate(state.Code, state.Year, household, new LocalDate(state.Year, 3, 1), ofState);
        Assert.InRange(estimate.Required!.Instalments, 0, estimate.Tax.Amount);
        Assert.Equal(estimate.Required.Instalments, estimate.Plan!.Instalments.Sum(i => i.Required));
    });
}
