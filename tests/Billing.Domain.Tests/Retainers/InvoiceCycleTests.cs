using Billing.Domain.Retainers;
using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.Tests.Retainers;

public class InvoiceCycleTests
{
    /// <summary>The semi-monthly one is vainparadise.com's: on the 1st and the 15th.</summary>
    [Theory]
    [InlineData("semi-monthly", "2026-01-01", "2026-01-01")]
    [InlineData("semi-monthly", "2026-01-02", "2026-01-15")]
    [InlineData("semi-monthly", "2026-01-15", "2026-01-15")]
    [InlineData("semi-monthly", "2026-12-16", "2027-01-01")]
    [InlineData("monthly", "2026-01-01", "2026-01-01")]
    [InlineData("monthly", "2026-01-02", "2026-02-01")]
    [InlineData("weeks", "2025-12-01", "2026-01-05")]
    [InlineData("weeks", "2026-01-05", "2026-01-05")]
    [InlineData("weeks", "2026-01-06", "2026-01-19")]
    [InlineData("own-days", "2026-01-06", "2026-03-31")]
    [InlineData("own-days", "2026-04-01", "")]
    public void The_next_day_of_a_cycle_is_not_before_today(string rule, string today, string next)
    {
        var days = rule switch
        {
            "weeks" => new[] { new LocalDate(2026, 1, 5) },
            "own-days" => [new LocalDate(2026, 3, 31), new LocalDate(2026, 1, 5)],
            _ => [],
        };
        var found = InvoiceCycle.NextFrom(new CycleTerms(rule, 2, days), LocalDatePattern.Iso.Parse(today).Value);
        Assert.Equal(next, found is { } day ? LocalDatePattern.Iso.Format(day) : "");
    }
}
