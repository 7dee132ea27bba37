using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Projections.Retainers;

namespace Billing.Api.Retainers;

public static class RetainerQueryEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapRetainerQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<RetainerView>>("/retainers", Keepers, call => new(
            Lists.All(call.Service<RetainerQueries>().Retainers(call.Book, call.Id("client")))), "client");

        v1.Query<RetainerView>("/retainers/{id:guid}", Keepers, call => new(Lists.One(
            call.Service<RetainerQueries>().Retainer(call.Book, call.RouteId()), "retainer", view => view.Version)));
    }
}
