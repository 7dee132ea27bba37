using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Engagements;

namespace Billing.Api.Engagements;

/// <summary>What an engagement charges and pays. Only the owner decides it.</summary>
public static class ChargingEndpoints
{
    public static void MapChargingCommands(this IEndpointRouteBuilder v1)
    {
        Map<SetRateCardBody>(v1, "set-rate", call =>
        {
            var wish = call.Body.WishOf(call.IdOrNew(call.Body.CardId), call.Now);
            return state => Engagement.Decide(state, wish);
        });
        Map<SetCostBody>(v1, "set-cost", call =>
        {
            var wish = call.Body.WishOf(call.IdOrNew(call.Body.CardId), call.Now);
            return state => Engagement.Decide(state, wish);
        });
        Map<SetBillingModeBody>(v1, "set-billing-mode", call =>
        {
            var wish = call.Body.WishOf(call.IdOrNew(call.Body.Id), call.Now);
            return state => Engagement.Decide(state, wish);
        });
        Map<SetSurchargesBody>(v1, "set-surcharges", call =>
        {
            var wish = call.Body.WishOf(call.Now);
            return state => Engagement.Decide(state, wish);
        });
        Map<SetTimeRuleBody>(v1, "set-time-rule", call =>
        {
            var wish = call.Body.WishOf(call.Now);
            return state => Engagement.Decide(state, wish);
        });
        Map<LockRatesBody>(v1, "lock-rates", call =>
        {
            var wish = new LockRates(call.Body.ValidFrom, call.Body.UntilExclusive, call.Now);
            return state => Engagement.Decide(state, wish);
        });
    }

    /// <param name="wish">What the body asks for, as a decision over the engagement.</param>
    private static void Map<TBody>(
        IEndpointRouteBuilder v1, string verb,
        Func<CommandCall<TBody>, Func<EngagementState, Decision<EngagementEvent>>> wish) where TBody : class =>
        v1.Command<TBody>(
            $"/engagements/{{id:guid}}:{verb}", Role.Owner,
            call => new ChangeChargingCommand(call.Context, call.RouteId(), wish(call)), (_, done) => Answers.Changed(done));
}
