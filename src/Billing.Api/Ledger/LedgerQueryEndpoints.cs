using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Values;
using Billing.Projections.Ledger;
using NodaTime;

namespace Billing.Api.Ledger;

public static class LedgerQueryEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapLedgerQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<ReceivableView>>("/receivables", Keepers, call => new(Lists.All(
            call.Service<LedgerQueries>().Receivables(call.Book, call.Date("day") ?? PracticeDay.Of(call)))), "day", AsOf.Known);

        v1.Query<CashView>("/cash", Keepers, call =>
        {
            var today = PracticeDay.Of(call);
            var from = call.Date("from") ?? new LocalDate(today.Year, 1, 1);
            var to = call.Date("to") ?? today;
            if (to < from) call.Refuse("to", "out-of-bounds", "to lies before from.");
            var ledger = call.Service<LedgerQueries>();
            var end = to.PlusDays(1);
            return new(new QueryAnswer<CashView>(new CashView(
                from, to, ledger.CashReceived(call.Book, from, end), ledger.CashByMonth(call.Book, from, end),
                ledger.ExpensesByCategory(call.Book, from, end))
            {
                SalesTax = ledger.SalesTaxReceived(call.Book, from, end),
            }, null));
        }, "from", "to", AsOf.Known);
    }
}

/// <summary>Money received and paid out on the cash clock, both days included.</summary>
/// <param name="Received">One total for each currency, without sales tax.</param>
/// <param name="Expenses">Processors' fees included.</param>
public sealed record CashView(
    LocalDate From, LocalDate To, IReadOnlyList<Money> Received, IReadOnlyList<CashMonthView> ByMonth,
    IReadOnlyList<ExpenseCategoryView> Expenses)
{
    /// <summary>Received beside that, for the tax office; one total for each currency.</summary>
    public IReadOnlyList<Money> SalesTax { get; init; } = [];
}
