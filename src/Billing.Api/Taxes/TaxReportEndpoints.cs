using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Api.Taxes;

/// <summary>The quarterly report, its explanation, vouchers, and estimates given again.</summary>
public static class TaxReportEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;
    private const string Language = "language";
    private static readonly string[] Terms = [AsOf.DayOrKnown, "projection", "netProfit"];
    private static readonly string[] Wordings = [.. Terms, Language];

    public static void MapTaxReports(this IEndpointRouteBuilder v1)
    {
        v1.Query<TaxReportView>("/tax-years/{year:int}/report", Keepers, async call =>
        {
            var (report, problem) = await Report(call, LanguageOf(call));
            return report is null ? problem! : TaxReportView.Of(report);
        }, Wordings);

        v1.Query<SetAsideReceiptsView>("/tax-years/{year:int}/set-aside", Keepers, call =>
        {
            var goal = call.OneOf("goal", [SetAsideReceiptsView.NoSurprise, SetAsideReceiptsView.NoPenalty]);
            var (estimated, problem) = TaxQueryEndpoints.Estimate(call);
            return new(estimated is null ? problem! : SetAsideReceiptsView.Of(estimated, goal ?? SetAsideReceiptsView.NoSurprise));
        }, [.. Terms, "goal"]);

        v1.Query<LineExplanationView>("/tax-years/{year:int}/estimate/lines/{code}", Keepers, async call =>
        {
            var (estimated, problem) = TaxQueryEndpoints.Estimate(call);
            if (estimated is null) return problem!;
            var code = (string)call.Http.Request.RouteValues["code"]!;
            return await call.Service<LineExplanations>().Of(call.Book, estimated, code, call.Aborted) is { } explanation
                ? explanation
                : Problem.NotFound("line in this estimate");
        }, Terms);

        v1.Query<GivenAgainView>("/tax-years/{year:int}/estimates/{id:guid}", Keepers, async call =>
        {
            var estimates = call.Service<GivenEstimates>();
            var year = TaxQueryEndpoints.Year(call);
            if (estimates.Find(call.Book, year, call.RouteId()) is not { } given) return Problem.NotFound("estimate given in this year");
            var (again, rejection) = await estimates.Again(call.Book, year, given, call.Aborted);
            return again is null ? Problem.Of(rejection!) : GivenAgainView.Of(given, again);
        });

        v1.Query<VoucherView>("/tax-years/{year:int}/vouchers/{quarter:int}", Keepers, call =>
        {
            var (voucher, problem) = Voucher(call);
            return new(voucher is null ? problem! : VoucherView.Of(voucher));
        }, Wordings);

        v1.File("/tax-years/{year:int}/report/pdf", Keepers, "application/pdf", Wordings, ReportPdf);
        v1.File("/tax-years/{year:int}/estimate/pdf", Keepers, "application/pdf", Wordings, ReportPdf);
        v1.File("/tax-years/{year:int}/report/csv", Keepers, "text/csv", Terms, async call =>
        {
            var (report, problem) = await Report(call, language: null);
            return report is null ? problem!.AsResult() : Csv(report);
        });
        v1.File("/tax-years/{year:int}/vouchers/{quarter:int}/pdf", Keepers, "application/pdf", Wordings, call =>
        {
            var (voucher, problem) = Voucher(call);
            return Task.FromResult(voucher is null ? problem!.AsResult() : Pdf(voucher, call.Service<IDocumentRenderer>()));
        });
    }

    internal static IResult Pdf(TaxReport report, IDocumentRenderer renderer) => Results.File(
        renderer.Render(report.Model).Pdf, "application/pdf", $"{NameOf(report)}.pdf");

    internal static IResult Csv(TaxReport report) => Results.File(ReportCsv.Of(report), "text/csv", $"{NameOf(report)}.csv");

    internal static IResult Pdf(VoucherModel voucher, IDocumentRenderer renderer) => Results.File(
        renderer.Render(voucher).Pdf, "application/pdf",
        FormattableString.Invariant($"estimated-tax-{voucher.TaxYear}-payment-{voucher.Quarter}.pdf"));

    internal static bool IsQuarter(int quarter) => quarter is >= 1 and <= 4;

    private static string NameOf(TaxReport report) =>
        FormattableString.Invariant($"estimated-tax-{report.Model.TaxYear}-{report.Model.AsOf:uuuu-MM-dd}");

    private static string? LanguageOf(QueryCall call) => call.OneOf(Language, Languages.All);

    private static async Task<IResult> ReportPdf(QueryCall call)
    {
        var (report, problem) = await Report(call, LanguageOf(call));
        return report is null ? problem!.AsResult() : Pdf(report, call.Service<IDocumentRenderer>());
    }

    private static async Task<(TaxReport?, Problem?)> Report(QueryCall call, string? language)
    {
        var (wish, problem) = TaxQueryEndpoints.Wish(call);
        if (wish is null) return (null, problem);
        var (report, rejection) = await call.Service<ReportDesk>().Of(call.Book, wish, language, call.Aborted);
        return report is null ? (null, Problem.Of(rejection!)) : (report, null);
    }

    private static (VoucherModel?, Problem?) Voucher(QueryCall call)
    {
        var quarter = int.Parse((string)call.Http.Request.RouteValues["quarter"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (!IsQuarter(quarter)) return (null, Problem.NotFound("quarter; there are 1, 2, 3 and 4"));
        var language = LanguageOf(call);
        var (estimated, problem) = TaxQueryEndpoints.Estimate(call);
        return estimated is null ? (null, problem) : (call.Service<ReportDesk>().Voucher(call.Book, estimated, quarter, language), null);
    }
}
