using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain;
using Billing.Domain.Retainers;
using Billing.Projections.Retainers;
using NodaTime;

namespace Billing.Api.Retainers;

/// <param name="Terms">The policy to hold against the retainer's own.</param>
/// <param name="From">First day of the work.</param>
/// <param name="Through">Last day of it.</param>
public sealed record SimulateBody(TermsBody Terms, LocalDate From, LocalDate Through);

public static class RetainerQueryEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    /// <summary>Ten years and the days of leap years.</summary>
    private const int MaxDays = 3660;

    public static void MapRetainerQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<RetainerView>>("/retainers", Keepers, call => new(
            Lists.All(call.Service<RetainerQueries>().Retainers(call.Book, call.Id("client")))), "client", AsOf.Known);

        // Hours that were billed just now would count twice: drawn, and still waiting.
        v1.Query("/retainers/{id:guid}", Keepers, OneMoment.CaughtUp<RetainerDetail>(async call =>
        {
            if (call.Service<RetainerQueries>().Retainer(call.Book, call.RouteId()) is not { } view) return NotFound;
            return await OnDay(call) is { } retainer
                ? new QueryAnswer<RetainerDetail>(RetainerDetail.Of(view, retainer), null, view.Version)
                : NotFound;
        }), AsOf.DayOrKnown);

        v1.Query("/retainers/{id:guid}/periods", Keepers, OneMoment.CaughtUp<ListView<PeriodView>>(
            async call => await OnDay(call) is { } retainer
                ? Lists.All<PeriodView>(
                    [.. retainer.Account.Periods.Select(period => PeriodView.Of(period, retainer.State.Currency))])
                : NotFound), AsOf.DayOrKnown);

        v1.Query("/retainers/{id:guid}/lots", Keepers, OneMoment.CaughtUp<LotsView>(
            async call => await OnDay(call) is { } retainer ? LotsView.Of(retainer) : NotFound), AsOf.DayOrKnown);

        v1.Query<ListView<UnearnedView>>("/unearned", Keepers, async call => Lists.All(
            await call.Service<RetainerDesk>().Unearned(call.Session(), call.AsOfDay ?? PracticeDay.Of(call))), AsOf.DayOrKnown);

        v1.Ask<SimulateBody, SimulationView>("/retainers/{id:guid}:simulate", Keepers, Simulate);
    }

    private static Problem NotFound => Problem.NotFound("retainer");

    /// <summary>The retainer on the day that is asked for, or today.</summary>
    private static ValueTask<RetainerOnDay?> OnDay(QueryCall call) => call.Service<RetainerDesk>()
        .One(call.Session(), call.RouteId(), call.AsOfDay ?? PracticeDay.Of(call));

    private static async ValueTask<QueryAnswer<SimulationView>> Simulate(QueryCall call, CommandCall<SimulateBody> asked)
    {
        var (session, body) = (call.Session(), asked.Body);
        if (await session.Load(Retainer.Stream, call.RouteId()) is not RetainerState.Agreed agreed) return NotFound;
        if (Refuse(body, agreed) is { } refusal) return Problem.Of(refusal);
        return await call.Service<RetainerDesk>().Simulate(session, agreed, body.Terms.ToTerms(), body.From, body.Through);
    }

    private static Rejection? Refuse(SimulateBody body, RetainerState.Agreed retainer)
    {
        if (body.Through < body.From || Period.DaysBetween(body.From, body.Through) > MaxDays)
        {
            return new Rejection(
                "days-implausible", $"The last day comes not before the first, and at most {MaxDays} days after it.", "/through",
                RejectionKind.Invalid);
        }
        var currency = body.Terms.CurrencyOf(out var isMixed);
        return isMixed
            ? RetainerEndpoints.MixedCurrencies
            : RetainerTermsCheck.Refuse(new AgreedTerms(body.From, body.Terms.ToTerms(), currency), retainer.Currency);
    }
}
