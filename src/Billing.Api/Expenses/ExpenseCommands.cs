using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Expenses;
using MediatR;

namespace Billing.Api.Expenses;

public sealed record RecordExpenseCommand(CommandContext Context, RecordExpense Wish) : ICommand;

public sealed record CorrectExpenseCommand(CommandContext Context, Guid ExpenseId, CorrectExpense Wish) : ICommand;

public sealed record RemoveExpenseCommand(CommandContext Context, Guid ExpenseId, RemoveExpense Wish) : ICommand;

public sealed class ExpenseCommandHandlers(CommandRunner runner) :
    IRequestHandler<RecordExpenseCommand, CommandResult>,
    IRequestHandler<CorrectExpenseCommand, CommandResult>,
    IRequestHandler<RemoveExpenseCommand, CommandResult>
{
    public Task<CommandResult> Handle(RecordExpenseCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.ExpenseId, request.Wish.Facts,
        (state, around) => Expense.Decide(state, request.Wish, around), cancellationToken);

    public Task<CommandResult> Handle(CorrectExpenseCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.ExpenseId, request.Wish.Facts,
        (state, around) => Expense.Decide(state, request.Wish, around), cancellationToken);

    public Task<CommandResult> Handle(RemoveExpenseCommand request, CancellationToken cancellationToken)
    {
        var stream = Expense.Stream.Name(request.ExpenseId);
        return runner.Run(request.Context, stream, async session =>
        {
            var expense = await session.Load(Expense.Stream, stream);
            var business = await session.Load(Business.Stream, request.Context.Book.Value);
            return session.Record(Expense.Stream, stream, Expense.Decide(expense, request.Wish, business));
        }, cancellationToken);
    }

    private Task<CommandResult> Run(
        CommandContext context, Guid expenseId, ExpenseFacts facts,
        Func<ExpenseState, ExpenseSurroundings, Decision<ExpenseEvent>> decide, CancellationToken cancellationToken) =>
        runner.RunOnExpense(context, expenseId, facts.ClientId, facts.EngagementId, facts.VehicleId, decide, cancellationToken);
}
