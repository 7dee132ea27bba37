using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Api.Reports;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Taxes;

namespace Billing.Api.Taxes;

public static class TaxQueryEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;
    public static void MapTaxQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<TaxYearView>("/tax-years/{year:int}", Keepers, call =>
        {
            if (TaxYear.UnknownYear(Year(call)) is { } unknown) return new(Problem.Of(unknown));
            var known = call.Service<TaxQueries>().Facts(call.Book, Year(call), TaxYear.UsFederal);
            return new(new QueryAnswer<TaxYearView>(TaxYearView.Of(known), null, known.Version));
        }, AsOf.Known);

        v1.Query<ListView<GivenEstimateView>>("/tax-years/{year:int}/estimates", Keepers, call => new(Lists.All<GivenEstimateView>(
            [.. call.Service<TaxQueries>().Estimates(call.Book, Year(call), TaxYear.UsFederal).Select(GivenEstimateView.Of)])), AsOf.Known);

        v1.Query<EstimateView>("/tax-years/{year:int}/estimate", Keepers, async call =>
        {
            var isAccrual = call.OneOf("basis", [EstimateView.Cash, EstimateView.Accrual]) == EstimateView.Accrual;
            var (wish, problem) = Wish(call);
            if (wish is null) return problem!;
            if (!TaxParameterLibrary.TryForYear(wish.Year, out _, out var unknown)) return Problem.Of(unknown);
            if (isAccrual)
                wish = wish with { Earned = await BookReading.Ask(call, book => EarnedIncome.Of(book, wish.Year)) };
            (var estimated, problem) = Estimate(call, wish);
            if (estimated is null) return problem!;
            return estimated.ToView() with { Basis = isAccrual ? EstimateView.Accrual : EstimateView.Cash };
        }, AsOf.DayOrKnown, "projection", "netProfit", "basis");

        v1.Query<InformationReturnsView>("/tax-years/{year:int}/information-returns", Keepers, call =>
        {
            if (!TaxParameterLibrary.TryForYear(Year(call), out var parameters, out var unknown)) return new(Problem.Of(unknown));
            var received = call.Service<TaxQueries>().Received(call.Book, Year(call));
            var expected = InformationReturns.TryExpect(parameters, received, out var rejection);
            return new(expected is null ? Problem.Of(rejection!) : new InformationReturnsView(Year(call), parameters.Version, expected));
        }, AsOf.Known);
    }

    internal static (Estimated?, Problem?) Estimate(QueryCall call)
    {
        var (wish, problem) = Wish(call);
        return wish is null ? (null, problem) : Estimate(call, wish);
    }

    private static (Estimated?, Problem?) Estimate(QueryCall call, EstimateWish wish) =>
        call.Service<EstimateDesk>().TryEstimate(call.Book, wish, out var estimated, out var rejection)
            ? (estimated, null)
            : (null, Problem.Of(rejection));

    /// <summary>What <c>asOf</c>, <c>projection</c> and <c>netProfit</c> of the address ask for.</summary>
    internal static (EstimateWish?, Problem?) Wish(QueryCall call)
    {
        var wish = new EstimateWish(Year(call), call.AsOfDay ?? PracticeDay.Of(call), ProjectionChoice.From(call));
        return call.Errors.Count > 0 ? (null, Problem.BadRequest(call.Errors)) : (wish, null);
    }

    internal static int Year(QueryCall call) =>
        int.Parse((string)call.Http.Request.RouteValues["year"]!, System.Globalization.CultureInfo.InvariantCulture);
}

/// <param name="ParameterVersion">The file whose thresholds were used.</param>
public sealed record InformationReturnsView(int Year, string ParameterVersion, InformationReturns Expected);
