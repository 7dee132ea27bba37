using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Retainers;
using Billing.EventStore.Port;
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
            Lists.All(call.Service<RetainerQueries>().Retainers(call.Book, call.Id("client")))), "client");

        v1.Query<RetainerDetail>("/retainers/{id:guid}", Keepers, async call =>
        {
            if (call.Service<RetainerQueries>().Retainer(call.Book, call.RouteId()) is not { } view) return NotFound;
            return await OnDay(call) is { } retainer
                ? new QueryAnswer<RetainerDetail>(RetainerDetail.Of(view, retainer.Standing()), null, view.Version)
                : NotFound;
        });

        v1.Query<ListView<PeriodView>>("/retainers/{id:guid}/periods", Keepers, async call => await OnDay(call) is { } retainer
            ? Lists.All<PeriodView>(
                [.. retainer.Account.Periods.Select(period => PeriodView.Of(period, retainer.State.Currency))])
            : NotFound);

        v1.Query<LotsView>("/retainers/{id:guid}/lots", Keepers, async call => await OnDay(call) is { } retainer
            ? LotsView.Of(retainer.Account, retainer.State.Currency)
            : NotFound);

        v1.Query<ListView<UnearnedView>>("/unearned", Keepers, async call => Lists.All(
            await call.Service<RetainerDesk>().Unearned(Session(call), call.Date("asOf") ?? PracticeDay.Of(call))));

        v1.MapPost("/retainers/{id:guid}:simulate", (Delegate)Simulate)
            .WithMetadata(new AllowedRoles(Keepers))
            .Accepts<SimulateBody>("application/json")
            .Produces<SimulationView>();
    }

    private static Problem NotFound => Problem.NotFound("retainer");

    /// <summary>The retainer on the day that is asked for, or today.</summary>
    private static ValueTask<RetainerOnDay?> OnDay(QueryCall call) => call.Service<RetainerDesk>()
        .One(Session(call), call.RouteId(), call.Date("asOf") ?? PracticeDay.Of(call));

    /// <summary>A question with a body: it writes nothing.</summary>
    private static async Task<IResult> Simulate(HttpContext http)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        if (caller is null) return problem!.AsResult();
        var (bytes, tooLarge) = await RequestBody.Read(http.Request, EndpointMapping.MaxBodyBytes, http.RequestAborted);
        if (tooLarge)
            return Problem.Of(413, "body-too-large", $"The body is over {EndpointMapping.MaxBodyBytes} bytes.").AsResult();
        var (body, errors) = BodyBinder.Bind<SimulateBody>(bytes);
        if (body is null) return Problem.BadRequest(errors).AsResult();

        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } stale) return stale.AsResult();
        var session = Session(call);
        if (await session.Load(Retainer.Stream, call.RouteId()) is not RetainerState.Agreed agreed) return NotFound.AsResult();
        if (Refuse(body, agreed) is { } refusal) return Problem.Of(refusal).AsResult();
        var view = await call.Service<RetainerDesk>().Simulate(session, agreed, body.Terms.ToTerms(), body.From, body.Through);
        return new JsonAnswer(view, 200);
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

    private static BookSession Session(QueryCall call) => new(
        call.Service<IEventStore>(), call.Service<StateCache>(),
        new CommandContext(call.Book, call.Caller.Actor, call.Now, Guid.Empty), call.Aborted);
}
