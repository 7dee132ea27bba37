using System.Diagnostics;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>One tax estimate from a year's facts: the year's tax, all four instalments, both methods.</summary>
internal sealed class EstimateBenchmark : IBenchmark
{
    private const int Receipts = 120, Expenses = 300;
    private const double MostMicroseconds = 1_000, GoalMicroseconds = 100;

    public string Name => "estimate";

    public string Heading(BenchOptions options) =>
        $"""
        estimate: US federal tax of a couple for 2026 with every line of its working, {Receipts} receipts and {Expenses} expenses over
        the year, as of 1 October; the regular and the annualized method, the penalty by either; one caller, warmed up.
        Limit is not measured: {MostMicroseconds:#,0} µs.
        {PerRound(options):#,0} estimates a round, {Rounds(options)} rounds after one to warm up; medians.
        """;

    public Task<IReadOnlyList<BenchCase>> Run(BenchOptions options)
    {
        if (!TaxParameterLibrary.TryForYear(2026, out var parameters, out var rejection))
            throw new InvalidOperationException(rejection.Detail);
        var facts = Year();
        var micros = new List<double>();
        for (var round = 0; round <= Rounds(options); round++)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < PerRound(options); i++)
            {
                var own = facts with { Withholding = i };
                if (!Estimator.TryEstimate(parameters, own, out _, out var refused)) throw new InvalidOperationException(refused.Detail);
            }
            if (round > 0) micros.Add(clock.Elapsed.TotalMicroseconds / PerRound(options));
        }
        return Task.FromResult<IReadOnlyList<BenchCase>>(
        [
            BenchCase.Of(
                "estimates", "µs", new BenchSamples("estimates", micros),
                new BenchSamples("the bar", [.. micros.Select(_ => MostMicroseconds)]), 1, GoalMicroseconds / MostMicroseconds,
                lowerIsBetter: true),
        ]);
    }

    private static int Rounds(BenchOptions options) => options.Quick ? 3 : 9;

    private static int PerRound(BenchOptions options) => options.Quick ? 2_000 : 10_000;

    private static TaxFacts Year()
    {
        var first = new LocalDate(2026, 1, 1);
        return new TaxFacts
        {
            AsOf = new LocalDate(2026, 10, 1),
            Projection = new ProfitProjection.RunRate(),
            Household = new Household
            {
                Status = FilingStatus.MarriedFilingJointly,
                Taxpayer = new TaxPerson { HealthInsurancePremiums = 7_200, SepContribution = 5_000 },
                Spouse = new TaxPerson { NetProfit = 12_000, Wages = 48_000 },
                Interest = 900,
                ChildrenUnder17 = 2,
            },
            Receipts = [.. Enumerable.Range(0, Receipts).Select(n => new Receipt(first.PlusDays(n * 3), Usd(90_000 + n)))],
            Expenses =
            [
                .. Enumerable.Range(0, Expenses).Select(n => new BusinessExpense(
                    first.PlusDays(n * 365 / Expenses), n % 3 == 0 ? "meals" : "software", Usd(2_500 + n))),
            ],
            Payments = [new(new LocalDate(2026, 4, 15), Usd(200_000)), new(new LocalDate(2026, 6, 20), Usd(150_000))],
            Withholding = 4_000,
            PriorYear = new PriorYear(21_000, 130_000, FiledForTwelveMonths: true),
        };
    }

    private static Money Usd(long cents) => new(cents, Currency.Usd);
}
