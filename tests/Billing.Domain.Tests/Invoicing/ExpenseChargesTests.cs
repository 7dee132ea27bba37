using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using NodaTime;
using static Billing.Domain.Tests.Invoicing.Practice;

namespace Billing.Domain.Tests.Invoicing;

public class ExpenseChargesTests
{
    [Fact]
    public void An_expense_is_rebilled_with_its_mark_up_which_stays_visible_on_the_line()
    {
        var line = Assert.Single(Lines(new Practice().Spends(201, 64_95).Happens(201, Corrected(64_95, new ExpenseMarkUp(1_000, null)))));
        Assert.Equal((71_45L, 6_50L), (line.AmountMinor, line.MarkUpMinor));
    }

    [Fact]
    public void A_fixed_mark_up_is_added_as_it_is()
    {
        var line = Assert.Single(Lines(new Practice().Spends(201, 64_95).Happens(201, Corrected(64_95, new ExpenseMarkUp(null, 5_00)))));
        Assert.Equal((69_95L, 5_00L), (line.AmountMinor, line.MarkUpMinor));
    }

    [Fact]
    public void What_is_rebilled_is_the_whole_amount_whatever_the_business_share_is()
    {
        var line = Assert.Single(Lines(new Practice().Spends(201, 100_00).Happens(201, new ExpenseEvent.ExpenseCorrected(
            100_00, "USD", "software", new LocalDate(2026, 3, 2), Acme, null, true, "Vendor", null, At,
            new ExpenseParticulars(BusinessShareBasisPoints: 2_500)))));
        Assert.Equal((100_00L, null), (line.AmountMinor, line.MarkUpMinor));
    }

    [Fact]
    public void A_trip_is_a_line_at_its_stated_rate()
    {
        var practice = new Practice().Spends(201, 1).Happens(201, new ExpenseEvent.TripCorrected(
            Id(9), new LocalDate(2026, 3, 2), 2_860, "mi", Acme, null, "0.70", "USD", "Photos", null, null, At));
        var computed = practice.Computed();
        Assert.Equal(20_02, Assert.Single(computed.Lines).AmountMinor);
        Assert.Equal(["Photos, 28.6 mi"], computed.LineDescriptions);
    }

    private static IReadOnlyList<InvoiceLine> Lines(Practice practice) => practice.Computed().Lines;

    private static ExpenseEvent.ExpenseCorrected Corrected(long amountMinor, ExpenseMarkUp markUp) => new(
        amountMinor, "USD", "software", new LocalDate(2026, 3, 2), Acme, null, true, "Vendor", null, At,
        new ExpenseParticulars(MarkUp: markUp));
}
