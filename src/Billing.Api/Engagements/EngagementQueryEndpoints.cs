using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Projections.Engagements;
using Billing.Projections.Paging;

namespace Billing.Api.Engagements;

/// <summary>Assistants see what they work on, but what an hour of it costs only where the owner allows it.</summary>
public static class EngagementQueryEndpoints
{
    public static void MapEngagementQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<EngagementView>>("/engagements", Role.Everyone, call =>
        {
            var page = call.Service<EngagementQueries>().Engagements(call.Book, call.Page(), call.Id("client"));
            return new(call.Paged(new Page<EngagementView>([.. page.Items.Select(view => For(call.Caller, view))], page.Next)));
        }, "client", "cursor", "limit");

        v1.Query<EngagementView>("/engagements/{id:guid}", Role.Everyone, call =>
        {
            var view = call.Service<EngagementQueries>().Engagement(call.Book, call.RouteId());
            return new(Lists.One(view is null ? null : For(call.Caller, view), "engagement", found => found.Version));
        });
    }

    private static EngagementView For(Caller caller, EngagementView view) =>
        caller.SeesRates ? view : view with { Cards = [] };
}
