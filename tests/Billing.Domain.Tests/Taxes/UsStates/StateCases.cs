using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Taxes.UsStates;
using Billing.Domain.Tests.Taxes.UsFederal;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsStates;

/// <summary>Short ways to say a state's case.</summary>
internal static class StateCases
{
    public static UsState State(string code) =>
        UsState.TryOf(code, out var state, out var rejection) ? state : throw new InvalidOperationException(rejection.Detail);

    public static IStateTax Law(string code, int year) =>
        StateTaxLibrary.TryFor(State(code), year, out var tax, out var rejection)
            ? tax
            : throw new InvalidOperationException(rejection.Detail);

    /// <summary>The state's tax of a household whose profits are those of the year.</summary>
    public static TaxLine Tax(string code, int year, Household household) => Worked(code, year, household).Tax;

    public static (TaxLine Tax, IReadOnlyList<TaxLine> Lines) Worked(string code, int year, Household household)
    {
        var sheet = new Worksheet();
        var tax = Law(code, year).Project(sheet, household, AnnualTax.Compute(Figures(year), sheet, household));
        return (tax, sheet.Lines);
    }

    public static TaxFacts Facts(int year, Household household, LocalDate asOf) => new()
    {
        AsOf = asOf,
        Household = household with { Taxpayer = household.Taxpayer with { NetProfit = 0 } },
        Projection = new ProfitProjection.OwnNumber(household.Taxpayer.NetProfit),
    };

    public static StateEstimate Estimate(string code, int year, Household household, LocalDate asOf, StateFacts? ofState = null)
    {
        var facts = Facts(year, household, asOf);
        return Estimator.TryEstimate(Figures(year), facts, out var federal, out var rejection)
            ? StateEstimator.Estimate(Law(code, year), facts, federal, ofState ?? new StateFacts())
            : throw new InvalidOperationException(rejection.Detail);
    }

    /// <summary>Follows each figure to the state's file or the federal one.</summary>
    public static void WorkingHolds(string code, int year, IReadOnlyList<TaxLine> lines)
    {
        var text = ParameterFile.Text($"state-tax-parameters/{State(code).Jurisdiction}-{year}.json");
        var (ofState, federal) = (System.Text.Json.JsonDocument.Parse(text).RootElement, ParameterFile.Root(year));
        WorkingCheck.Holds(line => line.Code.StartsWith("state.", StringComparison.Ordinal) ? ofState : federal, lines);
    }
}
