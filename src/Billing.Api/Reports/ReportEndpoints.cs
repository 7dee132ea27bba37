using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Past;
using Billing.EventStore.Port;
using Billing.Projections.Reports;

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
        var (report, refused) = await BookReading.Ask(call, wish.Report);
        return report is null ? Problem.Of(refused!) : ReportView.Of(report, call.AsOfDay);
    }

    /// <summary>The figure at <c>row</c> and <c>column</c>, with what it was made of.</summary>
    internal static async ValueTask<QueryAnswer<ExplanationView>> Explain(QueryCall call)
    {
        var (row, column) = (call.Text("row"), call.Text("column"));
        if (row is null) call.Refuse("row", "required", "Name the row by its key.");
        if (column is null) call.Refuse("column", "required", "Name the column, such as worked.");
        if (ReportWish.Of(call) is not { } wish) return ReportWish.Refusal(call);
        var (explanation, places, problem) = await BookReading.Ask(call, book => Explain(book, wish, row!, column!));
        return explanation is null
            ? problem!
            : explanation with { Events = await EventSources.At(call.Service<IEventStore>(), call.Book, places, call.Aborted) };
    }

    /// <summary>But for the events, which are not in the folded book.</summary>
    private static (ExplanationView?, IReadOnlyList<long> Places, Problem?) Explain(
        PracticeBook book, ReportWish wish, string row, string column)
    {
        var (report, refused) = wish.Report(book);
        if (report is null) return (null, [], Problem.Of(refused!));
        return report.Rows.FirstOrDefault(candidate => candidate.Key == row) is { } found && report.Find(row, column) is { } figure
            ? (ExplanationView.Of(book, report, found, figure), book.PlacesOf(figure.Of), null)
            : (null, [], Problem.NotFound("figure in this report"));
    }
}
