using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using NodaTime;
using NodaTime.Text;

namespace Billing.Domain.TimeTracking;

/// <summary>For whom work can be written down.</summary>
internal static class WorkRules
{
    /// <summary>Null where the engagement takes work on that day.</summary>
    /// <param name="engagement">The engagement that the command names.</param>
    /// <param name="client">That engagement's client.</param>
    public static Rejection? Refuse(Guid engagementId, LocalDate workedOn, EngagementState engagement, ClientState client)
    {
        if (engagement.Terms is not { } terms) return Engagement.NoSuchEngagement with { Field = "/engagementId" };
        if (terms.EngagementId != engagementId)
            throw new ArgumentException("This is the state of another engagement.", nameof(engagement));
        if (client.Details?.ClientId != terms.ClientId)
            throw new ArgumentException("This is not the state of the engagement's client.", nameof(client));
        if (client is ClientState.Archived)
        {
            return new Rejection(
                "client-archived", "The client of this engagement is archived, so no new work is written down for them.",
                "/engagementId");
        }
        return RefuseAfterEnd(workedOn, engagement);
    }

    public static Rejection? RefuseAfterEnd(LocalDate workedOn, EngagementState engagement) =>
        engagement is EngagementState.Ended ended && workedOn > ended.LastDay
            ? new Rejection(
                "engagement-ended",
                $"This engagement ended on {LocalDatePattern.Iso.Format(ended.LastDay)}; choose another one, or have its "
                + "last day moved.",
                "/engagementId")
            : null;
}
