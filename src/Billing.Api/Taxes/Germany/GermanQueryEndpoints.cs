using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
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
        }, AsOf.Known);

        v1.Query<GermanEstimateView>("/tax-years/{year:int}/germany/estimate", Keepers, Estimate,
            AsOf.DayOrKnown, "projection", "netProfit");
        v1.Query<GermanProfitView>("/tax-years/{year:int}/germany/profit", Keepers, Profit, AsOf.DayOrKnown);
        v1.Query<GermanVatView>("/tax-years/{year:int}/germany/vat", Keepers, Vat, AsOf.DayOrKnown);
    }

    private static ValueTask<QueryAnswer<GermanEstimateView>> Estimate(QueryCall call)
    {
        var asOf = call.AsOfDay ?? PracticeDay.Of(call);
        var projection = Projection(call);
        if (call.Errors.Count > 0) return new(Problem.BadRequest(call.Errors));
        if (!GermanTaxLibrary.TryForYear(TaxQueryEndpoints.Year(call), out var p, out var rejection)) return new(Problem.Of(rejection));
        var known = call.Service<TaxQueries>().Germany(call.Book, p.Year);
        return new(
            GermanEstimator.TryEstimate(p, GermanDesk.FactsOf(known, asOf, projection), out var estimate, out rejection)
                ? GermanEstimateView.Of(estimate, p, known.Profile is not null)
                : Problem.Of(rejection));
    }

    /// <summary>How the rest of the year is thought to go; last year's course is not gone by.</summary>
    private static ProfitProjection Projection(QueryCall call)
    {
        var choice = ProjectionChoice.From(call, Currency.Eur);
        switch (choice.Code)
        {
            case ProjectionChoice.YearToDate:
                return new ProfitProjection.YearToDateOnly();
            case ProjectionChoice.OwnNumber:
                return new ProfitProjection.OwnNumber(choice.OwnNetProfit!.Value);
            case ProjectionChoice.Seasonal:
                call.Refuse("projection", "malformed", "projection is run-rate, year-to-date, or own-number with netProfit.");
                break;
        }
        return new ProfitProjection.RunRate();
    }

    private static ValueTask<QueryAnswer<GermanProfitView>> Profit(QueryCall call)
    {
        var year = TaxQueryEndpoints.Year(call);
        var asOf = call.AsOfDay ?? PracticeDay.Of(call);
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
        var today = call.AsOfDay ?? PracticeDay.Of(call);
        if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors);
        if (!GermanTaxLibrary.TryForYear(year, out var p, out var rejection)) return Problem.Of(rejection);
        var known = call.Service<TaxQueries>().Germany(call.Book, year);
        var rhythm = VatReturnRhythm.Of(
            p.VatReturns, known.Profile?.IsSmallBusiness ?? false,
            known.Profile?.PriorYearVatMinor is { } minor ? minor / 100m : null, known.Profile?.HasVatExtension ?? false);
        var returns = await BookReading.Ask(call, book => SalesTaxPeriod.OfYear(year, rhythm.Every)
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
