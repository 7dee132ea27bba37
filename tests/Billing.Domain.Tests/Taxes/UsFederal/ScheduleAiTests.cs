using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using NodaTime;
using static Billing.Domain.Tests.Taxes.UsFederal.TaxCases;

namespace Billing.Domain.Tests.Taxes.UsFederal;

/// <summary>The annualized income method, by a published example in whole dollars and by cases worked out by hand.</summary>
public sealed class ScheduleAiTests
{
    private static readonly decimal[] Quarters = [5_090.50m, 5_090.50m, 5_090.50m, 5_090.50m];

    internal static Household[] Periods(string status, params decimal[] profits) =>
        [.. profits.Select(profit => Household(status, profit))];

    private static (ScheduleAi Schedule, IReadOnlyList<TaxLine> Lines) LateIncome(LineRounding rounding)
    {
        var sheet = new Worksheet(rounding);
        var schedule = ScheduleAi.Compute(Figures(2025), sheet, Periods("single", 0, 5_000, 20_000, 100_000), Quarters);
        return (schedule, sheet.Lines);
    }

    [Fact]
    public void Income_late_in_the_year_makes_early_instalments_small()
    {
        var (schedule, lines) = LateIncome(LineRounding.WholeDollars);

        Assert.Equal([0, 1_695, 4_238, 14_129], schedule.Columns.Select(column => column.SelfEmploymentTax.Exact));
        Assert.Equal([0, 11_153, 27_881, 92_935], Annualized("agi.annualized"));
        Assert.Equal([0, 0, 2_426, 15_437], Annualized("qbi.deduction"));
        Assert.Equal([0, 0, 973, 8_494], schedule.Columns.Select(column => column.IncomeTax.Exact));
        Assert.Equal([0, 762.75m, 2_754.68m, 16_843.27m], schedule.Columns.Select(column => column.Required.Exact));

        decimal[] Annualized(string code) =>
            [.. "abcd".Select(letter => lines.Single(line => line.Code == $"annualized.{letter}.{code}").Exact)];
    }

    [Fact]
    public void The_penalty_of_unpaid_instalments_follows_them()
    {
        var (schedule, _) = LateIncome(LineRounding.WholeDollars);
        var calendar = TaxCalendar.For(2025);
        var rates = Figures(2025).EstimatedTax.UnderpaymentRates.Value;

        var annualized = UnderpaymentPenalty.Compute(
            rates, calendar, [.. schedule.Columns.Select(column => column.Required.Exact)], [], new LocalDate(2026, 4, 15));
        var regular = UnderpaymentPenalty.Compute(rates, calendar, Quarters, [], new LocalDate(2026, 4, 15));

        Assert.Equal(447.19m, annualized.Amount);
        Assert.Equal(947.95m, regular.Amount);
    }

    [Fact]
    public void Every_line_takes_only_what_earlier_lines_and_the_figures_say()
    {
        var sheet = new Worksheet();
        ScheduleAi.Compute(Figures(2026), sheet, Periods("hoh", 30_000, 60_000, 80_000, 260_000), Quarters);

        WorkingCheck.Holds(2026, sheet.Lines);
    }

    [Fact]
    public void The_wage_base_of_a_period_is_that_of_its_months()
    {
        var sheet = new Worksheet();
        ScheduleAi.Compute(Figures(2026), sheet, Periods("single", 60_000, 60_000, 60_000, 60_000), Quarters);

        // 55,410 of net earnings in the first quarter, but only 46,125 of the year's 184,500 belong to three months.
        var first = sheet.Lines.Single(line => line.Code == "annualized.a.se.social-security.taxpayer");
        Assert.Equal(46_125m * 0.496m, first.Exact);
        var second = sheet.Lines.Single(line => line.Code == "annualized.b.se.social-security.taxpayer");
        Assert.Equal(55_410m * 0.2976m, second.Exact);
    }

    [Fact]
    public void A_standard_deduction_counts_in_full_in_every_column()
    {
        var sheet = new Worksheet();
        var periods = Periods("single", 0, 0, 0, 0).Select((period, i) => period with
        {
            Taxpayer = period.Taxpayer with { Wages = 25_000m * (i + 1) },
        });
        var schedule = ScheduleAi.Compute(Figures(2026), sheet, [.. periods], Quarters);

        // Wages of 25,000 in three months make 100,000 of a year, less the 16,100 of a single person.
        Assert.Equal(83_900m, schedule.Columns[0].TaxableIncome.Exact);
        Assert.Equal((50_000m * 2.4m) - 16_100m, schedule.Columns[1].TaxableIncome.Exact);
    }

    [Fact]
    public void Section_A_carries_what_was_paid_too_much_and_what_is_still_owed()
    {
        var columns = SectionA.Compute([1_000, 1_000, 1_000, 1_000], [1_500, 200, 0, 3_000]);

        // 500 over in the first covers half of the second; 300 of it stays unpaid and is paid before the third and fourth.
        Assert.Equal([0, 300, 1_000, 0], columns.Select(column => column.Underpayment));
        Assert.Equal([500, 0, 0, 700], columns.Select(column => column.Overpayment));
    }
}
