using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Expenses;
using Billing.Domain.Values;
using Billing.Projections.Expenses;
using NodaTime;

namespace Billing.Api.Expenses;

/// <param name="Every">week, month or year.</param>
/// <param name="FirstOn">The first day that it is paid, which also says on which day of a week, month or year.</param>
/// <param name="Until">The last day on which it can be paid; left out, it goes on.</param>
/// <param name="ExchangeRate">Taken for each occurrence until that is corrected.</param>
/// <inheritdoc cref="ExpenseBody"/>
public sealed record RecurringExpenseBody(
    Money Amount, [property: Text(64)] string Category, [property: Text(20)] string Every, LocalDate FirstOn, LocalDate? Until = null,
    Guid? ClientId = null, Guid? EngagementId = null, bool Rebill = false, [property: Text(200)] string? Payee = null,
    [property: Text(Wording.NoteMaxLength)] string? Note = null, Guid? Id = null, Money? Tax = null, Money? Tip = null,
    int? BusinessShareBasisPoints = null, MarkUpBody? MarkUp = null, [property: Text(32)] string? ExchangeRate = null,
    Guid? VehicleId = null);

/// <param name="Through">The last day that counts; left out, today in the practice's zone.</param>
public sealed record RecordDueBody(LocalDate? Through = null);

/// <param name="EngagementId">Where it holds; left out, in the whole practice.</param>
/// <param name="Above">Expenses above it are paid by the client first; left out, there is no such rule.</param>
public sealed record PaidFirstBody(Guid? EngagementId = null, Money? Above = null);

public static class RecurringExpenseEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapRecurringExpenses(this IEndpointRouteBuilder v1)
    {
        v1.Command<RecurringExpenseBody>("/recurring-expenses", Keepers,
            call => Set(call, call.IdOrNew(call.Body.Id), isNew: true), (_, done) => Answers.Created(done, "/v1/recurring-expenses"));

        v1.Command<RecurringExpenseBody>("/recurring-expenses/{id:guid}:change", Keepers,
            call => Set(call, call.RouteId(), isNew: false), (_, done) => Answers.Changed(done));

        v1.Command<RecordDueBody>("/recurring-expenses/{id:guid}:record-due", Keepers, call => new RecordDueExpensesCommand(
                call.Context, call.RouteId(), call.Body.Through),
            (_, done) => Answers.Changed(done));

        v1.Command<PaidFirstBody>("/expense-policy:set-paid-first", Role.Owner, call => new SetPaidFirstCommand(
                call.Context, new SetPaidFirst(call.Body.EngagementId, call.Body.Above, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Query<ListView<RecurringExpenseView>>("/recurring-expenses", Keepers, call => new(
            Lists.All(call.Service<RecurringExpenseQueries>().All(call.Book))));

        v1.Query<ListView<DueExpenseView>>("/recurring-expenses/due", Keepers, call => new(
            Lists.All(call.Service<RecurringExpenseQueries>().Due(call.Book, call.Date("through") ?? PracticeDay.Of(call)))), "through");
    }

    private static SetRecurringExpenseCommand Set(CommandCall<RecurringExpenseBody> call, Guid id, bool isNew)
    {
        var body = call.Body;
        var facts = new ExpenseFacts(
            body.Amount, body.Category, body.FirstOn, body.ClientId, body.EngagementId, body.Rebill, body.Payee, body.Note)
        {
            Tax = body.Tax,
            Tip = body.Tip,
            BusinessShareBasisPoints = body.BusinessShareBasisPoints,
            MarkUp = call.MarkUp(body.MarkUp, body.Amount.Currency),
            ExchangeRate = body.ExchangeRate,
            VehicleId = body.VehicleId,
        };
        return new SetRecurringExpenseCommand(call.Context, new SetRecurringExpense(
            id, facts, new Recurrence(body.Every, body.FirstOn, body.Until), isNew, call.Now));
    }
}
