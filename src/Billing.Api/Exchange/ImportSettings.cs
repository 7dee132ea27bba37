using Billing.Domain.Values;

namespace Billing.Api.Exchange;

/// <param name="Source">Which program's file it is; ids of entries are told apart by it.</param>
/// <param name="TimeZone">IANA name: what the file's dates and clocks are in, and the zone of assistants that it brings.</param>
/// <param name="Currency">Currency of clients that it brings and that it names none of.</param>
/// <param name="PerHour">Rate of engagements that it brings, from the file's first day on; null for the file's own rates, if any.</param>
/// <param name="AddsMembers">Whether people who are unknown become assistants.</param>
public sealed record ImportSettings(string Source, string TimeZone, Currency Currency, Money? PerHour, bool AddsMembers, bool IsDryRun)
{
    /// <summary>Of rows that name none.</summary>
    public string? ClientName { get; init; }

    /// <summary>Of rows that name none.</summary>
    public string? EngagementName { get; init; }

    /// <summary>Whose time all rows are, whatever names they have.</summary>
    public string? MemberName { get; init; }

    /// <summary>Whether work that was billed elsewhere stays billable.</summary>
    public bool BillsAgain { get; init; }

    /// <summary>Whether work that overlaps with other work is taken as a duration on its day; else it is refused.</summary>
    public bool OverlapsAsDays { get; init; }
}

/// <summary>What the books know by name already; the import adds what it makes.</summary>
public sealed record KnownNames(
    Dictionary<string, Guid> Clients, Dictionary<(Guid Client, string Name), Guid> Engagements, Dictionary<string, Guid> Members);
