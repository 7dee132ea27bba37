using System.Globalization;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Documents;

/// <summary>US English forms of amounts, dates and times, whatever the machine's culture.</summary>
public static class PrintedText
{
    private static DocumentLanguage English { get; } = DocumentLanguage.Of(Languages.English);

    /// <summary><c>$1,234.56</c> for dollars of the United States, <c>1,234.56 EUR</c> for all else.</summary>
    public static string Of(Money amount) => English.Amount(amount);

    /// <summary>A price of an hour, with as many further places as it takes for quantity times price to be the amount.</summary>
    /// <param name="tenThousandths">What comes on top of it, in ten-thousandths of a minor unit.</param>
    public static string OfPrice(Money perHour, long tenThousandths) => English.Price(perHour, tenThousandths);

    /// <summary><c>Apr 15, 2026</c>.</summary>
    public static string Of(LocalDate date) => English.Day(date);

    /// <summary>
    /// Elapsed time as <c>12:30</c>, or <c>12:30:15</c> where there are seconds, so that a column adds up.
    /// </summary>
    public static string OfDuration(Int128 seconds)
    {
        var (sign, whole) = (seconds < 0 ? "-" : "", Int128.Abs(seconds));
        var (hours, minutes, rest) = (whole / 3600, whole / 60 % 60, whole % 60);
        var text = string.Create(CultureInfo.InvariantCulture, $"{sign}{hours}:{minutes:00}");
        return rest == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}:{rest:00}");
    }
}
