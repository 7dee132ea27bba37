using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Projections.Reports;

namespace Billing.Api.Reports.Pages;

/// <summary>Reports as tables whose every figure opens to what it is made of, for whoever keeps the practice.</summary>
public static class ReportPages
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapReportPages(this WebApplication app)
    {
        app.MapGet("/reports", (HttpContext http) => PageAnswers.See(http, $"/reports/{WorkReport.Name}")).WithMetadata(PageSession.Why);
        app.MapGet("/reports/{report}", (Delegate)Show)
            .WithMetadata(PageSession.Why, new QueryParameters(ReportEndpoints.Parameters));
        app.MapGet("/reports/{report}/explain", (Delegate)Explain)
            .WithMetadata(PageSession.Why, new QueryParameters([.. ReportEndpoints.Parameters, "row", "column"]));
    }

    private static async Task<IResult> Show(HttpContext http)
    {
        var (call, instead) = await PageCall.For(http, Keepers);
        if (call is null) return instead!;
        if (ReportWish.Of(call) is not { } wish) return ReportWish.Refusal(call).AsResult();
        var report = ReportView.Of(await BookReading.Ask(call, wish.Report), call.AsOfDay);
        return PageAnswers.Page<ReportPage>(http, new
        {
            Words = PageWords.For(http.Request),
            call.Caller,
            Report = report,
            By = call.Text("by") ?? ReportGrouping.Client.Word,
            Asked = http.Request.QueryString.Value ?? "",
        });
    }

    private static async Task<IResult> Explain(HttpContext http)
    {
        var (call, instead) = await PageCall.For(http, Keepers);
        if (call is null) return instead!;
        var answer = await ReportEndpoints.Explain(call);
        if (answer.View is not { } explanation) return answer.Problem!.AsResult();
        return PageAnswers.Page<ExplanationPage>(http, new
        {
            Words = PageWords.For(http.Request),
            call.Caller,
            Explanation = explanation,
            Names = ActorNames.Of(http, call.Book, "–"),
        });
    }
}
