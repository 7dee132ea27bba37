using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsStates;
using Billing.Domain.Values;
using Billing.Projections.Taxes;

namespace Billing.Api.Taxes.UsStates;

/// <summary>What a state's return says that neither the books nor the federal profile know. Amounts are US dollars.</summary>
/// <param name="Withholding">The state's income tax withheld over the whole year.</param>
/// <param name="PriorYearTax">Total tax of last year's return to the state.</param>
/// <param name="PriorYearAgi">Adjusted gross income of that return.</param>
/// <param name="PriorYearFiledInFull">Whether that return was filed and covered twelve months.</param>
public sealed record StateFilingBody(
    Money? Withholding = null, Money? PriorYearTax = null, Money? PriorYearAgi = null, bool PriorYearFiledInFull = false,
    Money? PriorOverpaymentApplied = null);

public static class StateEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapStates(this IEndpointRouteBuilder v1)
    {
        v1.Command<StateFilingBody>("/tax-years/{year:int}/states/{state}:set-filing", Role.Owner, call =>
                State(call) is { } state
                    ? new SetStateFilingCommand(call.Context, new SetStateFiling(
                        TaxEndpoints.Year(call), state.Jurisdiction, Filing(call), call.Now))
                    : null,
            (call, done) => Answers.Changed(done, call.Caller.Book.Value));

        v1.Command<EstimatedPaymentBody>("/tax-years/{year:int}/states/{state}/payments", Keepers, call =>
                State(call) is { } state
                    ? new RecordEstimatedPaymentCommand(call.Context, new RecordEstimatedPayment(
                        TaxEndpoints.Year(call), state.Jurisdiction, call.IdOrNew(call.Body.Id), call.Body.Quarter,
                        TaxEndpoints.Dollars(call, call.Body.Amount, "/amount"), call.Body.PaidOn, call.Body.Confirmation, call.Now))
                    : null,
            (call, done) => Answers.Created(
                done, done.Find<TaxYearEvent.EstimatedTaxPaid>()?.PaymentId ?? call.Body.Id!.Value,
                $"/v1/tax-years/{TaxEndpoints.Year(call)}/states/{Code(call.Http)}/payments"));

        v1.Command<NoBody>("/tax-years/{year:int}/states/{state}/payments/{id:guid}:remove", Keepers, call =>
                State(call) is { } state
                    ? new RemoveEstimatedPaymentCommand(call.Context, new RemoveEstimatedPayment(
                        TaxEndpoints.Year(call), state.Jurisdiction, call.RouteId(), call.Now))
                    : null,
            (call, done) => Answers.Changed(done, call.RouteId()));

        v1.Query<StatesView>("/tax-years/{year:int}/states", Keepers, call =>
        {
            var year = TaxQueryEndpoints.Year(call);
            return new(new QueryAnswer<StatesView>(StatesView.Of(year, call.Service<TaxQueries>().States(call.Book, year)), null));
        }, AsOf.Known);

        v1.Query<StateYearBodyView>("/tax-years/{year:int}/states/{state}", Keepers, call =>
        {
            if (!UsState.TryOf(Code(call.Http), out var state, out var unknown)) return new(Problem.Of(unknown));
            var known = call.Service<TaxQueries>().State(call.Book, TaxQueryEndpoints.Year(call), state);
            return new(new QueryAnswer<StateYearBodyView>(StateYearBodyView.Of(known), null, known.Version));
        }, AsOf.Known);

        v1.Query<StateEstimateView>("/tax-years/{year:int}/states/{state}/estimate", Keepers, Estimate,
            AsOf.DayOrKnown, "projection", "netProfit");
    }

    private static ValueTask<QueryAnswer<StateEstimateView>> Estimate(QueryCall call)
    {
        var (wish, problem) = TaxQueryEndpoints.Wish(call);
        if (wish is null) return new(problem!);
        if (!UsState.TryOf(Code(call.Http), out var state, out var rejection)) return new(Problem.Of(rejection));
        return new(
            call.Service<StateDesk>().TryEstimate(call.Book, state, wish, out var estimate, out rejection)
                ? estimate
                : Problem.Of(rejection));
    }

    private static UsState? State<TBody>(CommandCall<TBody> call)
    {
        if (UsState.TryOf(Code(call.Http), out var state, out var unknown)) return state;
        call.Refuse(unknown);
        return null;
    }

    private static string Code(HttpContext http) => (string)http.Request.RouteValues["state"]!;

    private static StateFiling Filing(CommandCall<StateFilingBody> call)
    {
        var b = call.Body;
        return new StateFiling(
            TaxEndpoints.Dollars(call, b.Withholding, "/withholding"),
            b.PriorYearTax is null ? null : TaxEndpoints.Dollars(call, b.PriorYearTax, "/priorYearTax"),
            b.PriorYearAgi is null ? null : TaxEndpoints.Dollars(call, b.PriorYearAgi, "/priorYearAgi"),
            b.PriorYearFiledInFull, TaxEndpoints.Dollars(call, b.PriorOverpaymentApplied, "/priorOverpaymentApplied"));
    }
}
