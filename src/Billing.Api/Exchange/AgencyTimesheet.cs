using System.Globalization;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime.Text;

namespace Billing.Api.Exchange;

/// <summary>
/// Reads the agency timesheet: <c>Project,Client,Note,Team Member,Date,Hours Logged</c>, dates as mm.dd.yyyy, hours as h:mm or
/// hh:mm, notes with line breaks. A row that cannot be read is kept with the reason, so that none is lost.
/// </summary>
public static class AgencyTimesheet
{
    public static readonly IReadOnlyList<string> Header = ["Project", "Client", "Note", "Team Member", "Date", "Hours Logged"];

    private static readonly LocalDatePattern Date = LocalDatePattern.CreateWithInvariantCulture("MM.dd.uuuu");

    /// <returns>Null where the first line is not the header of such a file.</returns>
    public static IReadOnlyList<TimeRow>? Read(string text) =>
        NamedTable.Read(text) is { } table && table.Columns.SequenceEqual(Header) ? [.. table.Rows.Select(ReadRow)] : null;

    private static TimeRow ReadRow(TableRow fields)
    {
        var (note, dateText, hoursText) = (fields[2], fields[4], fields[5]);
        var row = new TimeRow(fields.Number, fields.Line)
        {
            Engagement = fields[0],
            Client = fields[1],
            Note = note,
            Person = fields[3],
            When = $"{dateText} / {hoursText}",
            Key = string.Join('\u001f', dateText, hoursText, note),
        };
        if (fields.Fields.Length != Header.Count)
            return row.Faulty("columns-unexpected", $"The row has {fields.Fields.Length} columns and not {Header.Count}.");
        if (!Date.Parse(dateText).TryGetValue(default, out var day))
            return row.Faulty("date-unreadable", $"'{dateText}' is no date written mm.dd.yyyy.");
        if (!TryHours(hoursText, out var seconds))
            return row.Faulty("hours-unreadable", $"'{hoursText}' is no time written h:mm with less than 60 minutes.");
        if (seconds is 0 or > 24 * 3600)
            return row.Faulty("hours-out-of-range", $"'{hoursText}' is nothing, or more than a day.");
        if (note.Length > Wording.NoteMaxLength)
            return row.Faulty("note-too-long", $"The note has more than {Wording.NoteMaxLength} characters.");
        return row with { Time = new TimeSpent.OnDay(day, seconds) };
    }

    private static bool TryHours(string text, out long seconds)
    {
        seconds = 0;
        var parts = text.Split(':');
        if (parts.Length != 2 || parts[0].Length is 0 or > 3 || parts[1].Length != 2) return false;
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59) return false;
        seconds = (hours * 60L + minutes) * 60;
        return true;
    }
}
