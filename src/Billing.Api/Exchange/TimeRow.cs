using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Exchange;

/// <summary>
/// A piece of work as a file of another program has it, whichever program that is. A row that can't be read is kept with the
/// reason, so that none is lost.
/// </summary>
/// <param name="Number">1 for the first row under the header.</param>
/// <param name="Line">Line of the file on which the row ends, since notes have line breaks.</param>
public sealed record TimeRow(int Number, int Line)
{
    /// <summary>Blank, like the engagement and the person, where the file names none.</summary>
    public string Client { get; init; } = "";

    public string Engagement { get; init; } = "";

    public string Person { get; init; } = "";

    public string Note { get; init; } = "";

    public IReadOnlyList<string> Tags { get; init; } = [];

    public bool Billable { get; init; } = true;

    /// <summary>Whether the other program says that it stands on an invoice already.</summary>
    public bool IsBilledBefore { get; init; }

    /// <summary>Of the client, as the file has it; null where it has none.</summary>
    public Currency? Currency { get; init; }

    public Money? PerHour { get; init; }

    /// <summary>Days, times and hours as they are written.</summary>
    public string When { get; init; } = "";

    /// <summary>With the names, what the row is known by when it comes again, however the file is written then.</summary>
    public string Key { get; init; } = "";

    /// <summary>Null where the row can't be used.</summary>
    public TimeSpent? Time { get; init; }

    /// <summary>Why the row can't be used; null where it can.</summary>
    public RowFault? Fault { get; init; }

    /// <summary>Why somebody should look at the row, which can be used.</summary>
    public RowFault? Doubt { get; init; }

    public long DurationSeconds => Time switch
    {
        TimeSpent.OnDay onDay => onDay.DurationSeconds,
        TimeSpent.Between between => (long)(between.EndedAt - between.StartedAt).TotalSeconds,
        _ => 0,
    };

    /// <exception cref="InvalidOperationException">The row can't be used, so that it has no day.</exception>
    public LocalDate WorkedOn(DateTimeZone zone) => Time switch
    {
        TimeSpent.OnDay onDay => onDay.WorkedOn,
        TimeSpent.Between between => between.StartedAt.InZone(zone).Date,
        _ => throw new InvalidOperationException($"Row {Number} can't be used."),
    };

    internal TimeRow Faulty(string code, string detail) => this with { Fault = new RowFault(code, detail) };
}

/// <summary>What was read of a file.</summary>
/// <param name="DateForm">How it writes days, as said or found; null where that is no question.</param>
/// <param name="Decimal">point or comma, as said or found; null where that is no question.</param>
/// <param name="UnusedColumns">Names of the columns that nothing was taken from.</param>
public sealed record TimeFileReading(
    IReadOnlyList<TimeRow> Rows, string? DateForm = null, string? Decimal = null, IReadOnlyList<string>? UnusedColumns = null);
