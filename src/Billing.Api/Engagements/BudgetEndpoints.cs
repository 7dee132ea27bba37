using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Engagements;
using Billing.Domain.Values;
using Billing.Projections.Engagements;
using NodaTime;

namespace Billing.Api.Engagements;

/// <param name="DurationSeconds">How long may be worked; left out, time is not limited.</param>
/// <param name="Money">How much the work may cost; left out, money is not limited.</param>
/// <param name="Per">once or month.</param>
/// <param name="FirstDay">The first day whose work counts; left out, of a monthly budget the first of this month, else 2000-01-01.</param>
/// <param name="ThresholdPercents">At which shares to warn; left out, at 80 and 100.</param>
public sealed record SetBudgetBody(
    long? DurationSeconds = null, Money? Money = null, [property: Text(20)] string Per = BudgetPeriod.Once, LocalDate? FirstDay = null,
    IReadOnlyList<int>? ThresholdPercents = null);

public static class BudgetEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;
    private const int MostAlerts = 500;
    private static readonly int[] UsualThresholds = [80, 100];
    private static readonly LocalDate FromTheBeginning = new(2000, 1, 1);

    public static void MapBudgets(this IEndpointRouteBuilder v1)
    {
        v1.Command<SetBudgetBody>("/engagements/{id:guid}:set-budget", Keepers, call => new SetBudgetCommand(
                call.Context, new SetBudget(
                    call.RouteId(), call.Body.DurationSeconds, call.Body.Money, call.Body.Per, FirstDay(call),
                    call.Body.ThresholdPercents ?? UsualThresholds, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/engagements/{id:guid}:drop-budget", Keepers, call => new DropBudgetCommand(
                call.Context, call.RouteId(), new DropBudget(call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Query<BudgetView>("/engagements/{id:guid}/budget", Role.Everyone, Budget, AsOf.Known);

        v1.Query<ListView<BudgetAlert>>("/budget-alerts", Role.Everyone, call => new(Lists.All<BudgetAlert>(
        [
            .. call.Service<BudgetQueries>().Alerts(call.Book, call.Id("engagement"), MostAlerts)
                .Where(alert => call.Caller.SeesRates || alert.Measure == BudgetMeasure.Hours).Select(BudgetAlert.Of),
        ])), "engagement");
    }

    private static LocalDate FirstDay(CommandCall<SetBudgetBody> call)
    {
        if (call.Body.FirstDay is { } day) return day;
        var today = PracticeDay.Of(call);
        return call.Body.Per == BudgetPeriod.Month ? new LocalDate(today.Year, today.Month, 1) : FromTheBeginning;
    }

    private static async ValueTask<QueryAnswer<BudgetView>> Budget(QueryCall call)
    {
        if (call.Service<BudgetQueries>().Of(call.Book, call.RouteId()) is not { } budget) return Problem.NotFound("budget");
        // A budget of money alone is nothing that whoever sees no rates knows of.
        if (!call.Caller.SeesRates && budget.Terms.Seconds is null) return Problem.NotFound("budget");
        var work = await call.Service<BudgetDesk>().Work(call.Book, budget.Terms, call.Now, call.Aborted);
        var view = BudgetView.Of(budget, BudgetTally.Burn(budget.Terms, work, PracticeDay.Of(call)));
        return call.Caller.SeesRates ? view : view.WithoutMoney();
    }
}
