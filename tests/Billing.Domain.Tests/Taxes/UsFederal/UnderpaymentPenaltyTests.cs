using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

public sealed class UnderpaymentPenaltyTests
{
    private static UnderpaymentPenalty Of(
        int year, decimal[] required, LocalDate asOf, params TaxCredit[] credits) => UnderpaymentPenalty.Compute(
            Figures(year).EstimatedTax.UnderpaymentRates.Value, TaxCalendar.For(year), required, credits, asOf);

    [Fact]
    public void Four_unpaid_instalments_of_2025_cost_what_is_published()
    {
        var penalty = Of(2025, Cents.Quarters(20_362), new LocalDate(2026, 4, 15));

        Assert.Equal(947.95m, penalty.Amount);
        Assert.Equal(
            [(1, 5_090.50m, 4), (2, 5_090.50m, 6), (3, 5_090.50m, 9), (4, 5_090.50m, 1)],
            penalty.Pieces.Select(piece => (piece.Instalment, piece.Amount, piece.From.Month)));
    }

    [Fact]
    public void Unequal_instalments_of_2025_cost_what_is_published() =>
        Assert.Equal(447.19m, Of(2025, [0, 762.75m, 2_754.68m, 16_843.27m], new LocalDate(2026, 4, 15)).Amount);

    [Theory]
    [InlineData(61, 35.10)]
    [InlineData(153, 88.03)]
    public void Three_thousand_paid_late_cost_simple_interest_by_the_day(int days, decimal penalty)
    {
        var paidOn = new LocalDate(2025, 4, 15).PlusDays(days);

        var late = Of(2025, [3_000, 0, 0, 0], new LocalDate(2026, 4, 1), new TaxCredit(paidOn, 3_000));

        Assert.Equal(penalty, late.Amount);
    }

    [Theory]
    [InlineData("2006", "0.07 0.08 0.08 0.08", 0.05258)]
    [InlineData("2008", "0.06 0.05 0.06 0.05", 0.03571)]
    [InlineData("2016", "0.04 0.04 0.04 0.04", 0.02656)]
    public void Reproduces_the_factors_of_the_short_method(string year, string quarterlyRates, decimal factor)
    {
        var y = int.Parse(year, System.Globalization.CultureInfo.InvariantCulture);
        var rates = quarterlyRates.Split(' ')
            .Select(rate => decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        DatedRate[] periods =
        [
            new(new LocalDate(y, 4, 1), new LocalDate(y, 6, 30), rates[0]),
            new(new LocalDate(y, 7, 1), new LocalDate(y, 9, 30), rates[1]),
            new(new LocalDate(y, 10, 1), new LocalDate(y, 12, 31), rates[2]),
            new(new LocalDate(y + 1, 1, 1), new LocalDate(y + 1, 4, 15), rates[3]),
        ];

        var penalty = UnderpaymentPenalty.Compute(
            periods, TaxCalendar.For(y), Cents.Quarters(100_000), [], new LocalDate(y + 1, 12, 31));

        Assert.Equal(factor * 100_000, Math.Round(penalty.Amount, 0));
    }

    [Fact]
    public void A_payment_by_the_moved_deadline_is_on_time_and_a_later_one_runs_from_the_statutory_date()
    {
        var asOf = new LocalDate(2025, 4, 15);
        var onTime = Of(2024, [0, 1_000, 0, 0], asOf, new TaxCredit(new LocalDate(2024, 6, 17), 1_000));
        var late = Of(2024, [0, 1_000, 0, 0], asOf, new TaxCredit(new LocalDate(2024, 6, 18), 1_000));

        Assert.Equal(0m, onTime.Amount);
        // Three days of 8 % in a leap year.
        Assert.Equal(0.66m, late.Amount);
    }

    [Fact]
    public void A_late_payment_covers_the_earliest_instalment_first()
    {
        var penalty = Of(
            2025, [1_000, 1_000, 0, 0], new LocalDate(2025, 6, 16), new TaxCredit(new LocalDate(2025, 6, 15), 1_500));

        var piece = Assert.Single(penalty.Pieces);
        Assert.Equal((1, 1_000m, new LocalDate(2025, 6, 15)), (piece.Instalment, piece.Amount, piece.Through));
    }

    [Fact]
    public void Stops_on_the_fifteenth_of_april() =>
        Assert.Equal(
            Of(2025, Cents.Quarters(8_000), new LocalDate(2026, 4, 15)).Amount,
            Of(2025, Cents.Quarters(8_000), new LocalDate(2027, 1, 1)).Amount);

    [Fact]
    public void Days_without_a_published_rate_take_the_last_one_and_say_so()
    {
        var before = Of(2026, [1_000, 0, 0, 0], new LocalDate(2026, 12, 31));
        var after = Of(2026, [1_000, 0, 0, 0], new LocalDate(2027, 1, 31));

        Assert.False(before.AssumesUnpublishedRate);
        Assert.True(after.AssumesUnpublishedRate);
        // 76 days at 6 %, 184 and 31 days at 7 %.
        Assert.Equal(53.73m, after.Amount);
    }
}
