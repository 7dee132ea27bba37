using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Reports;
using Billing.Domain.SalesTax;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Germany;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Reports;
using Billing.Projections.SalesTax;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes.Germany;

internal static class GermanQueryEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapGermanQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<GermanYearBodyView>("/tax-years/{year:int}/germany", Keepers, call =>
        {
            var year = TaxQueryEndpoints.Year(call);
            if (TaxYear.UnknownYear(year) is { } unknown) return new(Problem.Of(unknown));
            var known = call.Service<TaxQueries>().Germany(call.Book, year);
            return new(new QueryAnswer<GermanYearBodyView>(GermanYearBodyView.Of(known), null, known.Version));
        });

        v1.Query<GermanEstimateView>("/tax-years/{year:int}/germany/estimate", Keepers, Estimate, "asOf", "projection", "netProfit");
        v1.Query<GermanProfitView>("/tax-years/{year:int}/germany/profit", Keepers, Profit, "asOf");
        v1.Query<GermanVatView>("/tax-years/{year:int}/germany/vat", Keepers, Vat, "asOf");
    }

    private static ValueTask<QueryAnswer<GermanEstimateView>> Estimate(QueryCall call)
    {
        var asOf = call.Date("asOf") ?? PracticeDay.Of(call);
        var projection = Projection(call);
        if (call.Errors.Count > 0) return new(Problem.BadRequest(call.Errors));
        if (!GermanTaxLibrary.TryForYear(TaxQueryEndpoints.Year(call), out var p, out var rejection)) return new(Problem.Of(rejection));
        var known = call.Service<TaxQueries>().Germany(call.Book, p.Year);
        return new(
            GermanEstimator.TryEstimate(p, GermanDesk.FactsOf(known, asOf, projection), out var estimate, out rejection)
                ? GermanEstimateView.Of(estimate, p, known.Profile is not null)
                : Problem.Of(rejection));
    }

    /// <summary>How the rest of the year is thought to go: like the days so far unless the caller says otherwise.</summary>
    private static ProfitProjection Projection(QueryCall call)
    {
        var own = call.Text("netProfit");
        switch (call.Text("projection"))
        {
            case null or ProjectionChoice.RunRate when own is null:
                return new ProfitProjection.RunRate();
            case ProjectionChoice.YearToDate when own is null:
                return new ProfitProjection.YearToDateOnly();
            case null or ProjectionChoice.OwnNumber when Money.TryParse(own, Currency.Eur, out var netProfit):
                return new ProfitProjection.OwnNumber(netProfit.ToDecimal());
            case null or ProjectionChoice.OwnNumber:
                call.Refuse("netProfit", "malformed", "netProfit is a whole year's profit in EUR, such as 48000.00.");
                break;
            default:
                call.Refuse("projection", "malformed", "projection is run-rate, year-to-date, or own-number with netProfit.");
                break;
        }
        return new ProfitProjection.RunRate();
    }

    private static ValueTask<QueryAnswer<GermanProfitView>> Profit(QueryCall call)
    {
        var year = TaxQueryEndpoints.Year(call);
        var asOf = call.Date("asOf") ?? PracticeDay.Of(call);
        if (call.Errors.Count > 0) return new(Problem.BadRequest(call.Errors));
        if (!GermanTaxLibrary.TryForYear(year, out var p, out var rejection)) return new(Problem.Of(rejection));
        var facts = GermanDesk.FactsOf(call.Service<TaxQueries>().Germany(call.Book, year), asOf, new ProfitProjection.YearToDateOnly());
        return new(
            GermanEstimator.TryProfit(p, facts, out var profit, out rejection)
                ? GermanProfitView.Of(profit, p, asOf)
                : Problem.Of(rejection));
    }

    private static async ValueTask<QueryAnswer<GermanVatView>> Vat(QueryCall call)
    {
        var year = TaxQueryEndpoints.Year(call);
        var today = call.Date("asOf") ?? PracticeDay.Of(call);
        if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors);
        if (!GermanTaxLibrary.TryForYear(year, out var p, out var rejection)) return Problem.Of(rejection);
        var known = call.Service<TaxQueries>().Germany(call.Book, year);
        var rhythm = VatReturnRhythm.Of(
            p.VatReturns, known.Profile?.IsSmallBusiness ?? false,
            known.Profile?.PriorYearVatMinor is { } minor ? minor / 100m : null, known.Profile?.HasVatExtension ?? false);
        var returns = await BookReading.Ask(call, asOf: null, book => SalesTaxPeriod.OfYear(year, rhythm.Every)
            .Select(period => Return(book, period, rhythm, p, today)).ToList());
        return new(
            GermanVatView.Of(
                p, today, rhythm, GermanDesk.Watch(p, known, today), returns, isAnnual: rhythm.Every == SalesTaxReturnLength.Year),
            null);
    }

    private static GermanVatReturnView Return(
        PracticeBook book, SalesTaxPeriod period, VatReturnRhythm rhythm, GermanTaxParameters p, LocalDate today)
    {
        var total = SalesTaxReturn.Of(book, period.From, period.Through).Rows.FirstOrDefault(row => row.Key == $"total:{Currency.Eur}");
        var dueOn = rhythm.Every == SalesTaxReturnLength.Year ? (LocalDate?)null : rhythm.DueOn(p.VatReturns, period);
        return new GermanVatReturnView(
            period.Text, period.From, period.Through, dueOn, Euro(Figure("taxable")), Euro(Figure("tax")), Euro(Figure("paid")),
            Euro(Figure("open")),
            period.Through >= today ? "running" : Figure("open") <= 0 ? "settled" : dueOn < today ? "overdue" : "due");

        long Figure(string column) => total?.Figures.FirstOrDefault(figure => figure.Column == column)?.Value ?? 0;

        static Money Euro(long minor) => new(minor, Currency.Eur);
    }
}
