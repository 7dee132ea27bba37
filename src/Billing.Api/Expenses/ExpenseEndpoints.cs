using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Expenses;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Expenses;

/// <param name="Category">Code of a Schedule C category; GET /v1/expense-categories lists them.</param>
/// <param name="Rebill">Whether it goes onto the client's next invoice.</param>
/// <param name="Tax">Sales tax within the amount.</param>
/// <param name="Tip">Tip within the amount.</param>
/// <param name="BusinessShareBasisPoints">What of it was for the business, out of 10000; left out, all of it.</param>
/// <param name="ExchangeRate">What one unit of the amount's currency costs in the books', as decimal text.</param>
/// <param name="VehicleId">The vehicle whose running costs it is of; not for parking and tolls.</param>
public sealed record ExpenseBody(
    Money Amount, [property: Text(64)] string Category, LocalDate PaidOn, Guid? Id = null, Guid? ClientId = null,
    Guid? EngagementId = null, bool Rebill = false, [property: Text(200)] string? Payee = null,
    [property: Text(Wording.NoteMaxLength)] string? Note = null, Money? Tax = null, Money? Tip = null,
    int? BusinessShareBasisPoints = null, MarkUpBody? MarkUp = null, [property: Text(32)] string? ExchangeRate = null,
    Guid? VehicleId = null);

/// <summary>On top of the amount when it is rebilled: the one or the other.</summary>
/// <param name="BasisPoints">Out of 10000.</param>
/// <param name="Amount">In the expense's currency.</param>
public sealed record MarkUpBody(int? BasisPoints = null, Money? Amount = null);

public static class ExpenseEndpoints
{
    public static void MapExpenseCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<ExpenseBody>("/expenses", Role.Everyone, Record, (_, done) => Answers.Created(done, "/v1/expenses"));

        v1.Command<ExpenseBody>(
            "/expenses/{id:guid}:correct", Role.Everyone, call => Correct(call, call.RouteId()), (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/expenses/{id:guid}:remove", Role.Everyone, Remove, (_, done) => Answers.Changed(done));
    }

    internal static RecordExpenseCommand Record(CommandCall<ExpenseBody> call) =>
        new(call.Context, new RecordExpense(call.IdOrNew(call.Body.Id), Facts(call), call.Now, call.Caller.MemberId));

    internal static CorrectExpenseCommand Correct(CommandCall<ExpenseBody> call, Guid expenseId) =>
        new(call.Context, expenseId, new CorrectExpense(Facts(call), call.Now, OwnExpenses.OnlyOf(call.Caller)));

    internal static RemoveExpenseCommand Remove(CommandCall<NoBody> call) =>
        new(call.Context, call.RouteId(), new RemoveExpense(call.Now, OwnExpenses.OnlyOf(call.Caller)));

    private static ExpenseFacts Facts(CommandCall<ExpenseBody> call)
    {
        var body = call.Body;
        if (OwnExpenses.Refuse(call.Caller, body) is { } refusal) call.Refuse(refusal);
        return new ExpenseFacts(
            body.Amount, body.Category, body.PaidOn, body.ClientId, body.EngagementId, body.Rebill, body.Payee, body.Note)
        {
            Tax = body.Tax,
            Tip = body.Tip,
            BusinessShareBasisPoints = body.BusinessShareBasisPoints,
            MarkUp = call.MarkUp(body.MarkUp, body.Amount.Currency),
            ExchangeRate = body.ExchangeRate,
            VehicleId = body.VehicleId,
        };
    }

    internal static ExpenseMarkUp? MarkUp<TBody>(this CommandCall<TBody> call, MarkUpBody? markUp, Currency currency)
    {
        if (markUp is null) return null;
        if (markUp.Amount is { } amount && amount.Currency != currency)
            call.Refuse("/markUp/amount/currency", "currency-mismatch", $"The expense is in {currency}, and so is its mark-up.");
        return new ExpenseMarkUp(markUp.BasisPoints, markUp.Amount?.Minor);
    }
}
