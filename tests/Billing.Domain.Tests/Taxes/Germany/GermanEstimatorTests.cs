using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Germany;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.Taxes.Germany.GermanCases;

namespace Billing.Domain.Tests.Taxes.Germany;

/// <summary>From dated receipts and expenses to the assessment and the next prepayment.</summary>
public sealed class GermanEstimatorTests
{
    private static readonly LocalDate June = new(2026, 6, 30);

    private static readonly GermanFacts HalfYear = new()
    {
        AsOf = June,
        Projection = new ProfitProjection.YearToDateOnly(),
        Receipts = [new(new LocalDate(2026, 2, 1), Eur(2_500_000)), new(new LocalDate(2026, 5, 1), Eur(1_500_000))],
        VatReceived = [new(new LocalDate(2026, 2, 1), Eur(475_000)), new(new LocalDate(2026, 5, 1), Eur(285_000))],
        Expenses =
        [
            new(new LocalDate(2026, 3, 1), "software", Eur(595_000)), new(new LocalDate(2026, 3, 2), "meals", Eur(11_900)),
            new(new LocalDate(2026, 3, 3), "personal", Eur(50_000)), new(new LocalDate(2026, 7, 1), "travel", Eur(99_900)),
        ],
        VatPaid = [new(new LocalDate(2026, 4, 10), Eur(300_000)), new(new LocalDate(2026, 6, 1), Eur(-10_000))],
        Payments = [new(new LocalDate(2026, 3, 10), Eur(80_000))],
        Person = new GermanPerson { Deductions = 6_000, Church = ChurchTaxPlace.Elsewhere, SetPrepayments = [800, 800, 800, 800] },
    };

    private static GermanEstimate Made(GermanFacts facts, int year = 2026) =>
        GermanEstimator.TryEstimate(Law(year), facts, out var estimate, out var rejection)
            ? estimate
            : throw new InvalidOperationException(rejection.Detail);

    [Fact]
    public void The_profit_counts_vat_as_it_comes_and_goes()
    {
        var profit = Made(HalfYear).Profit;

        Assert.Equal(
            [
                ("de.euer.receipts", 40_000m), ("de.euer.vat-received", 7_600m), ("de.euer.vat-refunded", 100m),
                ("de.euer.total-receipts", 47_700m), ("de.euer.expense.meals", 83.30m), ("de.euer.expense.software", 5_950m),
                ("de.euer.expense.personal", 0m), ("de.euer.vat-paid", 3_000m), ("de.euer.total-expenses", 9_033.30m),
                ("de.euer.profit", 38_666.70m),
            ],
            profit.Lines.Select(line => (line.Code, line.Amount)));
    }

    [Fact]
    public void The_assessment_and_the_prepayments_follow()
    {
        var estimate = Made(HalfYear);

        Assert.Equal(32_666.70m, estimate.TaxableIncome.Exact);
        Assert.Equal(4_981m, estimate.IncomeTax.Exact); // z = 1.4867: (173.1 z + 2,397) z + 1,034.87 = 4,981.09
        Assert.Equal(0m, estimate.Solidarity.Exact);
        Assert.Equal(448.29m, estimate.ChurchTax.Exact);
        Assert.Equal(5_429.29m, estimate.Total.Exact);
        Assert.Equal(4_629.29m, estimate.Balance);
        Assert.Equal(0.1404m, Math.Round(estimate.ReserveShare!.Value, 4));
        Assert.Equal(0.3161m, estimate.MarginalShare); // 5,010 and 450.90 at a hundred euros more.
        // 1,600 are set for dates that are over; the rest goes to two dates.
        Assert.Equal([800m, 800m, 1_914m, 1_914m], estimate.Prepayments.Dates.Select(date => date.Suggested));
        Assert.Equal((800m, 800m), (estimate.Prepayments.OverdueNow, estimate.Prepayments.DueNext));
        Assert.Equal(GermanAdjustment.Raise, estimate.Prepayments.Adjustment);
        Assert.Equal(
            "Pay 800.00 euros now, which was missed, and 800.00 euros by 2026-09-10. What is set is too little: 1,914.00 euros at each date "
            + "to come would fit, which the office may set. 4,629.29 euros in all is expected to be due with the assessment, less what is "
            + "still prepaid.",
            estimate.Advice);
        WorkingHolds(2026, estimate.Lines);
        Assert.All(estimate.Lines.Where(line => line.Unit != TaxUnit.Number), line => Assert.Equal(TaxUnit.Euros, line.Unit));
    }

    [Theory]
    [InlineData("null", 4_000, 2026, 1, 15, "1000 1000 1000 1000", GermanAdjustment.Raise)]
    [InlineData("500 500 500 500", 4_000, 2026, 7, 1, "500 500 1500 1500", GermanAdjustment.Raise)]
    [InlineData("1000 1000 1000 1000", 2_100, 2026, 7, 1, "1000 1000 0 0", GermanAdjustment.Lower)] // 50 at a date is not set.
    [InlineData("1000 1000 1000 1000", 3_000, 2026, 1, 1, "750 750 750 750", GermanAdjustment.Lower)]
    [InlineData("1000 1000 1000 1000", 4_150, 2026, 1, 1, "1000 1000 1000 1000", GermanAdjustment.None)] // 37 more is no raise.
    [InlineData("1000 1000 1000 1000", 4_400, 2026, 1, 1, "1100 1100 1100 1100", GermanAdjustment.Raise)]
    [InlineData("null", 399, 2026, 1, 1, "0 0 0 0", GermanAdjustment.None)]
    [InlineData("null", 400, 2026, 1, 1, "100 100 100 100", GermanAdjustment.Raise)]
    [InlineData("null", -500, 2026, 1, 1, "0 0 0 0", GermanAdjustment.None)]
    [InlineData("1000 1000 1000 1000", 8_999, 2027, 2, 1, "1000 1000 1000 1000", GermanAdjustment.None)]
    [InlineData("1000 1000 1000 1000", 9_000, 2027, 2, 1, "1000 1000 1000 6000", GermanAdjustment.Raise)]
    public void Prepayments_are_adjusted_as_the_law_allows(
        string set, int expected, int year, int month, int day, string suggested, GermanAdjustment adjustment)
    {
        var plan = GermanPrepayments.Of(
            Law(2026).Prepayments, 2026, set == "null" ? null : Numbers(set), expected, 0, new LocalDate(year, month, day));

        Assert.Equal(Numbers(suggested), plan.Dates.Select(date => date.Suggested));
        Assert.Equal(adjustment, plan.Adjustment);
    }

    [Fact]
    public void The_last_day_of_a_date_is_still_on_time()
    {
        var p = Law(2026).Prepayments;
        var onTime = GermanPrepayments.Of(p, 2026, [800, 800, 800, 800], 3_200, 800, new LocalDate(2026, 6, 10));
        Assert.Equal((0m, 800m, 2), (onTime.OverdueNow, onTime.DueNext, onTime.Next!.Number));
        var late = GermanPrepayments.Of(p, 2026, [800, 800, 800, 800], 3_200, 800, new LocalDate(2026, 6, 11));
        Assert.Equal((800m, 800m, 3), (late.OverdueNow, late.DueNext, late.Next!.Number));
    }

    [Fact]
    public void Suggestions_never_ask_for_more_than_is_expected() => Gen.Select(
        Gen.Int[0, 5_000].Array[4], Gen.Int[0, 60_000], Gen.Int[0, 450]).Sample((set, expected, days) =>
    {
        var plan = GermanPrepayments.Of(
            Law(2026).Prepayments, 2026, [.. set.Select(amount => (decimal)amount)], expected, 0, new LocalDate(2026, 1, 1).PlusDays(days));
        Assert.True(plan.Dates.Sum(date => date.Suggested) <= Math.Max(expected, set.Sum()));
        Assert.Equal(set.Sum(), plan.Dates.Sum(date => date.Set));
        Assert.Equal(plan.Dates.Sum(date => date.Set), plan.Dates.Sum(date => date.Remaining));
    });

    [Fact]
    public void A_loss_is_no_tax_and_what_was_withheld_comes_back()
    {
        var loss = HalfYear with { Receipts = [], VatReceived = [], Person = new GermanPerson { Withheld = 300 }, Payments = [] };
        var estimate = Made(loss);

        Assert.Equal(0m, estimate.Total.Exact);
        Assert.Equal(-300m, estimate.Balance);
        Assert.Null(estimate.ReserveShare);
        Assert.EndsWith("300.00 euros is expected back with the assessment.", estimate.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_trade_is_told_of_trade_tax_above_its_free_profit()
    {
        var trade = HalfYear with { Person = HalfYear.Person with { IsTrade = true } };
        Assert.Contains(Made(trade).Limits, limit => limit.Contains("24,500.00", StringComparison.Ordinal));
        Assert.DoesNotContain(Made(HalfYear).Limits, limit => limit.Contains("24,500.00", StringComparison.Ordinal));
    }

    [Fact]
    public void Refuses_facts_that_no_estimate_can_be_made_from()
    {
        var day = new LocalDate(2026, 1, 1);
        (string, GermanFacts)[] refused =
        [
            ("tax-fact-outside-year", HalfYear with { Receipts = [new(new LocalDate(2025, 12, 31), Eur(1))] }),
            ("tax-currency-not-eur", HalfYear with { Receipts = [new(day, new Money(1, Currency.Usd))] }),
            ("tax-currency-not-eur", HalfYear with { Expenses = [new(day, "meals", new Money(1, Currency.Usd))] }),
            ("expense-category-unknown", HalfYear with { Expenses = [new(day, "Bewirtung", Eur(1))] }),
            ("run-rate-needs-a-day", HalfYear with { AsOf = new LocalDate(2025, 12, 31), Projection = new ProfitProjection.RunRate() }),
        ];
        Assert.All(refused, pair =>
        {
            Assert.False(GermanEstimator.TryEstimate(Law(2026), pair.Item2, out _, out var rejection));
            Assert.Equal(pair.Item1, rejection.Code);
        });
    }

    private static decimal[] Numbers(string text) =>
        [.. text.Split(' ').Select(number => decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture))];
}
