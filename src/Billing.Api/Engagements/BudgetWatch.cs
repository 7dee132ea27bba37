using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Domain.Engagements;
using Billing.Projections.Engagements;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Engagements;

/// <summary>
/// Looks at the budgets after work was written, and notes which thresholds are reached. Several nodes may do so at once, and
/// any of them again: that a threshold is noted once is decided by the budget's own stream.
/// </summary>
public sealed class BudgetWatch(
    BudgetQueries queries, BudgetDesk desk, CommandBus bus, ProjectionRunner projections, IClock clock, Func<Guid> newId,
    ILogger<BudgetWatch> log) : Rounds(Pause, "The budgets could not be looked at", log)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private long seen = -1;

    /// <summary>One look at every budget, as the read models know it now.</summary>
    public async Task Look(CancellationToken cancellationToken)
    {
        foreach (var budget in queries.All())
        {
            var now = clock.GetCurrentInstant();
            var work = await desk.Work(budget.Book, budget.Terms, now, cancellationToken);
            var wish = new NoteBudgetUse(budget.Terms, BudgetTally.ByPeriod(budget.Terms, work), now);
            var context = new CommandContext(budget.Book, "budget-watch", now, newId());
            await bus.Send(context, () => new NoteBudgetUseCommand(context, wish), cancellationToken);
        }
    }

    protected override async Task Round(CancellationToken cancellationToken)
    {
        var position = projections.Position;
        // Of several nodes one looks: the one that keeps the read models.
        if (position == seen || projections.Health is ProjectionHealth.Standby) return;
        await Look(cancellationToken);
        seen = position;
    }
}
