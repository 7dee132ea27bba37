using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Api.Reports;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using Billing.Projections.SalesTax;
using NodaTime;

namespace Billing.Api.SalesTax;

/// <param name="Amount">More than zero.</param>
/// <param name="Period">What it is for: a month such as 2026-03, a quarter such as 2026-Q1 or a year such as 2026.</param>
/// <param name="IsRefund">Whether the office paid it.</param>
/// <param name="PaidOn">Left out, today in the practice's zone.</param>
/// <param name="Id">Of a new payment.</param>
public sealed record RecordSalesTaxPaymentBody(
    Money Amount, [property: Text(7)] string Period, bool IsRefund = false, LocalDate? PaidOn = null,
    [property: Text(200)] string? Reference = null, Guid? Id = null);

/// <summary>In full: what is left out is taken away.</summary>
/// <param name="Amount">More than zero.</param>
/// <param name="Period">A month, a quarter or a year.</param>
/// <param name="IsRefund">Whether the office paid it.</param>
public sealed record CorrectSalesTaxPaymentBody(
    Money Amount, [property: Text(7)] string Period, LocalDate PaidOn, bool IsRefund = false,
    [property: Text(200)] string? Reference = null);

public sealed record RemoveSalesTaxPaymentBody([property: Text(200)] string Reason);

/// <summary>The returns of a year, each with what was paid for it. The report <c>sales-tax</c> over the same days says where each
/// figure comes from.</summary>
/// <param name="Basis">issued or received: when the tax is owed to the office.</param>
/// <param name="AsOf">As it was known at the end of that day; null where none was named.</param>
public sealed record SalesTaxReturnsView(int Year, string Every, string Basis, LocalDate? AsOf, IReadOnlyList<SalesTaxReturnView> Returns);

/// <param name="Rows">One for each tax, and one for each currency with its sums, what was paid and what the account holds.</param>
public sealed record SalesTaxReturnView(string Period, LocalDate From, LocalDate Through, IReadOnlyList<ReportRowView> Rows);

internal static class SalesTaxPaymentEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapSalesTaxPayments(this IEndpointRouteBuilder v1)
    {
        v1.Command<RecordSalesTaxPaymentBody>("/sales-tax/payments", Keepers, call => new RecordSalesTaxPaymentCommand(
                call.Context, new RecordSalesTaxPayment(
                    call.IdOrNew(call.Body.Id),
                    new SalesTaxPaymentFigures(
                        call.Body.Amount, call.Body.IsRefund, call.Body.PaidOn ?? PracticeDay.Of(call), call.Body.Period,
                        call.Body.Reference),
                    call.Now)),
            (_, done) => Answers.Created(done, "/v1/sales-tax/payments"));

        v1.Command<CorrectSalesTaxPaymentBody>("/sales-tax/payments/{id:guid}:correct", Keepers, call => new CorrectSalesTaxPaymentCommand(
                call.Context, new CorrectSalesTaxPayment(
                    call.RouteId(),
                    new SalesTaxPaymentFigures(
                        call.Body.Amount, call.Body.IsRefund, call.Body.PaidOn, call.Body.Period, call.Body.Reference),
                    call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<RemoveSalesTaxPaymentBody>("/sales-tax/payments/{id:guid}:remove", Keepers, call => new RemoveSalesTaxPaymentCommand(
                call.Context, new RemoveSalesTaxPayment(call.RouteId(), call.Body.Reason, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Query<ListView<SalesTaxPaymentView>>("/sales-tax/payments", Keepers, call => new(
            Lists.All(call.Service<SalesTaxPaymentQueries>().Payments(call.Book))), AsOf.Known);

        v1.Query<SalesTaxReturnsView>("/sales-tax/returns", Keepers, Returns, "year", "every", AsOf.KnownInBook);
    }

    private static async ValueTask<QueryAnswer<SalesTaxReturnsView>> Returns(QueryCall call)
    {
        var year = call.Text("year") ?? $"{PracticeDay.Of(call).Year:0000}";
        if (year.Length != 4 || !SalesTaxPeriod.TryParse(year, out var days)) call.Refuse("year", "out-of-bounds", "year is such as 2026.");
        else
        {
            var every = call.OneOf("every", [.. SalesTaxReturnLength.All]) ?? SalesTaxReturnLength.Month;
            if (call.Errors.Count == 0)
            {
                var view = await BookReading.Ask(call, book => new SalesTaxReturnsView(
                    days.From.Year, every, book.Business?.SalesTax?.Basis ?? SalesTaxBasis.Issued, call.AsOfDay,
                    [
                        .. SalesTaxPeriod.OfYear(days.From.Year, every).Select(period => new SalesTaxReturnView(
                            period.Text, period.From, period.Through,
                            ReportView.Of(SalesTaxReturn.Of(book, period.From, period.Through), call.AsOfDay).Rows)),
                    ]));
                return new(view, null);
            }
        }
        return Problem.BadRequest(call.Errors);
    }
}
