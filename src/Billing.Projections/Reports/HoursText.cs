using System.Globalization;
using System.Text;
using NodaTime.Text;

namespace Billing.Projections.Reports;

/// <summary>
/// Hours as hledger reads them (hledger manual, "timeclock" and "timedot"). The account is the client and what is done for them; the id of
/// each entry is a tag.
/// </summary>
public static class HoursText
{
    private static readonly LocalDateTimePattern Moment = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    /// <summary>
    /// Sessions in local time, which knows no zones: each ends as long after its start as was worked, also in a night in which the clocks
    /// are changed. What has no start is laid end to end from midnight, and says so.
    /// </summary>
    public static string Timeclock(IReadOnlyList<WrittenHours> hours)
    {
        var text = new StringBuilder();
        foreach (var day in hours.GroupBy(entry => entry.WorkedOn))
        {
            var free = day.Key.AtMidnight();
            foreach (var entry in day.Where(entry => entry.DurationSeconds > 0))
            {
                var start = entry.Start?.LocalDateTime ?? free;
                var end = start.PlusSeconds(entry.DurationSeconds);
                if (entry.Start is null) free = end;
                var said = entry.Start is null ? $"{Description(entry)} (only the duration is known)" : Description(entry);
                text.Append(CultureInfo.InvariantCulture, $"i {Moment.Format(start)} {Account(entry)}  {said}\n");
                text.Append(CultureInfo.InvariantCulture, $"o {Moment.Format(end)}\n");
            }
        }
        return text.ToString();
    }

    /// <summary>How long was worked for whom on each day, to the second.</summary>
    public static string Timedot(IReadOnlyList<WrittenHours> hours)
    {
        var text = new StringBuilder();
        foreach (var day in hours.GroupBy(entry => entry.WorkedOn))
        {
            if (text.Length > 0) text.Append('\n');
            text.Append(LocalDatePattern.Iso.Format(day.Key)).Append('\n');
            foreach (var entry in day)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Account(entry)}  {entry.DurationSeconds}s  ");
                text.Append(CultureInfo.InvariantCulture, $"; {Description(entry)}, entry:{entry.EntryId}\n");
            }
        }
        return text.ToString();
    }

    /// <summary>A colon would make an account below it, two blanks would end it.</summary>
    private static string Account(WrittenHours entry) => $"{Part(entry.Client)}:{Part(entry.Work)}";

    private static string Part(string name) => Line(name).Replace(':', '-');

    private static string Description(WrittenHours entry)
    {
        var said = entry.Note is { Length: > 0 } note ? $"{entry.Assistant}, {note}" : entry.Assistant;
        return Line(entry.IsBillable ? said : $"{said} (not billable)");
    }

    /// <summary>In one line, without what begins a comment or a tag.</summary>
    private static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            else
            {
                line.Append(c switch { ';' => ',', '#' or '*' or '(' or '[' when line.Length == 0 => '-', _ => c });
            }
        }
        return line.ToString().TrimEnd() is { Length: > 0 } said ? said : "-";
    }
}
