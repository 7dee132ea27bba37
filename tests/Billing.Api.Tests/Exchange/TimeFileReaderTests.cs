using Billing.Api.Exchange;
using Billing.Domain.Access;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Tests.Exchange;

/// <summary>Each trap of a file by itself.</summary>
public sealed class TimeFileReaderTests
{
    private const string Toggl = "User,Client,Project,Description,Start date,Start time,End date,End time,Duration\n";
    private const string Harvest = "Date,Client,Project,Hours,First Name\n";
    private const string Kimai = "Date,From,To,Duration,Break,Customer,Project,User\n";

    private static TimeFileReading Read(string program, string text, string zone = "Europe/Berlin", string? dateForm = null, char? point = null)
    {
        var (reading, fault) = TryRead(program, text, zone, dateForm, point);
        Assert.Null(fault);
        return reading!;
    }

    private static (TimeFileReading? Reading, RowFault? Fault) TryRead(
        string program, string text, string zone = "Europe/Berlin", string? dateForm = null, char? point = null) => TimeFileReader.Read(
            TimeFile.All.Single(file => file.Name == program), text,
            new TimeFileForm(TimeZones.Of(zone), Currency.Usd, dateForm, point));

    private static TimeRow Row(string program, string text, string zone = "Europe/Berlin") => Assert.Single(Read(program, text, zone).Rows);

    private static TimeRow Clocks(string times, string zone = "Europe/Berlin") => Row("toggl", $"{Toggl}Maya,Acme,Site,,{times}\n", zone);

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_case_and_those_not_read_are_named()
    {
        var reading = Read(
            "toggl", "colour,END TIME,Stop date,Start Time,start date,Client,Project,Member\nred,10:00:00,2024-03-04,09:00:00,2024-03-04,Acme,Site,Maya\n",
            "UTC");
        var row = Assert.Single(reading.Rows);
        Assert.Equal(("Acme", "Site", "Maya", 3600L), (row.Client, row.Engagement, row.Person, row.DurationSeconds));
        Assert.Equal(["colour"], reading.UnusedColumns);
    }

    [Fact]
    public void A_table_without_a_needed_column_is_refused_and_the_column_named()
    {
        var (_, fault) = TryRead("toggl", "User,Project,Start date,Start time,End date\n");
        Assert.Equal("not-a-time-file", fault!.Code);
        Assert.Contains("names these columns, and this one doesn't: End time.", fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("03/13/2024", "mm/dd/yyyy", "2024-03-13")]
    [InlineData("13/03/2024", "dd/mm/yyyy", "2024-03-13")]
    [InlineData("03/03/2024", "mm/dd/yyyy", "2024-03-03")]
    [InlineData("13.3.2024", "dd.mm.yyyy", "2024-03-13")]
    [InlineData("2024-03-13", "yyyy-mm-dd", "2024-03-13")]
    [InlineData("13-03-2024", "dd-mm-yyyy", "2024-03-13")]
    public void The_form_of_days_is_found_out_where_it_can_be_only_one(string day, string form, string expected)
    {
        var reading = Read("harvest", $"{Harvest}{day},Acme,Site,1.5,Maya\n");
        Assert.Equal(form, reading.DateForm);
        Assert.Equal(expected, ((TimeSpent.OnDay)reading.Rows[0].Time!).WorkedOn.ToString("uuuu-MM-dd", null));
    }

    [Theory]
    [InlineData("03/04/2024", "05/06/2024")]
    [InlineData("03/13/2024", "13/03/2024")]
    [InlineData("03-04-2024", "03-05-2024")]
    public void Days_that_can_be_read_in_two_ways_are_asked_for(string one, string other)
    {
        var file = $"{Harvest}{one},Acme,Site,1.5,Maya\n{other},Acme,Site,1.5,Maya\n";
        Assert.Equal("date-form-unclear", TryRead("harvest", file).Fault!.Code);
    }

    [Fact]
    public void Days_are_read_in_the_form_that_is_given_and_the_rest_is_refused_row_by_row()
    {
        var rows = Read("harvest", $"{Harvest}03/04/2024,Acme,Site,1.5,Maya\n13/04/2024,Acme,Site,1.5,Maya\n", dateForm: "mm/dd/yyyy").Rows;
        Assert.Equal(new LocalDate(2024, 3, 4), rows[0].WorkedOn(DateTimeZone.Utc));
        Assert.Equal("date-unreadable", rows[1].Fault!.Code);
    }

    [Theory]
    [InlineData("1,25", 4500)]
    [InlineData("0.01", 36)]
    [InlineData("7", 25200)]
    [InlineData("1:30", 5400)]
    public void Decimals_are_found_out_where_they_can_be_only_one(string hours, long seconds) =>
        Assert.Equal(seconds, Row("harvest", $"{Harvest}2024-03-04,Acme,Site,\"{hours}\",Maya\n").DurationSeconds);

    [Theory]
    [InlineData("2.000", "3.500")]
    [InlineData("1,5", "1.5")]
    public void Decimals_that_can_be_read_in_two_ways_are_asked_for(string one, string other)
    {
        var file = $"{Harvest}2024-03-04,Acme,Site,\"{one}\",Maya\n2024-03-04,Acme,Site,\"{other}\",Maya\n";
        Assert.Equal("decimal-unclear", TryRead("harvest", file).Fault!.Code);
    }

    [Fact]
    public void A_comma_where_a_point_was_said_is_never_a_thousands_mark_by_mistake() => Assert.Equal(
        "hours-unreadable", Read("harvest", $"{Harvest}2024-03-04,Acme,Site,\"1,5\",Maya\n", point: '.').Rows[0].Fault!.Code);

    [Theory]
    [InlineData("2024-03-04,9:05 AM,2024-03-04,1:05 pm,04:00:00", 14_400)]
    [InlineData("2024-03-04,12:00:00 AM,2024-03-04,12:00:30 PM,12:00:30", 43_230)]
    [InlineData("2024-03-04,9:05 a.m.,2024-03-04,9:06\u202FAM,", 60)]
    [InlineData("2024-03-04,09:05,2024-03-04,17:05,", 28_800)]
    public void Clocks_have_twelve_hours_or_twenty_four_with_seconds_or_without(string times, long seconds) =>
        Assert.Equal(seconds, Clocks(times).DurationSeconds);

    [Theory]
    [InlineData("2024-03-04,25:00,2024-03-04,26:00,", "time-unreadable")]
    [InlineData("2024-03-04,13:00 PM,2024-03-04,14:00,", "time-unreadable")]
    [InlineData("2024-03-04,09:00,2024-03-04,,", "time-unreadable")]
    [InlineData("2024-02-30,09:00,2024-03-04,10:00,", "date-unreadable")]
    [InlineData("2024-03-04,09:00,2024-03-04,10:00,an hour", "hours-unreadable")]
    [InlineData("2024-03-04,09:00", "columns-unexpected")]
    public void What_cannot_be_read_is_refused_by_its_row(string times, string code) => Assert.Equal(code, Clocks(times).Fault!.Code);

    [Fact]
    public void A_night_in_which_clocks_are_put_forward_is_an_hour_shorter() =>
        Assert.Equal(7_200, Clocks("2024-03-31,01:00:00,2024-03-31,04:00:00,02:00:00").DurationSeconds);

    [Fact]
    public void A_time_that_never_was_is_refused() =>
        Assert.Equal("time-skipped", Clocks("2024-03-31,02:30:00,2024-03-31,04:00:00,00:30:00").Fault!.Code);

    [Theory]
    [InlineData("02:30:00,2024-10-27,04:00:00,01:30:00", 5_400)]
    [InlineData("02:30:00,2024-10-27,04:00:00,02:30:00", 9_000)]
    [InlineData("01:30:00,2024-10-27,02:30:00,01:00:00", 3_600)]
    public void A_time_that_was_twice_is_told_apart_by_the_duration(string times, long seconds) =>
        Assert.Equal(seconds, Clocks($"2024-10-27,{times}").DurationSeconds);

    [Theory]
    [InlineData("02:30:00,2024-10-27,04:00:00,")]
    [InlineData("02:10:00,2024-10-27,02:40:00,00:30:00")]
    public void A_time_that_was_twice_is_refused_where_nothing_tells_it_apart(string times) =>
        Assert.Equal("time-twice", Clocks($"2024-10-27,{times}").Fault!.Code);

    [Theory]
    [InlineData("01:00:59", null, "duration-differs")]
    [InlineData("01:01:00", "duration-differs", null)]
    [InlineData("01:00:00", null, null)]
    [InlineData("00:00:00", null, null)]
    public void A_duration_that_is_off_by_a_minute_refuses_the_row_and_by_less_it_is_doubtful(string duration, string? fault, string? doubt)
    {
        var row = Clocks($"2024-03-04,09:00:00,2024-03-04,10:00:00,{duration}");
        Assert.Equal((fault, doubt), (row.Fault?.Code, row.Doubt?.Code));
    }

    [Theory]
    [InlineData("22:00,00:30,2.5,", 9_000)]
    [InlineData("22:00,00:30,9000,", 9_000)]
    [InlineData("09:00,10:01,1.02,", 3_660)]
    public void Kimai_ends_on_the_next_day_where_the_end_is_before_the_start(string times, long seconds)
    {
        var row = Row("kimai", $"{Kimai}2024-03-04,{times},Acme,Site,Maya\n");
        Assert.Equal((seconds, null), (row.DurationSeconds, row.Doubt?.Code));
    }

    [Fact]
    public void Work_with_a_break_in_it_is_a_duration_on_its_day()
    {
        var row = Row("kimai", $"{Kimai}2024-03-04,09:00,12:00,2:30,0:30,Acme,Site,Maya\n");
        Assert.Equal(new TimeSpent.OnDay(new LocalDate(2024, 3, 4), 9_000), row.Time);
        Assert.Equal("break-taken-out", row.Doubt!.Code);
    }

    [Fact]
    public void A_task_too_long_for_a_tag_begins_the_note()
    {
        var task = new string('x', 51);
        const string Header = "Client,Project,Task,Description,Tags,Start date,Start time,End date,End time\n";
        var (fits, tooLong) = (
            Row("toggl", $"{Header}Acme,Site,{task[1..]},Said,\"b, a\",2024-03-04,09:00,2024-03-04,10:00\n"),
            Row("toggl", $"{Header}Acme,Site,{task},Said,,2024-03-04,09:00,2024-03-04,10:00\n"));
        Assert.Equal(("Said", "b|a|" + task[1..]), (fits.Note, string.Join('|', fits.Tags)));
        Assert.Equal(($"{task}: Said", 0), (tooLong.Note, tooLong.Tags.Count));
    }

    [Theory]
    [InlineData("maybe")]
    [InlineData("")]
    public void A_billing_mark_that_is_neither_yes_nor_no_is_refused(string mark) => Assert.Equal("billable-unreadable", Row(
        "toggl", $"Client,Project,Billable,Start date,Start time,End date,End time\nAcme,Site,{mark},2024-03-04,09:00,2024-03-04,10:00\n").Fault!.Code);

    [Theory]
    [InlineData("12.345", "USD", "rate-unreadable")]
    [InlineData("12.34", "Dollars", "currency-unknown")]
    public void A_rate_that_is_no_amount_is_refused(string rate, string currency, string code) => Assert.Equal(code, Row(
        "harvest", $"Date,Client,Project,Hours,Billable Rate,Currency\n2024-03-04,Acme,Site,1.55,{rate},{currency}\n").Fault!.Code);
}
