using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Projections.Clients;

namespace Billing.Api.Clients;

public static class ClientQueryEndpoints
{
    public static void MapClientQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<ClientView>>("/clients", Role.Everyone, call => new(call.Paged(
            call.Service<ClientQueries>().Clients(call.Book, call.Page(), call.Flag("archived") ?? false))), "archived", "cursor", "limit");

        v1.Query<ClientView>("/clients/{id:guid}", Role.Everyone, call => new(Lists.One(
            call.Service<ClientQueries>().Client(call.Book, call.RouteId()), "client", view => view.Version)));

        v1.MapErasing();
    }
}
