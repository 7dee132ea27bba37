using Billing.Api.Engagements;
using Billing.Api.Http;
using Billing.Domain.Access;

namespace Billing.Api.Access;

/// <param name="SeesRates">Whether the assistant may see what work costs.</param>
public sealed record AllowRatesBody(bool SeesRates);

/// <summary>What the practice charges and pays where nothing more specific is agreed. Only the owner decides it.</summary>
public static class PracticeRateEndpoints
{
    public static void MapPracticeRateCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<SetRateCardBody>("/business:set-rate", Role.Owner, call =>
        {
            var wish = call.Body.WishOf(call.IdOrNew(call.Body.CardId), call.Now);
            return new ChangeRatesCommand(call.Context, state => Business.Decide(state, wish));
        }, (_, done) => Answers.Changed(done));

        v1.Command<SetCostBody>("/business:set-cost", Role.Owner, call =>
        {
            var wish = call.Body.WishOf(call.IdOrNew(call.Body.CardId), call.Now);
            return new ChangeRatesCommand(call.Context, state => Business.Decide(state, wish));
        }, (_, done) => Answers.Changed(done));

        v1.Command<SetSurchargesBody>("/business:set-surcharges", Role.Owner, call =>
        {
            var wish = call.Body.WishOf(call.Now);
            return new ChangeRatesCommand(call.Context, state => Business.Decide(state, wish));
        }, (_, done) => Answers.Changed(done));

        v1.Command<AllowRatesBody>("/members/{id:guid}:allow-rates", Role.Owner, call => new AllowRatesCommand(
                call.Context, new AllowRates(call.RouteId(), call.Body.SeesRates, call.Now)),
            (call, done) => Answers.Changed(done, call.RouteId()));
    }
}
