using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;

namespace Billing.Api.Engagements;

/// <summary>What is charged at each level, from the streams themselves. An assistant sees it only where the owner allows it,
/// and what anyone is paid never.</summary>
public static class RateQueryEndpoints
{
    public static void MapRateQueries(this IEndpointRouteBuilder v1)
    {
        Map(v1, "/business/rates", "practice", async call =>
            await call.Session().Load(Business.Stream, call.Book.Value) is BusinessState.Open open ? RatesView.Of(open) : null);
        Map(v1, "/clients/{id:guid}/rates", "client", async call =>
            (await call.Session().Load(Client.Stream, call.RouteId())).Details is { } client ? RatesView.Of(client) : null);
        Map(v1, "/engagements/{id:guid}/rates", "engagement", async call =>
            (await call.Session().Load(Engagement.Stream, call.RouteId())).Terms is { } terms ? RatesView.Of(terms) : null);
    }

    /// <summary>Why the caller may not see what work costs; null where they may.</summary>
    public static Problem? RefuseRates(QueryCall call) => call.Caller.SeesRates
        ? null
        : Problem.Of(403, "rates-hidden", "An assistant sees what work costs only where the practice's owner allows it.");

    private static void Map(
        IEndpointRouteBuilder v1, string pattern, string what, Func<QueryCall, ValueTask<RatesView?>> find) =>
        v1.Query<RatesView>(pattern, Role.Everyone, async call =>
        {
            if (RefuseRates(call) is { } hidden) return hidden;
            if (await find(call) is not { } view) return Problem.NotFound(what);
            return call.Caller.Role == Role.Assistant ? view with { Costs = [] } : view;
        }).WithMetadata(new ShowsRates());
}
