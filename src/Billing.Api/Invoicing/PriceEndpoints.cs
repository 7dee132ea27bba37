using Billing.Api.Access;
using Billing.Api.Engagements;
using Billing.Api.Http;
using Billing.Domain.Invoicing;
using Billing.Projections.TimeTracking;

namespace Billing.Api.Invoicing;

public static class PriceEndpoints
{
    public static void MapPriceQueries(this IEndpointRouteBuilder v1) =>
        v1.Query<EntryPriceView>("/time-entries/{id:guid}/price", Role.Everyone, Price).WithMetadata(new ShowsRates());

    private static async ValueTask<QueryAnswer<EntryPriceView>> Price(QueryCall call)
    {
        if (RateQueryEndpoints.RefuseRates(call) is { } hidden) return hidden;
        var isAssistant = call.Caller.Role == Role.Assistant;
        var entry = call.Service<TimeQueries>().Entry(call.Book, call.RouteId());
        if (entry is null || (isAssistant && entry.AssistantId != call.Caller.MemberId)) return Problem.NotFound("time entry");
        var sources = await InvoiceSources.Load(
            call.Session(), entry.ClientId, [new SelectedTime(entry.Timesheet, [entry.EntryId])], [], []);
        if (sources.Client.Details is not { } client) return Problem.NotFound("client");
        return PricedWork.Of(sources, client).TryGetValue(entry.EntryId, out var price)
            ? EntryPriceView.Of(price, client.Currency, withCost: !isAssistant)
            : Problem.NotFound("time entry");
    }
}
