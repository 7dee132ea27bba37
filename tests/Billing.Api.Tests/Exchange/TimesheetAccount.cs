using System.Globalization;
using System.Text;

namespace Billing.Api.Tests.Exchange;

/// <summary>
/// What an agency timesheet comes to, worked out from the file alone and without any of the product's code: which rows can
/// be billed, and what each client owes for each month at one rate.
/// </summary>
internal sealed class TimesheetAccount
{
    private const long MostMinutesOfDay = 24 * 60;

    private TimesheetAccount(IReadOnlyList<TimesheetRow> rows) => Rows = rows;

    public IReadOnlyList<TimesheetRow> Rows { get; }

    public IEnumerable<TimesheetRow> Good => Rows.Where(row => row.IsGood);

    public static TimesheetAccount Of(string file)
    {
        var minutesOfDay = new Dictionary<(string, DateOnly), long>();
        var rows = new List<TimesheetRow>();
        foreach (var fields in Records(File.ReadAllText(file)).Skip(1))
        {
            var row = Row(rows.Count + 1, fields);
            if (row.IsGood)
            {
                var day = (row.Assistant, row.WorkedOn);
                var total = minutesOfDay.GetValueOrDefault(day) + row.Minutes;
                if (total > MostMinutesOfDay) row = row with { IsGood = false };
                else minutesOfDay[day] = total;
            }
            rows.Add(row);
        }
        return new TimesheetAccount(rows);
    }

    /// <summary>Every month of every client: minutes and cents of each project, each rounded half up by itself.</summary>
    public IReadOnlyList<TimesheetBill> Bills(decimal perHour) =>
    [
        .. Good.GroupBy(row => (row.Client, Month: new DateOnly(row.WorkedOn.Year, row.WorkedOn.Month, 1)))
            .OrderBy(month => month.Key.Month).ThenBy(month => month.Key.Client, StringComparer.Ordinal)
            .Select(month => new TimesheetBill(month.Key.Client, month.Key.Month,
            [
                .. month.GroupBy(row => row.Project).OrderBy(project => project.Key, StringComparer.Ordinal).Select(project =>
                {
                    var minutes = project.Sum(row => row.Minutes);
                    return new TimesheetLine(project.Key, minutes, Math.Round(minutes * perHour / 60, 2, MidpointRounding.AwayFromZero));
                }),
            ])),
    ];

    private static TimesheetRow Row(int number, List<string> fields)
    {
        var hours = fields[5].Split(':').Select(part => long.Parse(part, CultureInfo.InvariantCulture)).ToArray();
        var isDate = DateOnly.TryParseExact(
            fields[4], "MM.dd.yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var workedOn);
        var minutes = hours[0] * 60 + hours[1];
        var isGood = hours.Length == 2 && isDate && minutes > 0 && fields[0] != "" && fields[1] != "" && fields[3] != "";
        return new TimesheetRow(number, fields[0], fields[1], fields[3], workedOn, minutes, isGood);
    }

    /// <summary>Records of RFC 4180: a quoted field may hold commas, line breaks and doubled quotes.</summary>
    private static IEnumerable<List<string>> Records(string text)
    {
        var (fields, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (isQuoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
            else if (c == '"') isQuoted = !isQuoted;
            else if (isQuoted || c is not (',' or '\n' or '\r')) field.Append(c);
            else if (c is ',' or '\n')
            {
                fields.Add(field.ToString());
                field.Clear();
                if (c == ',') continue;
                yield return fields;
                fields = [];
            }
        }
    }
}

/// <param name="Number">1 for the first row under the header.</param>
internal sealed record TimesheetRow(
    int Number, string Project, string Client, string Assistant, DateOnly WorkedOn, long Minutes, bool IsGood);

/// <param name="Month">Its first day.</param>
internal sealed record TimesheetBill(string Client, DateOnly Month, IReadOnlyList<TimesheetLine> Lines)
{
    public decimal Total => Lines.Sum(line => line.Amount);
}

internal sealed record TimesheetLine(string Project, long Minutes, decimal Amount);
