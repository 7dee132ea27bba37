using Billing.Api.Http;
using Billing.Api.Past;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Api.Reports;

/// <summary>Whose hours of which days somebody asks for; an assistant gets their own.</summary>
internal sealed record HoursWish(WorkFilter Filter, LocalDate From, LocalDate Through)
{
    public static readonly string[] Parameters = ["client", "engagement", "assistant", "from", "to", AsOf.KnownInBook];

    /// <param name="call">Which names them.</param>
    /// <param name="through">The last day where none is named.</param>
    /// <param name="from">The first day where none is named, by the last.</param>
    /// <returns>The wish, or why it is refused.</returns>
    public static (HoursWish? Wish, Problem? Refusal) Of(QueryCall call, LocalDate through, Func<LocalDate, LocalDate> from)
    {
        var (filter, last) = (ReportWish.Cut(call), call.Date("to") ?? through);
        var first = call.Date("from") ?? from(last);
        if (last < first) call.Refuse("to", "out-of-bounds", "to lies before from.");
        if (call.Errors.Count > 0) return (null, Problem.BadRequest(call.Errors));
        return ReportWish.IsOwn(call, filter) ? (new HoursWish(filter, first, last), null) : (null, ReportWish.NotOwn);
    }
}
