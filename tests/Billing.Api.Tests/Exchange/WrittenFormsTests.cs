using System.Globalization;
using Billing.Api.Exchange;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using CsCheck;
using NodaTime;

namespace Billing.Api.Tests.Exchange;

/// <summary>However a file writes its rows, they are read back as what they were.</summary>
public sealed class WrittenFormsTests
{
    private static readonly Gen<(LocalDate Day, long Seconds, string Note)[]> Works = Gen.Select(
        Gen.Int[0, 9_000].Select(days => new LocalDate(2005, 1, 1).PlusDays(days)),
        Gen.Int[1, 2_400].Select(hundredths => hundredths * 36L),
        Gen.String[Gen.OneOfConst('a', 'ü', '東', ',', ';', '"', '\n', '\r', '.', '|'), 0, 12]).Array[1, 8];

    [Fact]
    public void Rows_are_read_back_from_any_order_of_columns_form_of_days_and_mark_of_decimals() => Gen.Select(
        Works, Gen.Shuffle(new[] { "Date", "Client", "Project", "Notes", "Hours", "First Name", "Odd" }),
        Gen.OneOfConst([.. WrittenDates.Forms]), Gen.OneOfConst('.', ','), Gen.OneOfConst(',', ';', '\t')).Sample(
        (works, columns, dateForm, point, mark) =>
        {
            var lines = works.Select(work => string.Join(mark, columns.Select(column => Quoted(column switch
            {
                "Date" => WrittenDates.PatternOf(dateForm).Format(work.Day),
                "Hours" => (work.Seconds / 3600m).ToString("0.00", CultureInfo.InvariantCulture).Replace('.', point),
                "Notes" => work.Note,
                _ => column,
            }))));
            var text = string.Join("\r\n", lines.Prepend(string.Join(mark, columns)));
            var form = new TimeFileForm(DateTimeZone.Utc, Currency.Usd, dateForm, point);

            var (reading, fault) = TimeFileReader.Read(TimeFile.All.Single(file => file.Name == "harvest"), text, form);

            Assert.Null(fault);
            Assert.Equal(["Odd"], reading!.UnusedColumns);
            Assert.Equal(
                works.Select(work => ((TimeSpent?)new TimeSpent.OnDay(work.Day, work.Seconds), work.Note.Trim())),
                reading.Rows.Select(row => (row.Time, row.Note)));
        });

    /// <summary>What is found out is what was written, or is asked for: never another day.</summary>
    [Fact]
    public void A_form_of_days_that_is_found_out_reads_what_was_written() => Gen.Select(
        Works, Gen.OneOfConst([.. WrittenDates.Forms])).Sample((works, written) =>
        {
            var texts = works.Select(work => WrittenDates.PatternOf(written).Format(work.Day)).ToList();
            if (WrittenDates.Find(texts) is not { } found) return;
            Assert.Equal(works.Select(work => (LocalDate?)work.Day), texts.Select(text => WrittenDates.Read(text, found)));
        });

    /// <summary>With thousands parted and any number of decimals: found out is what was written, or it is asked for.</summary>
    [Fact]
    public void A_mark_of_decimals_that_is_found_out_reads_what_was_written() => Gen.Select(
        Gen.Select(Gen.Long[0, 9_999_999], Gen.Int[0, 4]).Array[1, 6], Gen.OneOfConst('.', ','), Gen.Bool).Sample(
        (numbers, point, isParted) =>
        {
            var values = numbers.Select(number => number.Item1 / (decimal)Math.Pow(10, number.Item2)).ToList();
            var texts = values.Select((value, i) => value.ToString(
                (isParted ? "#,0" : "0") + (numbers[i].Item2 == 0 ? "" : "." + new string('0', numbers[i].Item2)),
                CultureInfo.InvariantCulture))
                .Select(text => point == '.' ? text : text.Replace(',', ';').Replace('.', ',').Replace(';', '.')).ToList();
            if (WrittenNumbers.Find(texts) is not { } found) return;
            Assert.Equal(values, texts.Select(text => WrittenNumbers.TryRead(text, found, out var read) ? read : -1));
        }, iter: 10_000);

    [Theory]
    [InlineData("1.234,50", ',', "1234.50")]
    [InlineData("1 234.5", '.', "1234.50")]
    [InlineData("12.5000", '.', "12.50")]
    [InlineData("7,25-", ',', "-7.25")]
    [InlineData("10.00000000000001", '.', null)]
    [InlineData("0.005", '.', null)]
    [InlineData("9999999999999.99", '.', "9999999999999.99")]
    [InlineData("10000000000000.00", '.', null)]
    [InlineData("", '.', null)]
    public void An_amount_is_read_to_the_cent_or_not_at_all(string text, char point, string? amount) => Assert.Equal(
        amount, WrittenNumbers.TryReadAmount(text, point, Currency.Usd, out var read) ? read.ToDecimalString() : null);

    /// <summary>Around the nights in which clocks go back or forth, by an hour or, on Lord Howe, by half of one.</summary>
    [Fact]
    public void Clocks_with_their_duration_are_read_back_as_the_instants_they_were_or_are_asked_for() => Gen.Select(
        Gen.OneOfConst(
            ("Europe/Berlin", new LocalDate(2024, 10, 27)), ("Europe/Berlin", new LocalDate(2024, 3, 31)),
            ("America/New_York", new LocalDate(2024, 11, 3)), ("Australia/Lord_Howe", new LocalDate(2024, 4, 7))),
        Gen.Long[0, 6 * 60], Gen.Long[1, 6 * 60]).Sample((night, startMinute, minutes) =>
        {
            var zone = DateTimeZoneProviders.Tzdb[night.Item1];
            var start = zone.AtStartOfDay(night.Item2).ToInstant().Plus(Duration.FromMinutes(startMinute));
            var end = start.Plus(Duration.FromMinutes(minutes));
            var (time, fault) = WrittenTimes.Between(
                start.InZone(zone).LocalDateTime, end.InZone(zone).LocalDateTime, zone, new WrittenDuration(minutes * 60, 0));
            if (fault is null) Assert.Equal(new TimeSpent.Between(start, end), time);
            else Assert.Equal("time-twice", fault.Code);
        }, iter: 10_000);

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
