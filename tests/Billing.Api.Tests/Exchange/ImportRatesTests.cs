using Billing.Api.Exchange;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Tests.Exchange;

/// <summary>Which rate cards an engagement gets that an import makes.</summary>
public sealed class ImportRatesTests
{
    private static TimeRow Row(string person, int day, long dollars) => new(1, 2)
    {
        Client = "Acme",
        Engagement = "Site",
        Person = person,
        PerHour = new Money(dollars * 100, Currency.Usd),
        Time = new TimeSpent.OnDay(new LocalDate(2024, 3, day), 3600),
    };

    private static IEnumerable<(bool IsPersons, long Dollars, int Day)> Due(ImportRates rates, TimeRow row) =>
        rates.Due(row).Select(rate => (rate.IsPersons, rate.PerHour.Minor / 100, rate.From.Day));

    [Fact]
    public void One_rate_of_all_is_the_engagements_from_the_first_day_on()
    {
        TimeRow[] rows = [Row("Ana", 5, 80), Row("Bo", 4, 80)];
        var rates = ImportRates.Of(rows, null, DateTimeZone.Utc);
        rates.Open(rows[0]);
        Assert.Equal([(false, 80L, 4)], Due(rates, rows[0]));
    }

    [Fact]
    public void A_rate_that_changes_is_each_persons_from_the_day_of_the_change_on_in_whatever_order_the_rows_are()
    {
        TimeRow[] rows = [Row("Ana", 6, 90), Row("Ana", 4, 80), Row("Bo", 4, 60), Row("Ana", 5, 80)];
        var rates = ImportRates.Of(rows, null, DateTimeZone.Utc);
        rates.Open(rows[0]);
        Assert.Equal([(true, 80L, 4), (true, 90L, 6)], Due(rates, rows[0]));
        Assert.Equal([(true, 60L, 4)], Due(rates, rows[2]));
    }

    [Fact]
    public void Two_rates_of_a_person_on_one_day_are_none_and_doubtful()
    {
        TimeRow[] rows = [Row("Ana", 4, 80), Row("Ana", 4, 90), Row("Bo", 4, 60)];
        var rates = ImportRates.Of(rows, null, DateTimeZone.Utc);
        rates.Open(rows[0]);
        Assert.Empty(rates.Due(rows[0]));
        Assert.Equal("rate-unclear", rates.DoubtOf(rows[0])!.Code);
        Assert.Null(rates.DoubtOf(rows[2]));
    }

    [Fact]
    public void A_rate_that_was_given_is_everyones_and_an_engagement_that_was_there_gets_none()
    {
        TimeRow[] rows = [Row("Ana", 4, 80), Row("Ana", 4, 90)];
        var rates = ImportRates.Of(rows, new Money(70_00, Currency.Usd), DateTimeZone.Utc);
        Assert.Empty(rates.Due(rows[0]));
        rates.Open(rows[0]);
        Assert.Equal([(false, 70L, 4)], Due(rates, rows[0]));
        Assert.Null(rates.DoubtOf(rows[0]));
    }
}
