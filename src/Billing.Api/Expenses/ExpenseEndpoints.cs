using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Expenses;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Expenses;

/// <param name="Category">Code of a Schedule C category; GET /v1/expense-categories lists them.</param>
/// <param name="Rebill">Whether it goes onto the client's next invoice.</param>
public sealed record ExpenseBody(
    Money Amount, [property: Text(64)] string Category, LocalDate PaidOn, Guid? Id = null, Guid? ClientId = null,
    Guid? EngagementId = null, bool Rebill = false, [property: Text(200)] string? Payee = null,
    [property: Text(2000)] string? Note = null);

public static class ExpenseEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapExpenseCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<ExpenseBody>("/expenses", Keepers, call => new RecordExpenseCommand(
                call.Context, new RecordExpense(call.IdOrNew(call.Body.Id), Facts(call.Body), call.Now)),
            (_, done) => Answers.Created(done, "/v1/expenses"));

        v1.Command<ExpenseBody>("/expenses/{id:guid}:correct", Keepers, call => new CorrectExpenseCommand(
                call.Context, call.RouteId(), new CorrectExpense(Facts(call.Body), call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/expenses/{id:guid}:remove", Keepers, call => new RemoveExpenseCommand(
                call.Context, call.RouteId(), new RemoveExpense(call.Now)),
            (_, done) => Answers.Changed(done));
    }

    private static ExpenseFacts Facts(ExpenseBody body) => new(
        body.Amount, body.Category, body.PaidOn, body.ClientId, body.EngagementId, body.Rebill, body.Payee, body.Note);
}
