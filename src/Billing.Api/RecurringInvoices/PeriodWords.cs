using System.Diagnostics;
using System.Globalization;
using Billing.Domain.RecurringInvoices;
using Billing.Projections.Documents;
using NodaTime.Calendars;

namespace Billing.Api.RecurringInvoices;

/// <summary>What the placeholders of a period stand for, in the client's language.</summary>
public sealed record PeriodWords(RecurringPeriod Period, DocumentLanguage Language)
{
    /// <param name="language">Null for the default.</param>
    public static PeriodWords Of(RecurringPeriod period, string? language) => new(period, DocumentLanguage.Of(language));

    /// <param name="place">One of <see cref="PeriodText.Places"/>.</param>
    public string ValueOf(string place)
    {
        var from = Period.From;
        return place switch
        {
            "period-start" => Language.Day(from),
            "period-end" => Language.Day(Period.Through),
            "period" => $"{Language.Day(from)} – {Language.Day(Period.Through)}",
            "number" => Text(Period.Number),
            "month" => Language.Month(from),
            "quarter" => Text((from.Month + 2) / 3),
            "week" => Text(WeekYearRules.Iso.GetWeekOfWeekYear(from)),
            "year" => Text(from.Year),
            _ => throw new UnreachableException($"{place} is no placeholder."),
        };
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
