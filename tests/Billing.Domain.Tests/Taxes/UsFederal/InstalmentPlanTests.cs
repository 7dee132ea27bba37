using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using CsCheck;
using NodaTime;

namespace Billing.Domain.Tests.Taxes.UsFederal;

public sealed class InstalmentPlanTests
{
    private static readonly TaxCalendar Calendar = TaxCalendar.For(2026);

    private static InstalmentPlan Plan(decimal total, decimal withholding, decimal credited, LocalDate asOf) =>
        InstalmentPlan.Of("regular", Calendar, Cents.Quarters(total), withholding, credited, asOf);

    [Fact]
    public void Asks_for_a_quarter_at_each_date()
    {
        var plan = Plan(12_000, withholding: 0, credited: 0, new LocalDate(2026, 3, 1));

        Assert.Equal([3_000m, 3_000m, 3_000m, 3_000m], plan.Instalments.Select(instalment => instalment.Remaining));
        Assert.Equal(1, plan.Next?.Number);
        Assert.Equal(0m, plan.OverdueNow);
        Assert.Equal(3_000m, plan.CatchUp);
    }

    [Fact]
    public void Missed_instalments_are_overdue_and_caught_up_with_the_next_one()
    {
        var plan = Plan(12_000, withholding: 0, credited: 1_000, new LocalDate(2026, 6, 16));

        Assert.Equal(3, plan.Next?.Number);
        Assert.Equal(5_000m, plan.OverdueNow);
        Assert.Equal(3_000m, plan.DueNext);
        Assert.Equal(8_000m, plan.CatchUp);
        Assert.Equal(
            [InstalmentState.Overdue, InstalmentState.Overdue, InstalmentState.Next, InstalmentState.Later],
            plan.Instalments.Select(instalment => instalment.State));
    }

    [Theory]
    [InlineData("2026-06-15", 2)]
    [InlineData("2026-06-16", 3)]
    public void An_instalment_is_overdue_from_the_day_after_its_deadline(string day, int next) =>
        Assert.Equal(
            next,
            Plan(12_000, 0, 0, NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value).Next?.Number);

    [Fact]
    public void Payments_go_to_the_earliest_unpaid_instalment()
    {
        var plan = Plan(12_000, withholding: 0, credited: 7_500, new LocalDate(2026, 4, 1));

        Assert.Equal([0m, 0m, 1_500m, 3_000m], plan.Instalments.Select(instalment => instalment.Remaining));
        Assert.Equal([3_000m, 3_000m, 1_500m, 0m], plan.Instalments.Select(instalment => instalment.Covered));
        Assert.Equal(0m, plan.CatchUp);
    }

    [Fact]
    public void A_quarter_of_the_withholding_counts_at_each_date()
    {
        var plan = Plan(12_000, withholding: 4_000, credited: 500, new LocalDate(2026, 4, 1));

        Assert.Equal([1_500m, 2_000m, 2_000m, 2_000m], plan.Instalments.Select(instalment => instalment.Remaining));
    }

    [Fact]
    public void After_the_fourth_deadline_the_rest_of_the_year_is_overdue()
    {
        var plan = Plan(12_000, withholding: 0, credited: 9_999.50m, new LocalDate(2027, 1, 16));

        Assert.Null(plan.Next);
        Assert.Equal(2_000.50m, plan.OverdueNow);
        Assert.Equal(0m, plan.DueNext);
        Assert.Equal(2_001m, plan.RecommendedPayment);
    }

    [Fact]
    public void Cents_that_do_not_divide_go_to_the_earliest_quarters() =>
        Assert.Equal([25.01m, 25.01m, 25.01m, 25.00m], Cents.Quarters(100.03m));

    [Fact]
    public void Instalments_sum_to_the_required_payment() =>
        Gen.Int[0, 100_000_000].Sample(cents =>
        {
            var quarters = Cents.Quarters(cents / 100m);
            Assert.Equal(cents / 100m, quarters.Sum());
            Assert.True(quarters[0] - quarters[3] is 0 or 0.01m);
        });

    [Fact]
    public void Catch_up_is_what_the_dates_so_far_require_less_what_was_paid() =>
        Gen.Select(Gen.Int[100, 10_000_000], Gen.Int[0, 99], Gen.Int[0, 12_000_000], Gen.Int[0, 400])
            .Sample((requiredCents, withheldPercent, paidCents, day) =>
            {
                var required = Cents.Quarters(requiredCents / 100m);
                var withholding = Cents.Round(requiredCents * withheldPercent / 10_000m);
                var withheld = Cents.Quarters(withholding);
                var asOf = new LocalDate(2026, 1, 1).PlusDays(day);

                var plan = Plan(requiredCents / 100m, withholding, paidCents / 100m, asOf);

                decimal Through(int dates) =>
                    Math.Max(0, required.Take(dates).Sum() - withheld.Take(dates).Sum() - (paidCents / 100m));
                var next = plan.Next?.Number ?? 4;
                Assert.Equal(Through(next), plan.CatchUp);
                Assert.Equal(plan.Next is null ? Through(4) : Through(next - 1), plan.OverdueNow);
                Assert.Equal(Through(4), plan.Instalments.Sum(instalment => instalment.Remaining));
                Assert.All(plan.Instalments, one => Assert.InRange(one.Remaining, 0, one.Required));
            });
}
