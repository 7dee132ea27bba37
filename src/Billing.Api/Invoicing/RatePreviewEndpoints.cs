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

/// <summary>What a rate, surcharges, a time rule or a billing mode would touch, before anything happens. Whatever refuses the change
/// refuses its preview.</summary>
public static class RatePreviewEndpoints
{
    public static void MapRatePreviews(this IEndpointRouteBuilder v1)
    {
        OfBusiness<SetRateCardBody>(v1, "preview-rate", (state, call) => Business.Decide(state, Wish(call)));
        OfBusiness<SetSurchargesBody>(v1, "preview-surcharges", (state, call) => Business.Decide(state, call.Body.WishOf(call.Now)));

        v1.Ask<SetRateCardBody, RatePreviewView>("/clients/{id:guid}:preview-rate", Role.Owner, async (call, body) =>
        {
            var session = call.Session();
            var state = await session.Load(Client.Stream, call.RouteId());
            return await Preview(call, session, call.RouteId(), Client.Decide(state, Wish(body)), (sources, card) =>
                sources with { Client = Client.Evolve(sources.Client, card) });
        });

        OfEngagement<SetRateCardBody>(v1, "preview-rate", (state, call) => Engagement.Decide(state, Wish(call)));
        OfEngagement<SetSurchargesBody>(v1, "preview-surcharges", (state, call) => Engagement.Decide(state, call.Body.WishOf(call.Now)));
        OfEngagement<SetTimeRuleBody>(v1, "preview-time-rule", (state, call) => Engagement.Decide(state, call.Body.WishOf(call.Now)));
        OfEngagement<SetBillingModeBody>(
            v1, "preview-billing-mode",
            (state, call) => Engagement.Decide(state, call.Body.WishOf(call.IdOrNew(call.Body.Id), call.Now)));
    }

    private static void OfBusiness<TBody>(
        IEndpointRouteBuilder v1, string verb, Func<BusinessState, CommandCall<TBody>, Decision<BusinessEvent>> decide)
        where TBody : class =>
        v1.Ask<TBody, RatePreviewView>($"/business:{verb}", Role.Owner, async (call, body) =>
        {
            var session = call.Session();
            var state = await session.Load(Business.Stream, call.Book.Value);
            return await Preview(call, session, null, decide(state, body), (sources, change) =>
                sources with { Business = (BusinessState.Open)Business.Evolve(sources.Business, change) });
        });

    private static void OfEngagement<TBody>(
        IEndpointRouteBuilder v1, string verb, Func<EngagementState, CommandCall<TBody>, Decision<EngagementEvent>> decide)
        where TBody : class =>
        v1.Ask<TBody, RatePreviewView>($"/engagements/{{id:guid}}:{verb}", Role.Owner, async (call, body) =>
        {
            var id = call.RouteId();
            var session = call.Session();
            var state = await session.Load(Engagement.Stream, id);
            return await Preview(call, session, state.Terms?.ClientId, decide(state, body), (sources, change) =>
                sources.Engagements.TryGetValue(id, out var before) ? With(sources, id, Engagement.Evolve(before, change)) : sources);
        });

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
        var events = decision is Decision<TEvent>.Accepted accepted ? accepted.Events : [];
        return await call.Service<RatePreview>().Of(
            session, client, PracticeDay.Of(call), sources => events.Aggregate(sources, with));
    }
}
