using Billing.Api.Changes;
using Billing.Domain;
using Billing.EventStore.Codec;

namespace Billing.Api.Webhooks;

/// <summary>What an endpoint may be told of: a name that there is not would never be told, and nobody would notice.</summary>
internal static class WebhookFilters
{
    private static readonly HashSet<string> Events = EventCatalogue.All.Newest
        .Select(entry => entry.Name[..entry.Name.LastIndexOf(".v", StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);

    /// <summary>What is wrong with the names; null where nothing is.</summary>
    public static Rejection? Fault(IReadOnlyList<string>? resources, IReadOnlyList<string>? events)
    {
        if (resources?.FirstOrDefault(name => !ChangedResources.Names.Contains(name)) is { } resource)
        {
            return new Rejection(
                "webhook-resource-unknown", $"No changes are told of '{resource}'. Write it as GET /v1/changes has it, such as invoice.",
                "/resources", RejectionKind.Invalid);
        }
        return events?.FirstOrDefault(name => !Events.Contains(name)) is { } @event
            ? new Rejection(
                "webhook-event-unknown", $"There is no event '{@event}'. Write it as GET /v1/changes has it, such as invoice-finalized.",
                "/events", RejectionKind.Invalid)
            : null;
    }
}
