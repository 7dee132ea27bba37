using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Engagements;
using NodaTime;

namespace Billing.Api.Engagements;

public sealed record AgreeEngagementBody(Guid ClientId, [property: Text(200)] string Name, Guid? Id = null);

public sealed record EndEngagementBody(LocalDate LastDay);

public static class EngagementEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapEngagementCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<AgreeEngagementBody>("/engagements", Keepers, call => new AgreeEngagementCommand(
                call.Context, new AgreeEngagement(call.IdOrNew(call.Body.Id), call.Body.ClientId, call.Body.Name, call.Now)),
            (_, done) => Answers.Created(done, "/v1/engagements"));

        v1.Command<EndEngagementBody>("/engagements/{id:guid}:end", Keepers, call => new EndEngagementCommand(
                call.Context, call.RouteId(), new EndEngagement(call.Body.LastDay, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.MapChargingCommands();
    }
}
