using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Taxes.Parameters;

namespace Billing.Api.Expenses;

/// <summary>Loads what an expense, trip or recurring expense is checked against.</summary>
internal static class Surroundings
{
    /// <summary>Decides about an expense or trip with what it names around it.</summary>
    public static Task<CommandResult> RunOnExpense(
        this CommandRunner runner, CommandContext context, Guid expenseId, Guid? clientId, Guid? engagementId, Guid? vehicleId,
        Func<ExpenseState, ExpenseSurroundings, Decision<ExpenseEvent>> decide, CancellationToken cancellationToken)
    {
        var stream = Expense.Stream.Name(expenseId);
        return runner.Run(context, stream, async session =>
        {
            var expense = await session.Load(Expense.Stream, stream);
            var around = await Of(session, clientId, engagementId, vehicleId);
            return session.Record(Expense.Stream, stream, decide(expense, around));
        }, cancellationToken);
    }

    public static async ValueTask<ExpenseSurroundings> Of(BookSession session, Guid? clientId, Guid? engagementId, Guid? vehicleId)
    {
        var business = await session.Practice();
        var client = clientId is { } c ? await session.Load(Client.Stream, c) : Client.Stream.Initial;
        var engagement = engagementId is { } e ? await session.Load(Engagement.Stream, e) : Engagement.Stream.Initial;
        var vehicle = vehicleId is { } v ? await session.Load(Vehicle.Stream, v) : Vehicle.Stream.Initial;
        return new ExpenseSurroundings(
            business.DayOf(session.Context.Now), business.Currency, TaxParameterLibrary.CategoryCodes, TaxParameterLibrary.Years,
            client, engagement, vehicle)
        {
            Business = business,
        };
    }
}
