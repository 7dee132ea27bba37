using Billing.Api.Commands;
using Billing.Domain.Expenses;
using MediatR;

namespace Billing.Api.Expenses;

public sealed record AttachReceiptCommand(CommandContext Context, Guid ExpenseId, AttachReceipt Wish) : ICommand;

public sealed record RemoveReceiptCommand(CommandContext Context, Guid ExpenseId, RemoveReceipt Wish) : ICommand;

public sealed class ReceiptCommandHandlers(CommandRunner runner) :
    IRequestHandler<AttachReceiptCommand, CommandResult>,
    IRequestHandler<RemoveReceiptCommand, CommandResult>
{
    public Task<CommandResult> Handle(AttachReceiptCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Expense.Stream, request.ExpenseId, request.Context, state => Expense.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(RemoveReceiptCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Expense.Stream, request.ExpenseId, request.Context, state => Expense.Decide(state, request.Wish), cancellationToken);
}
