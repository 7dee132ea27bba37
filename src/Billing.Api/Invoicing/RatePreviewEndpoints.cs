using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Engagements;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;

namespace Billing.Api.Invoicing;

/// <summary>What a rate would touch, before anything happens. Whatever refuses the rate refuses the preview.</summary>
public static class RatePreviewEndpoints
{
    public static void MapRatePreviews(this IEndpointRouteBuilder v1)
    {
        v1.Ask<SetRateCardBody, RatePreviewView>("/business:preview-rate", Role.Owner, async (call, body) =>
        {
            var session = call.Session();
            var state = await session.Load(Business.Stream, call.Book.Value);
            return await Preview(call, session, null, Business.Decide(state, Wish(body)), (sources, card) =>
                sources with { Business = (BusinessState.Open)Business.Evolve(sources.Business, card) });
        });

        v1.Ask<SetRateCardBody, RatePreviewView>("/clients/{id:guid}:preview-rate", Role.Owner, async (call, body) =>
        {
            var session = call.Session();
            var state = await session.Load(Client.Stream, call.RouteId());
            return await Preview(call, session, call.RouteId(), Client.Decide(state, Wish(body)), (sources, card) =>
                sources with { Client = Client.Evolve(sources.Client, card) });
        });

        v1.Ask<SetRateCardBody, RatePreviewView>("/engagements/{id:guid}:preview-rate", Role.Owner, async (call, body) =>
        {
            var id = call.RouteId();
            var session = call.Session();
            var state = await session.Load(Engagement.Stream, id);
            return await Preview(call, session, state.Terms?.ClientId, Engagement.Decide(state, Wish(body)), (sources, card) =>
                sources.Engagements.TryGetValue(id, out var before) ? With(sources, id, Engagement.Evolve(before, card)) : sources);
        });
    }

    private static BillingSources With(BillingSources sources, Guid id, EngagementState engagement) => sources with
    {
        Engagements = new Dictionary<Guid, EngagementState>(sources.Engagements) { [id] = engagement },
    };

    private static SetRateCard Wish(CommandCall<SetRateCardBody> body) =>
        body.Body.WishOf(body.IdOrNew(body.Body.CardId), body.Now);

    private static async ValueTask<QueryAnswer<RatePreviewView>> Preview<TEvent>(
        QueryCall call, BookSession session, Guid? client, Decision<TEvent> decision,
        Func<BillingSources, TEvent, BillingSources> with)
    {
        if (decision is Decision<TEvent>.Rejected { Rejection: var why }) return Problem.Of(why);
        var events = ((Decision<TEvent>.Accepted)decision).Events;
        return await call.Service<RatePreview>().Of(
            session, client, PracticeDay.Of(call), sources => events.Aggregate(sources, with));
    }
}
