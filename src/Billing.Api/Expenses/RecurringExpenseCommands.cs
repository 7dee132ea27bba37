using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using MediatR;
using NodaTime;

namespace Billing.Api.Expenses;

public sealed record SetRecurringExpenseCommand(CommandContext Context, SetRecurringExpense Wish) : ICommand;

/// <param name="Through">The last day that counts; null for today in the practice's zone.</param>
public sealed record RecordDueExpensesCommand(CommandContext Context, Guid RecurringId, LocalDate? Through) : ICommand;

public sealed record SetPaidFirstCommand(CommandContext Context, SetPaidFirst Wish) : ICommand;

public sealed class RecurringExpenseCommandHandlers(CommandRunner runner) :
    IRequestHandler<SetRecurringExpenseCommand, CommandResult>,
    IRequestHandler<RecordDueExpensesCommand, CommandResult>,
    IRequestHandler<SetPaidFirstCommand, CommandResult>
{
    public Task<CommandResult> Handle(SetRecurringExpenseCommand request, CancellationToken cancellationToken)
    {
        var (wish, stream) = (request.Wish, RecurringExpense.Stream.Name(request.Wish.RecurringId));
        return runner.Run(request.Context, stream, async session =>
        {
            var recurring = await session.Load(RecurringExpense.Stream, stream);
            var around = await Surroundings.Of(session, wish.Facts.ClientId, wish.Facts.EngagementId, wish.Facts.VehicleId);
            return session.Record(RecurringExpense.Stream, stream, RecurringExpense.Decide(recurring, wish, around));
        }, cancellationToken);
    }

    public Task<CommandResult> Handle(RecordDueExpensesCommand request, CancellationToken cancellationToken)
    {
        var stream = RecurringExpense.Stream.Name(request.RecurringId);
        return runner.Run(
            request.Context, stream, session => Record(session, stream, request.Through, request.Context.Now), cancellationToken);
    }

    public Task<CommandResult> Handle(SetPaidFirstCommand request, CancellationToken cancellationToken)
    {
        var stream = ExpensePolicy.Stream.Name(request.Context.Book.Value);
        return runner.Run(request.Context, stream, async session =>
        {
            var policy = await session.Load(ExpensePolicy.Stream, stream);
            var business = await session.Practice();
            var engagement = request.Wish.EngagementId is { } id
                ? await session.Load(Engagement.Stream, id)
                : Engagement.Stream.Initial;
            return session.Record(
                ExpensePolicy.Stream, stream, ExpensePolicy.Decide(policy, request.Wish, engagement, business.Currency));
        }, cancellationToken);
    }

    /// <summary>
    /// The occurrences and the note that they are recorded, in one append: either all of it is there, or none. One that stands
    /// in the books already, or was removed from them, is let be.
    /// </summary>
    private static async ValueTask<Rejection?> Record(BookSession session, string stream, LocalDate? asked, Instant now)
    {
        var recurring = await session.Load(RecurringExpense.Stream, stream);
        var set = recurring.Set;
        var around = await Surroundings.Of(session, set?.ClientId, set?.EngagementId, set?.Particulars?.VehicleId);
        var decision = RecurringExpense.Decide(recurring, new RecordDueExpenses(asked ?? around.Today, now), around.Today);
        if (session.Record(RecurringExpense.Stream, stream, decision) is { } refusal) return refusal;
        if (decision is not Decision<RecurringExpenseEvent>.Accepted { Events: [RecurringExpenseEvent.OccurrencesRecorded recorded] })
            return null;
        foreach (var day in recurring.Due(recorded.Through))
        {
            var wish = recurring.Occurrence(day, now);
            var expense = await session.Load(Expense.Stream, wish.ExpenseId);
            if (expense is not ExpenseState.NotRecorded) continue;
            if (session.Record(Expense.Stream, wish.ExpenseId, Expense.Decide(expense, wish, around)) is { } unfit) return unfit;
        }
        return null;
    }
}
