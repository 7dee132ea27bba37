using Billing.Domain.TimeTracking;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>Whose work something was, for what and when: by this the rows of a report are told apart.</summary>
public readonly record struct WorkKey(Guid ClientId, Guid EngagementId, Guid AssistantId, LocalDate WorkedOn)
{
    public static WorkKey Of(TimeEntry entry) => new(entry.ClientId, entry.EngagementId, entry.AssistantId, entry.WorkedOn);
}

/// <summary>Which work a report is about; null for all.</summary>
public readonly record struct WorkFilter(Guid? ClientId, Guid? EngagementId, Guid? AssistantId)
{
    public static WorkFilter All { get; }

    public bool Takes(WorkKey work) => (ClientId is null || ClientId == work.ClientId)
        && (EngagementId is null || EngagementId == work.EngagementId) && (AssistantId is null || AssistantId == work.AssistantId);
}
