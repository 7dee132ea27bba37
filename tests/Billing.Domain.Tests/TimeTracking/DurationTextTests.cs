using System.Globalization;
using Billing.Domain.TimeTracking;
using CsCheck;

namespace Billing.Domain.Tests.TimeTracking;

public sealed class DurationTextTests
{
    [Theory]
    [InlineData("2", 7200)]
    [InlineData("2.5", 9000)]
    [InlineData("0.25", 900)]
    [InlineData(".5", 1800)]
    [InlineData("2.33", 8388)]
    [InlineData("2h 30min", 9000)]
    [InlineData("2h30m", 9000)]
    [InlineData("2 h 30 min", 9000)]
    [InlineData("2 Hours 5 Minutes", 7500)]
    [InlineData("1:30", 5400)]
    [InlineData("0:05", 300)]
    [InlineData("1:30:15", 5415)]
    [InlineData("90min", 5400)]
    [InlineData("45m", 2700)]
    [InlineData("1h", 3600)]
    [InlineData("1.5h", 5400)]
    [InlineData("0.5min", 30)]
    [InlineData("1h 15s", 3615)]
    [InlineData("45sec", 45)]
    [InlineData("  1h ", 3600)]
    [InlineData("24", 86_400)]
    [InlineData("24:00", 86_400)]
    [InlineData("0:00:01", 1)]
    public void Reads_durations_as_people_write_them(string text, long expected)
    {
        Assert.Null(DurationText.Read(text, "/duration", out var seconds));
        Assert.Equal(expected, seconds);
    }

    [Theory]
    [InlineData("", "duration-unreadable")]
    [InlineData("  ", "duration-unreadable")]
    [InlineData("2,5", "duration-unreadable")]
    [InlineData("-2", "duration-unreadable")]
    [InlineData("+2", "duration-unreadable")]
    [InlineData("2.", "duration-unreadable")]
    [InlineData("1e3", "duration-unreadable")]
    [InlineData("1:5", "duration-unreadable")]
    [InlineData("1:60", "duration-unreadable")]
    [InlineData("1:30:60", "duration-unreadable")]
    [InlineData("30min 2h", "duration-unreadable")]
    [InlineData("2h 2h", "duration-unreadable")]
    [InlineData("2h 30", "duration-unreadable")]
    [InlineData("two hours", "duration-unreadable")]
    [InlineData("h", "duration-unreadable")]
    [InlineData("\u0662", "duration-unreadable")]
    [InlineData("9999999", "duration-unreadable")]
    [InlineData("0", "duration-not-positive")]
    [InlineData("0:00", "duration-not-positive")]
    [InlineData("0min", "duration-not-positive")]
    [InlineData("24:00:01", "duration-too-long")]
    [InlineData("24.01", "duration-too-long")]
    [InlineData("90", "duration-too-long")]
    [InlineData("0.333", "duration-not-whole-seconds")]
    [InlineData("0.0001", "duration-not-whole-seconds")]
    [InlineData("0.33min", "duration-not-whole-seconds")]
    public void Refuses_what_is_no_duration_of_work(string text, string code)
    {
        var refusal = DurationText.Read(text, "/duration", out var seconds);
        Assert.Equal((code, "/duration", 0L), (refusal?.Code, refusal?.Field, seconds));
    }

    [Fact]
    public void What_is_written_reads_back_as_the_same() => Gen.Long[1, 86_400].Sample(
        seconds => DurationText.Read(DurationText.Of(seconds), "", out var read) is null && read == seconds);

    [Fact]
    public void A_clock_units_and_decimals_that_say_the_same_are_the_same() => Gen.Int[0, 23].Select(Gen.Int[0, 59]).Sample(
        (hours, minutes) =>
        {
            if (hours + minutes == 0) return true;
            var expected = hours * 3600L + minutes * 60;
            string[] texts =
            [
                $"{hours}:{minutes:D2}", $"{hours}h {minutes}min", $"{hours}h{minutes}m", $"{hours * 60 + minutes}min",
                $"{hours * 60 + minutes}m", $"{hours}:{minutes:D2}:00",
            ];
            return texts.All(text => DurationText.Read(text, "", out var read) is null && read == expected);
        });

    /// <summary>Every hundredth of an hour is 36 seconds: hours to two places are exact.</summary>
    [Fact]
    public void Hours_to_two_places_are_exact() => Gen.Int[1, 2400].Sample(
        hundredths => DurationText.Read(
                (hundredths / 100m).ToString(CultureInfo.InvariantCulture), "", out var read) is null && read == hundredths * 36);

    [Fact]
    public void No_text_is_read_in_another_way_elsewhere() => Gen.String[Gen.Char["0123456789.,: hms"], 0, 8].Sample(text =>
    {
        var here = Read(text, CultureInfo.InvariantCulture);
        return here == Read(text, Elsewhere);
    });

    /// <summary>A decimal comma and a clock with points, as in much of Europe, whatever cultures the machine has.</summary>
    private static CultureInfo Elsewhere { get; } = new("")
    {
        NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." },
        DateTimeFormat = new DateTimeFormatInfo { TimeSeparator = "." },
    };

    private static (string?, long) Read(string text, CultureInfo culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return (DurationText.Read(text, "", out var seconds)?.Code, seconds);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
