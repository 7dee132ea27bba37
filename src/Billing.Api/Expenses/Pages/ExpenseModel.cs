using Billing.Api.Access;
using Billing.Api.Hosting;
using Billing.Api.Http;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Values;
using Billing.Projections.Access;
using Billing.Projections.Clients;
using Billing.Projections.Expenses;
using Billing.Projections.Paging;
using NodaTime;

namespace Billing.Api.Expenses.Pages;

/// <summary>What the page of expenses shows and offers.</summary>
/// <param name="Currencies">Of the books, which comes first, and of the clients.</param>
/// <param name="MostMegabytes">How large a receipt may be.</param>
/// <param name="Rows">The newest of the last months.</param>
/// <param name="Categories">With the line of Schedule C; null where nothing of it is deductible.</param>
public sealed record ExpenseModel(
    LocalDate Today, IReadOnlyList<Currency> Currencies, IReadOnlyList<ClientView> Clients, IReadOnlyList<CategoryView> Categories,
    long MostMegabytes, IReadOnlyList<ExpenseRow> Rows, Guid NewId, string FormKey)
{
    public const int MonthsShown = 3;
    private const int MostRows = 40;
    private const int MostRead = 500;

    public static ExpenseModel Of(QueryCall call)
    {
        var today = PracticeDay.Of(call);
        var books = call.Service<AccessQueries>().Business(call.Book)?.Currency ?? Currency.Usd;
        var clients = call.Service<ClientQueries>().Clients(call.Book, new PageRequest(null, MostRead), withArchived: true).Items;
        var newId = call.Service<Func<Guid>>();
        return new ExpenseModel(
            today, [.. new[] { books }.Concat(clients.Select(client => client.Currency)).DistinctBy(currency => currency.Code)],
            [.. clients.Where(client => client.ArchivedAt is null).OrderBy(client => client.Name, StringComparer.Ordinal)],
            TaxParameterLibrary.TryForYear(TaxParameterLibrary.Years[^1], out var parameters, out _)
                ? [.. parameters.ScheduleC.Categories.Value.Select(CategoryView.Of)]
                : [],
            call.Service<BillingOptions>().ReceiptMaxBytes / (1024 * 1024),
            RowsOf(call, today, clients), newId(), newId().ToString("D"));
    }

    private static IReadOnlyList<ExpenseRow> RowsOf(QueryCall call, LocalDate today, IReadOnlyList<ClientView> clients)
    {
        var filter = new ExpenseFilter(From: today.PlusMonths(-MonthsShown), RecordedBy: OwnExpenses.OnlyOf(call.Caller));
        var found = PagedList.All<ExpenseView>(page =>
            OwnExpenses.Shown(call, call.Service<ExpenseQueries>().Expenses(call.Book, filter, page)));
        var members = call.Service<AccessQueries>().Members(call.Book).ToDictionary(member => member.MemberId, member => member.Name);
        return
        [
            .. found.OrderByDescending(expense => expense.PaidOn).ThenByDescending(expense => expense.RecordedAt).Take(MostRows)
                .Select(expense => new ExpenseRow(
                    expense, clients.FirstOrDefault(client => client.ClientId == expense.ClientId)?.Name,
                    expense.RecordedBy is { } by && by != call.Caller.MemberId ? members.GetValueOrDefault(by) : null,
                    call.Service<ReceiptQueries>().Of(call.Book, expense.ExpenseId))),
        ];
    }
}

/// <param name="Client">Null where it is for none.</param>
/// <param name="RecordedBy">Who else wrote it down; null where that was whoever looks, or is not known.</param>
public sealed record ExpenseRow(ExpenseView Expense, string? Client, string? RecordedBy, IReadOnlyList<ReceiptFileView> Receipts)
{
    public string ReceiptPath(ReceiptFileView receipt) => $"{ExpensePages.Path}/{Expense.ExpenseId:D}/receipts/{receipt.Hash}";
}
