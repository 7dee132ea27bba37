using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Expenses;
using MediatR;

namespace Billing.Api.Expenses;

public sealed record RecordTripCommand(CommandContext Context, RecordTrip Wish) : ICommand;

public sealed record CorrectTripCommand(CommandContext Context, Guid ExpenseId, CorrectTrip Wish) : ICommand;

public sealed record AddVehicleCommand(CommandContext Context, AddVehicle Wish) : ICommand;

public sealed record SetVehicleYearCommand(CommandContext Context, Guid VehicleId, SetVehicleYear Wish) : ICommand;

public sealed class TripCommandHandlers(CommandRunner runner) :
    IRequestHandler<RecordTripCommand, CommandResult>,
    IRequestHandler<CorrectTripCommand, CommandResult>,
    IRequestHandler<AddVehicleCommand, CommandResult>,
    IRequestHandler<SetVehicleYearCommand, CommandResult>
{
    public Task<CommandResult> Handle(RecordTripCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.Wish.ExpenseId, request.Wish.Facts,
        (state, around) => Expense.Decide(state, request.Wish, around), cancellationToken);

    public Task<CommandResult> Handle(CorrectTripCommand request, CancellationToken cancellationToken) => Run(
        request.Context, request.ExpenseId, request.Wish.Facts,
        (state, around) => Expense.Decide(state, request.Wish, around), cancellationToken);

    public Task<CommandResult> Handle(AddVehicleCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Vehicle.Stream, request.Wish.VehicleId, request.Context, state => Vehicle.Decide(state, request.Wish), cancellationToken);

    public Task<CommandResult> Handle(SetVehicleYearCommand request, CancellationToken cancellationToken) => runner.RunOn(
        Vehicle.Stream, request.VehicleId, request.Context, state => Vehicle.Decide(state, request.Wish), cancellationToken);

    private Task<CommandResult> Run(
        CommandContext context, Guid expenseId, TripFacts facts,
        Func<ExpenseState, ExpenseSurroundings, Decision<ExpenseEvent>> decide, CancellationToken cancellationToken) =>
        runner.RunOnExpense(context, expenseId, facts.ClientId, facts.EngagementId, facts.VehicleId, decide, cancellationToken);
}
