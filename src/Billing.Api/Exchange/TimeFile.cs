namespace Billing.Api.Exchange;

/// <summary>
/// How a program names the columns of the time that it exports. Columns are found by these names in whatever order they stand;
/// a column has one of several names, since programs rename them.
/// </summary>
/// <param name="Name">In addresses and on the command line.</param>
/// <param name="Program">As people know it.</param>
internal sealed record TimeFile(string Name, string Program)
{
    public string[] Client { get; init; } = ["Client"];
    public string[] Project { get; init; } = ["Project"];
    public string[] Task { get; init; } = ["Task"];
    public string[] Note { get; init; } = ["Description"];
    public string[] Tags { get; init; } = ["Tags"];
    public string[] Person { get; init; } = [];

    /// <summary>What stands after the first name in a column of its own.</summary>
    public string[] LastName { get; init; } = [];
    public string[] Billable { get; init; } = ["Billable"];
    public string[] BilledBefore { get; init; } = [];

    /// <summary>Whether an empty field is its no.</summary>
    public bool BlankIsNo { get; init; }
    public string[] Currency { get; init; } = [];
    public string[] PerHour { get; init; } = [];
    public string[] Day { get; init; } = [];
    public string[] StartTime { get; init; } = [];
    public string[] EndDay { get; init; } = [];
    public string[] EndTime { get; init; } = [];

    /// <summary>Beside clocks, what they are held against.</summary>
    public string[] Duration { get; init; } = [];

    /// <summary>How much of the time between the clocks was no work.</summary>
    public string[] Break { get; init; } = [];

    /// <summary>Instants with their offset from UTC, in one column each.</summary>
    public string[] Start { get; init; } = [];
    public string[] End { get; init; } = [];

    /// <summary>Without any clock.</summary>
    public string[] Hours { get; init; } = [];

    /// <summary>Whether it writes what the clock on the wall said, so that its zone must be known.</summary>
    public bool HasClocks => StartTime.Length > 0;

    /// <summary>Without these columns it is another file.</summary>
    public IEnumerable<string[]> Needed =>
        new[] { Project, Day, StartTime, EndDay, EndTime, Start, End, Hours }.Where(names => names.Length > 0);

    public static IReadOnlyList<TimeFile> All { get; } =
    [
        new("toggl", "Toggl Track")
        {
            Person = ["User", "Member", "Email"],
            Day = ["Start date"], StartTime = ["Start time"], EndDay = ["End date", "Stop date"], EndTime = ["End time", "Stop time"],
            Duration = ["Duration"],
        },
        new("clockify", "Clockify")
        {
            Person = ["User", "Email"], PerHour = ["Billable Rate"],
            Day = ["Start Date"], StartTime = ["Start Time"], EndDay = ["End Date"], EndTime = ["End Time"],
            Duration = ["Duration (h)", "Duration (decimal)"],
        },
        new("harvest", "Harvest")
        {
            Note = ["Notes"], Person = ["First Name"], LastName = ["Last Name"], Billable = ["Billable?", "Billable"],
            BilledBefore = ["Invoiced?", "Invoiced"], PerHour = ["Billable Rate"], Currency = ["Currency"],
            Day = ["Date"], Hours = ["Hours"],
        },
        new("solidtime", "solidtime") { Person = ["user_name", "user_email"], Start = ["start"], End = ["end"] },
        new("kimai", "Kimai")
        {
            Client = ["Customer"], Task = ["Activity"], Person = ["User", "Name", "Alias", "Username", "Email"],
            BilledBefore = ["Exported"], BlankIsNo = true, Currency = ["Currency"], PerHour = ["Hourly rate", "Hourly price", "HourlyRate"],
            Day = ["Date"], StartTime = ["From", "Begin"], EndTime = ["To", "End"], Duration = ["Duration"], Break = ["Break"],
        },
    ];
}
