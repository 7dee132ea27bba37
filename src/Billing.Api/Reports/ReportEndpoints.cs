using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.EventStore.Port;

namespace Billing.Api.Reports;

public static class ReportEndpoints
{
    /// <summary>By which a report is asked for.</summary>
    internal static readonly string[] Parameters = ["from", "to", "by", "client", "engagement", "assistant", AsOf.KnownInBook];

    public static void MapReports(this IEndpointRouteBuilder v1)
    {
        // An assistant sees their own hours, and what they bring in only where they may see rates.
        v1.Query<ReportView>("/reports/{report}", Role.Everyone, Answer, Parameters);

        v1.Query<ExplanationView>("/reports/{report}/explain", Role.Everyone, Explain,
            [.. Parameters, "row", "column"]);
    }

    private static async ValueTask<QueryAnswer<ReportView>> Answer(QueryCall call)
    {
        if (ReportWish.Of(call) is not { } wish) return ReportWish.Refusal(call);
        return ReportView.Of(await BookReading.Ask(call, wish.Report), call.AsOfDay);
    }

    /// <summary>The figure at <c>row</c> and <c>column</c>, with what it was made of.</summary>
    internal static async ValueTask<QueryAnswer<ExplanationView>> Explain(QueryCall call)
    {
        var (row, column) = (call.Text("row"), call.Text("column"));
        if (row is null) call.Refuse("row", "required", "Name the row by its key.");
        if (column is null) call.Refuse("column", "required", "Name the column, such as worked.");
        if (ReportWish.Of(call) is not { } wish) return ReportWish.Refusal(call);
        var (report, figure, places) = await BookReading.Ask(call, book =>
        {
            var report = wish.Report(book);
            var figure = report.Find(row!, column!);
            return (report, figure, figure is null ? [] : book.PlacesOf(figure.Of));
        });
        if (figure is null) return Problem.NotFound("figure in this report");
        var currency = report.Rows.First(candidate => candidate.Key == row).Currency;
        return new ExplanationView(
            report.Name, row!, column!, FigureView.Of(figure, currency), figure.Formula,
            [.. figure.Of.Distinct().Select(thing => new FigureInputView(thing.Kind, thing.Id))],
            await EventSources.At(call.Service<IEventStore>(), call.Book, places, call.Aborted));
    }
}
