using Billing.Domain.TimeTracking;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>One entry with the names that people and other programs know it by.</summary>
/// <param name="Start">In the zone that it was worked in; null where only the duration is known.</param>
public sealed record WrittenHours(
    Guid EntryId, Guid EngagementId, string Client, string Work, string Assistant, string? Note, LocalDate WorkedOn, ZonedDateTime? Start,
    long DurationSeconds, bool IsBillable)
{
    /// <summary>Those of a period, by day, then by when they began; those of which that is not known first.</summary>
    public static IReadOnlyList<WrittenHours> Of(PracticeBook book, LocalDate from, LocalDate through, WorkFilter filter) =>
    [
        .. book.Entries
            .Where(entry => from <= entry.WorkedOn && entry.WorkedOn <= through && filter.Takes(WorkKey.Of(entry)))
            .OrderBy(entry => entry.WorkedOn).ThenBy(entry => entry.StartedAt ?? Instant.MinValue).ThenBy(entry => entry.EntryId)
            .Select(entry => Of(book, entry)),
    ];

    /// <summary>Of a member, or what stands for an erased one.</summary>
    internal static string NameOf(PracticeBook book, Guid memberId) =>
        book.Business?.Members.GetValueOrDefault(memberId)?.Name ?? PrintedInvoice.Erased;

    private static WrittenHours Of(PracticeBook book, TimeEntry entry) => new(
        entry.EntryId, entry.EngagementId, book.Clients.GetValueOrDefault(entry.ClientId)?.Details?.Name ?? PrintedInvoice.Erased,
        book.Engagements.GetValueOrDefault(entry.EngagementId)?.Terms?.Name ?? PrintedInvoice.Erased,
        NameOf(book, entry.AssistantId), entry.Note, entry.WorkedOn,
        entry.StartedAt?.InZone(DateTimeZoneProviders.Tzdb[entry.TimeZone]), entry.DurationSeconds, entry.Billable);
}
