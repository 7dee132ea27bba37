using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>What the file doesn't say of itself.</summary>
/// <param name="Zone">Of its clocks.</param>
/// <param name="Currency">Of rates without one.</param>
/// <param name="DateForm">One of <see cref="WrittenDates.Forms"/>; null to find it out.</param>
/// <param name="DecimalPoint">Null to find it out.</param>
internal sealed record TimeFileForm(DateTimeZone Zone, Currency Currency, string? DateForm, char? DecimalPoint);

/// <summary>
/// Reads the time that another program has exported. How days and numbers are written is found out only where the whole file
/// leaves no doubt about it.
/// </summary>
internal sealed partial class TimeFileReader
{
    private readonly TimeFile _file;
    private readonly NamedTable _table;
    private readonly DateTimeZone _zone;
    private readonly Currency _currency;
    private readonly string? _dateForm;
    private readonly char? _point;
    private readonly int _client, _project, _task, _note, _tags, _person, _lastName, _billable, _billedBefore, _currencyCode, _perHour;
    private readonly int _day, _startTime, _endDay, _endTime, _duration, _break, _start, _end, _hours;

    private TimeFileReader(TimeFile file, NamedTable table, TimeFileForm form)
    {
        (_file, _table, _zone, _currency) = (file, table, form.Zone, form.Currency);
        (_client, _project, _task, _note, _tags) =
            (table.Find(file.Client), table.Find(file.Project), table.Find(file.Task), table.Find(file.Note), table.Find(file.Tags));
        (_person, _lastName, _billable, _billedBefore) =
            (table.Find(file.Person), table.Find(file.LastName), table.Find(file.Billable), table.Find(file.BilledBefore));
        (_currencyCode, _perHour) = (table.Find(file.Currency), table.Find(file.PerHour));
        (_day, _startTime, _endDay, _endTime) =
            (table.Find(file.Day), table.Find(file.StartTime), table.Find(file.EndDay), table.Find(file.EndTime));
        (_duration, _break, _start, _end, _hours) =
            (table.Find(file.Duration), table.Find(file.Break), table.Find(file.Start), table.Find(file.End), table.Find(file.Hours));
        _dateForm = form.DateForm ?? WrittenDates.Find(Texts(_day, _endDay));
        _point = form.DecimalPoint ?? WrittenNumbers.Find(Texts(_duration, _break, _hours, _perHour));
    }

    /// <returns>The rows, or why the file can't be read as a whole.</returns>
    public static (TimeFileReading? Reading, RowFault? Fault) Read(TimeFile file, string text, TimeFileForm form)
    {
        var table = NamedTable.Read(text);
        var missing = file.Needed.Where(names => table is null || table.Find(names) < 0).Select(names => names[0]).ToList();
        if (table is null || missing.Count > 0)
        {
            return (null, new RowFault(
                "not-a-time-file", $"The first line of an export of {file.Program} names these columns, and this one doesn't: "
                + $"{string.Join(", ", missing)}. Export the detailed report as CSV, in UTF-8 and in English."));
        }
        var reader = new TimeFileReader(file, table, form);
        if (reader._dateForm is not { } dateForm) return (null, WrittenDates.FormUnclear);
        if (reader._point is not { } point)
        {
            return (null, new RowFault(
                "decimal-unclear",
                "It can't be told whether a point or a comma stands before decimals. Send decimal=point or decimal=comma."));
        }
        var rows = table.Rows.Select(row => reader.Row(row, dateForm, point)).ToList();
        return (new TimeFileReading(rows, dateForm, point == '.' ? "point" : "comma", table.UnusedColumns), null);
    }

    private IEnumerable<string> Texts(params int[] columns) =>
        columns.Where(column => column >= 0).SelectMany(column => _table.Rows.Select(row => row[column]));

    private TimeRow Row(TableRow fields, string dateForm, char point)
    {
        var when = new[] { _day, _startTime, _endDay, _endTime, _start, _end, _hours }.Select(column => fields[column]);
        var row = new TimeRow(fields.Number, fields.Line)
        {
            Client = fields[_client],
            Engagement = fields[_project],
            Person = $"{fields[_person]} {fields[_lastName]}".Trim(),
            When = string.Join(' ', when.Where(text => text.Length > 0)),
        };
        if (fields.Fields.Length != _table.Columns.Count)
            return row.Faulty("columns-unexpected", $"The row has {fields.Fields.Length} columns and not {_table.Columns.Count}.");
        if (YesNo(_billable, fields, isYesWithout: true) is not { } billable)
            return row.Faulty("billable-unreadable", $"'{fields[_billable]}' is neither yes nor no.");
        if (YesNo(_billedBefore, fields, isYesWithout: false) is not { } billedBefore)
            return row.Faulty("billable-unreadable", $"'{fields[_billedBefore]}' is neither yes nor no.");
        row = Priced(Said(row, fields) with { Billable = billable, IsBilledBefore = billedBefore }, fields, point);
        if (row.Fault is not null) return row;
        row = _start >= 0 ? AtInstants(row, fields)
            : _hours >= 0 ? OnDay(row, fields, dateForm, point)
            : AtClocks(row, fields, dateForm, point);
        return row with { Key = string.Join('\u001f', fields[_task], fields[_note], row.Key) };
    }

    /// <summary>A task becomes a tag, by which it can have a rate of its own; one too long for that begins the note.</summary>
    private TimeRow Said(TimeRow row, TableRow fields)
    {
        var (task, note) = (fields[_task], fields[_note]);
        var tags = fields[_tags].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToList();
        if (task.Length > TagList.TagMaxLength) note = note.Length == 0 ? task : $"{task}: {note}";
        else if (task.Length > 0) tags.Add(task);
        return row with { Note = note, Tags = tags };
    }

    private TimeRow Priced(TimeRow row, TableRow fields, char point)
    {
        // Harvest writes "Euro - EUR".
        var code = _table.CurrencyOf(_perHour) ?? (fields[_currencyCode] is { Length: >= 3 } named ? named[^3..] : null);
        var currency = _currency;
        if (code is not null && !Currency.TryOf(code, out currency))
            return row.Faulty("currency-unknown", $"'{code}' is no ISO 4217 code of a currency we can bill in.");
        row = row with { Currency = code is null ? null : currency };
        if (fields[_perHour].Length == 0) return row;
        if (!WrittenNumbers.TryReadAmount(fields[_perHour], point, currency!, out var perHour))
            return row.Faulty("rate-unreadable", $"'{fields[_perHour]}' is no amount of {currency!.Code}. Check decimal.");
        return perHour.IsPositive ? row with { PerHour = perHour } : row;
    }

    /// <param name="isYesWithout">What holds where the file has no such column.</param>
    private bool? YesNo(int column, TableRow fields, bool isYesWithout) => column < 0
        ? isYesWithout
        : fields[column].ToUpperInvariant() switch
        {
            "YES" or "TRUE" or "1" or "Y" or "JA" => true,
            "NO" or "FALSE" or "0" or "N" or "NEIN" => false,
            "" when _file.BlankIsNo => false,
            _ => null,
        };
}
