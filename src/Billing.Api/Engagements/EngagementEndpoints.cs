using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Engagements;

public sealed record AgreeEngagementBody(Guid ClientId, [property: Text(200)] string Name, Guid? Id = null);

/// <param name="AssistantId">Whom the rate is for; left out, for everyone on the engagement.</param>
/// <param name="ValidUntilExclusive">First day on which it no longer holds; left out, it is open-ended.</param>
public sealed record SetRateCardBody(
    Money PerHour, LocalDate ValidFrom, LocalDate? ValidUntilExclusive = null, Guid? AssistantId = null, Guid? CardId = null);

public sealed record EndEngagementBody(LocalDate LastDay);

public static class EngagementEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapEngagementCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<AgreeEngagementBody>("/engagements", Keepers, call => new AgreeEngagementCommand(
                call.Context, new AgreeEngagement(call.IdOrNew(call.Body.Id), call.Body.ClientId, call.Body.Name, call.Now)),
            (_, done) => Answers.Created(done, "/v1/engagements"));

        v1.Command<SetRateCardBody>("/engagements/{id:guid}:set-rate", Role.Owner, call => new SetRateCardCommand(
                call.Context, call.RouteId(), new SetRateCard(
                    call.IdOrNew(call.Body.CardId), call.Body.AssistantId, call.Body.PerHour, call.Body.ValidFrom,
                    call.Body.ValidUntilExclusive, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<EndEngagementBody>("/engagements/{id:guid}:end", Keepers, call => new EndEngagementCommand(
                call.Context, call.RouteId(), new EndEngagement(call.Body.LastDay, call.Now)),
            (_, done) => Answers.Changed(done));
    }
}
