using System.Net.Mime;
using Billing.Api.Access;
using Billing.Api.Http;

namespace Billing.Api.Webhooks;

/// <summary>Owners say whom to tell of changes, see what came of it, and have it sent again.</summary>
public static class WebhookEndpoints
{
    private const string One = "/webhooks/{id:guid}";
    private const int UsualDeliveries = 100, MostDeliveries = 500;

    public static void MapWebhooks(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<WebhookView>>("/webhooks", Role.Owner, call => new(Lists.All<WebhookView>(
            [.. call.Service<WebhookRegister>().Of(call.Book).Select(found => WebhookView.Of(found, call.Now))])));
        v1.Query<WebhookView>(One, Role.Owner, call => new(
            call.Service<WebhookRegister>().Find(call.Book, call.RouteId()) is { } found
                ? WebhookView.Of(found, call.Now)
                : WebhookDesk.Unknown));
        v1.Query<ListView<DeliveryView>>($"{One}/deliveries", Role.Owner, call => new(Deliveries(call)), "limit");

        v1.Act<RegisterWebhookBody, WebhookSecretView>("/webhooks", (desk, call) => desk.Register(call))
            .Produces<WebhookSecretView>(StatusCodes.Status201Created);
        v1.ActOnOne<ChangeWebhookBody, WebhookView>("change", (desk, call, found) => new(desk.Change(call, found)));
        v1.ActOnOne<NoBody, WebhookView>("pause", (desk, call, found) => new(desk.Pause(call, found)));
        v1.ActOnOne<NoBody, WebhookView>("resume", (desk, call, found) => new(desk.Resume(call, found)));
        v1.ActOnOne<NoBody, RemovedWebhook>("remove", (desk, _, found) => new(desk.Remove(found)));
        v1.ActOnOne<NoBody, WebhookSecretView>("rotate-secret", (desk, call, found) => new(desk.Rotate(call, found)));
        v1.ActOnOne<ReplayWebhookBody, WebhookView>("replay", (desk, call, found) => desk.Replay(call, found));
        v1.ActOnOne<RedeliverBody, DeliveryView>("redeliver", (desk, call, found) => desk.Redeliver(call, found));
    }

    private static QueryAnswer<ListView<DeliveryView>> Deliveries(QueryCall call)
    {
        var limit = call.Number("limit", 1, MostDeliveries) ?? UsualDeliveries;
        return call.Service<WebhookRegister>().Find(call.Book, call.RouteId()) is { } found
            ? Lists.All<DeliveryView>([.. call.Service<WebhookLog>().Of(found.Id, limit).Select(DeliveryView.Of)])
            : WebhookDesk.Unknown;
    }

    /// <summary>On the practice's own endpoint of the id in the address.</summary>
    private static void ActOnOne<TBody, TView>(
        this IEndpointRouteBuilder v1, string verb,
        Func<WebhookDesk, CommandCall<TBody>, WebhookEndpoint, ValueTask<QueryAnswer<TView>>> act) where TBody : class =>
        v1.Act<TBody, TView>($"{One}:{verb}", (desk, call) =>
            desk.Find(call.Caller.Book, call.RouteId()) is { } found ? act(desk, call, found) : new(WebhookDesk.Unknown));

    /// <summary>Nothing of it is an event, so that it takes neither dry run nor key: repeated, it does the same again.</summary>
    private static RouteHandlerBuilder Act<TBody, TView>(
        this IEndpointRouteBuilder v1, string pattern, Func<WebhookDesk, CommandCall<TBody>, ValueTask<QueryAnswer<TView>>> act)
        where TBody : class
    {
        return v1.MapPost(pattern, (Delegate)Handle)
            .WithMetadata(new AllowedRoles(Role.Owner))
            .Accepts<TBody>(MediaTypeNames.Application.Json)
            .Produces<TView>();

        async Task<IResult> Handle(HttpContext http)
        {
            var (call, problem) = await EndpointMapping.Read<TBody>(http, Role.Owner);
            if (call is null) return problem!.AsResult();
            return (await act(http.RequestServices.GetRequiredService<WebhookDesk>(), call)).ToResult(http);
        }
    }
}
