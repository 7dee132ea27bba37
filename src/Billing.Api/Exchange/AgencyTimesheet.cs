using System.Globalization;
using Billing.Domain.Values;
using CsvHelper;
using CsvHelper.Configuration;
using NodaTime;
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
    public static IReadOnlyList<AgencyRow>? Read(TextReader text)
    {
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            MissingFieldFound = null,
            BadDataFound = null,
            TrimOptions = TrimOptions.None,
        });
        if (!csv.Read() || !csv.ReadHeader() || !csv.HeaderRecord!.Select(h => h.Trim()).SequenceEqual(Header)) return null;

        var rows = new List<AgencyRow>();
        while (csv.Read()) rows.Add(ReadRow(rows.Count + 1, csv.Parser.RawRow, csv.Parser.Record ?? []));
        return rows;
    }

    private static AgencyRow ReadRow(int number, int line, string[] fields)
    {
        var row = new AgencyRow(
            number, line, Field(fields, 0), Field(fields, 1), fields.Length > 2 ? fields[2].Trim() : "", Field(fields, 3),
            Field(fields, 4), Field(fields, 5));
        if (fields.Length != Header.Count)
            return row.Faulty("columns-unexpected", $"The row has {fields.Length} columns and not {Header.Count}.");
        if (row.Client.Length == 0 || row.Engagement.Length == 0 || row.Assistant.Length == 0)
            return row.Faulty("name-missing", "Project, client and team member must all be named.");
        if (!Date.Parse(row.DateText).TryGetValue(default, out var day))
            return row.Faulty("date-unreadable", $"'{row.DateText}' is no date written mm.dd.yyyy.");
        if (!TryHours(row.HoursText, out var seconds))
            return row.Faulty("hours-unreadable", $"'{row.HoursText}' is no time written h:mm with less than 60 minutes.");
        if (seconds is 0 or > 24 * 3600)
            return row.Faulty("hours-out-of-range", $"'{row.HoursText}' is nothing, or more than a day.");
        if (row.Note.Length > Wording.NoteMaxLength)
            return row.Faulty("note-too-long", $"The note has more than {Wording.NoteMaxLength} characters.");
        return row with { WorkedOn = day, DurationSeconds = seconds };
    }

    private static string Field(string[] fields, int index) => index < fields.Length ? fields[index].Trim() : "";

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

/// <param name="Number">1 for the first row under the header.</param>
/// <param name="Line">Line of the file on which the row ends, since notes have line breaks.</param>
public sealed record AgencyRow(
    int Number, int Line, string Engagement, string Client, string Note, string Assistant, string DateText, string HoursText)
{
    public LocalDate WorkedOn { get; init; }

    public long DurationSeconds { get; init; }

    /// <summary>Why the row cannot be used; null where it can.</summary>
    public RowFault? Fault { get; init; }

    internal AgencyRow Faulty(string code, string detail) => this with { Fault = new RowFault(code, detail) };
}
