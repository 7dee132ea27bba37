using NodaTime;
using NodaTime.Text;

namespace Billing.Cli.Shown;

/// <param name="Amount">Decimal text, as the server writes it: it is shown and never reckoned with.</param>
internal sealed record Money(string Amount, string Currency)
{
    public override string ToString() => $"{Amount} {Currency}";
}

/// <summary>Hours, days and times as they are written here.</summary>
internal static class Written
{
    private static readonly LocalDateTimePattern Minute = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary><c>1:30</c>, with seconds only where there are some.</summary>
    public static string Hours(long seconds)
    {
        var whole = FormattableString.Invariant($"{seconds / 3600}:{seconds / 60 % 60:00}");
        return seconds % 60 == 0 ? whole : FormattableString.Invariant($"{whole}:{seconds % 60:00}");
    }

    public static string Day(LocalDate day) => LocalDatePattern.Iso.Format(day);

    public static string Day(LocalDate? day) => day is { } known ? Day(known) : "";

    public static string At(Instant instant, DateTimeZone zone) => Minute.Format(instant.InZone(zone).LocalDateTime);

    public static string ClockAt(Instant instant, DateTimeZone zone) => Clock.Format(instant.InZone(zone).TimeOfDay);
}
