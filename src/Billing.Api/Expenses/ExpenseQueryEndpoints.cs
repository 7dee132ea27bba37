using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Taxes.Parameters;
using Billing.Projections.Expenses;

namespace Billing.Api.Expenses;

public static class ExpenseQueryEndpoints
{
    public static void MapExpenseQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<ExpenseView>>(
            "/expenses", Role.Everyone, call =>
            {
                var filter = new ExpenseFilter(
                    call.Id("client"), call.OneOf("category", TaxParameterLibrary.CategoryCodes), call.Date("from"),
                    call.Date("to")?.PlusDays(1), call.Flag("billed"), call.Flag("paidFirst"), OwnExpenses.OnlyOf(call.Caller));
                var found = call.Service<ExpenseQueries>().Expenses(call.Book, filter, call.Page());
                return new(call.Paged(OwnExpenses.Shown(call, found)));
            },
            "client", "category", "from", "to", "billed", "paidFirst", "cursor", "limit", AsOf.Known);

        v1.Query<ExpenseView>("/expenses/{id:guid}", Role.Everyone, call => new(Lists.One(
            OwnExpenses.Find(call, call.RouteId()), "expense", view => view.Version)), AsOf.Known);

        v1.Query<ListView<CategoryView>>("/expense-categories", Role.Everyone, call =>
        {
            var year = call.Number("year", 2000, 2099) ?? TaxParameterLibrary.Years[^1];
            return new(TaxParameterLibrary.TryForYear(year, out var parameters, out var rejection)
                ? Lists.All<CategoryView>([.. parameters.ScheduleC.Categories.Value.Select(CategoryView.Of)])
                : Problem.Of(rejection));
        }, "year");
    }
}

/// <param name="Line">Line of Schedule C; null where nothing of it is deductible.</param>
public sealed record CategoryView(string Code, string? Line, string Label, decimal DeductibleShare)
{
    public static CategoryView Of(ScheduleCCategory category) =>
        new(category.Code, category.Line, category.Label, category.DeductibleShare);
}
