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
        var words = PageWords.For(http.Request);
        var (report, refused) = await BookReading.Ask(call, wish.Report);
        return PageAnswers.Page<ReportPage>(http, new
        {
            Words = words,
            call.Caller,
            Report = report is null
                ? new ReportView((string)http.Request.RouteValues["report"]!, wish.From, wish.To, call.AsOfDay, [])
                : ReportView.Of(report, call.AsOfDay),
            Refused = refused is null ? null : words.Why(PageRefusal.Of(refused)),
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
        var pages = await BookReading.Ask(call, book => PagesOf(new ThingNames(book), explanation.Inputs));
        return PageAnswers.Page<ExplanationPage>(http, new
        {
            Words = PageWords.For(http.Request),
            call.Caller,
            Explanation = explanation,
            Pages = pages,
            Asked = QueryString.Create(http.Request.Query.Where(asked => asked.Key is not ("row" or "column"))).Value ?? "",
            Names = ActorNames.Of(http, call.Book, "–"),
        });
    }

    /// <summary>Of what the page lists, where there is one.</summary>
    private static Dictionary<FigureInputView, string> PagesOf(ThingNames things, IReadOnlyList<FigureInputView> inputs) => inputs
        .Take(ExplanationPage.MostInputs).Select(input => (input, Page: things.PageOf(new Thing(input.Kind, input.Id))))
        .Where(input => input.Page is not null).ToDictionary(input => input.input, input => input.Page!);
}
