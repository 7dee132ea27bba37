using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Access;
using Billing.Projections.Documents;
using Billing.Projections.Taxes;

namespace Billing.Api.Taxes;

public static class TaxQueryEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapTaxQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<TaxYearView>("/tax-years/{year:int}", Keepers, call =>
        {
            var known = call.Service<TaxQueries>().Facts(call.Book, Year(call), TaxYear.UsFederal);
            return new(new QueryAnswer<TaxYearView>(TaxYearView.Of(known), null, known.Version));
        });

        v1.Query<ListView<GivenEstimateView>>("/tax-years/{year:int}/estimates", Keepers, call => new(Lists.All<GivenEstimateView>(
            [.. call.Service<TaxQueries>().Estimates(call.Book, Year(call), TaxYear.UsFederal).Select(GivenEstimateView.Of)])));

        v1.Query<EstimateView>("/tax-years/{year:int}/estimate", Keepers, call =>
        {
            var (estimated, problem) = Estimate(call);
            return new(estimated is null ? problem! : estimated.ToView());
        }, "asOf", "projection", "netProfit");

        v1.Query<InformationReturnsView>("/tax-years/{year:int}/information-returns", Keepers, call =>
        {
            if (!TaxParameterLibrary.TryForYear(Year(call), out var parameters, out var unknown)) return new(Problem.Of(unknown));
            var received = call.Service<TaxQueries>().Received(call.Book, Year(call));
            var expected = InformationReturns.TryExpect(parameters, received, out var rejection);
            return new(expected is null ? Problem.Of(rejection!) : new InformationReturnsView(Year(call), parameters.Version, expected));
        });

        v1.MapGet("/tax-years/{year:int}/estimate/pdf", (Delegate)Pdf)
            .WithMetadata(new AllowedRoles(Keepers), new QueryParameters("asOf", "projection", "netProfit"))
            .Produces(200, contentType: "application/pdf");
    }

    private static async Task<IResult> Pdf(HttpContext http, IDocumentRenderer renderer)
    {
        var (caller, refusal) = await Admission.Admit(http, Keepers);
        if (caller is null) return refusal!.AsResult();
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        var (estimated, problem) = Estimate(call);
        if (estimated is null) return problem!.AsResult();
        var practice = call.Service<AccessQueries>().Business(call.Book)?.Name ?? "";
        var model = PrintedEstimate.Of(estimated.Estimate, estimated.Parameters, practice, estimated.Status);
        return Results.File(
            renderer.Render(model).Pdf, "application/pdf",
            FormattableString.Invariant($"estimated-tax-{model.TaxYear}-{model.AsOf:uuuu-MM-dd}.pdf"));
    }

    internal static (Estimated?, Problem?) Estimate(QueryCall call)
    {
        var asOf = call.Date("asOf") ?? PracticeDay.Of(call);
        var projection = Projection(call);
        if (call.Errors.Count > 0) return (null, Problem.BadRequest(call.Errors));
        return call.Service<EstimateDesk>().TryEstimate(call.Book, Year(call), asOf, projection, out var estimated, out var rejection)
            ? (estimated, null)
            : (null, Problem.Of(rejection));
    }

    /// <summary>How the rest of the year is thought to go: like the days so far unless the caller says otherwise.</summary>
    /// <param name="currency">What the caller's own number is counted in; null for US dollars.</param>
    internal static ProfitProjection Projection(QueryCall call, Currency? currency = null)
    {
        var own = call.Text("netProfit");
        switch (call.Text("projection"))
        {
            case null or "run-rate" when own is null:
                return new ProfitProjection.RunRate();
            case "year-to-date" when own is null:
                return new ProfitProjection.YearToDateOnly();
            case null or "own-number" when Money.TryParse(own, currency ?? Currency.Usd, out var netProfit):
                return new ProfitProjection.OwnNumber(netProfit.ToDecimal());
            case null or "own-number":
                call.Refuse(
                    "netProfit", "malformed",
                    $"netProfit is a whole year's profit in {(currency ?? Currency.Usd).Code}, such as 48000.00.");
                break;
            default:
                call.Refuse("projection", "malformed", "projection is run-rate, year-to-date, or own-number with netProfit.");
                break;
        }
        return new ProfitProjection.RunRate();
    }

    internal static int Year(QueryCall call) =>
        int.Parse((string)call.Http.Request.RouteValues["year"]!, System.Globalization.CultureInfo.InvariantCulture);
}

/// <param name="ParameterVersion">The file whose thresholds were used.</param>
public sealed record InformationReturnsView(int Year, string ParameterVersion, InformationReturns Expected);
