using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Projections.Expenses;
using Billing.Projections.Paging;

namespace Billing.Api.Expenses;

/// <summary>An assistant writes down what they paid, and sees that and nothing else of what the practice spends.</summary>
internal static class OwnExpenses
{
    /// <summary>The member whose expenses the caller may touch; null for whoever may touch all.</summary>
    public static Guid? OnlyOf(Caller caller) => caller.Role == Role.Assistant ? caller.MemberId : null;

    /// <summary>Null where there is none, or another's.</summary>
    public static ExpenseView? Find(QueryCall call, Guid expenseId) => call.Service<ExpenseQueries>().Expense(call.Book, expenseId) switch
    {
        { } expense when OnlyOf(call.Caller) is null => expense,
        { } expense when expense.RecordedBy == call.Caller.MemberId => expense.WithoutMarkUp(),
        _ => null,
    };

    public static bool MaySee(QueryCall call, Guid expenseId) => OnlyOf(call.Caller) is null || Find(call, expenseId) is not null;

    /// <summary>A page of expenses as the caller may see them.</summary>
    public static Page<ExpenseView> Shown(QueryCall call, Page<ExpenseView> page) => OnlyOf(call.Caller) is null
        ? page
        : page with { Items = [.. page.Items.Select(expense => expense.WithoutMarkUp())] };

    /// <summary>What is charged on top, what of it was for the business, and whose vehicle it was are not an assistant's to say.</summary>
    public static Rejection? Refuse(Caller caller, ExpenseBody body) => OnlyOf(caller) is null
        ? null
        : body switch
        {
            { MarkUp: not null } => Refusal("mark-up", "/markUp"),
            { BusinessShareBasisPoints: not null } => Refusal("business share", "/businessShareBasisPoints"),
            { VehicleId: not null } => Refusal("vehicle", "/vehicleId"),
            _ => null,
        };

    private static Rejection Refusal(string what, string field) => new(
        "not-for-assistants", $"The {what} of an expense is the practice's to say. Leave it out.", field, RejectionKind.NotAllowed);
}
