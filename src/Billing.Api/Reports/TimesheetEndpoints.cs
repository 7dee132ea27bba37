using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Reports;
using NodaTime;

namespace Billing.Api.Reports;

/// <summary>The hours of a client or an assistant as a document. Assistants get their own, and nobody a rate.</summary>
public static class TimesheetEndpoints
{
    public static void MapTimesheets(this IEndpointRouteBuilder v1)
    {
        v1.File("/reports/timesheet/pdf", Role.Everyone, "application/pdf", [.. HoursWish.Parameters, "language"], Pdf);
        v1.MapHours();
    }

    private static async Task<IResult> Pdf(QueryCall call)
    {
        var language = call.OneOf("language", Languages.All);
        var (wish, problem) = HoursWish.Of(call, PracticeDay.Of(call), through => through.With(DateAdjusters.StartOfMonth));
        if (wish is null) return problem!.AsResult();
        var model = await BookReading.Ask(call, book => IsKnown(book, wish.Filter)
            ? PrintedTimesheet.Of(book, wish.From, wish.Through, wish.Filter, language)
            : null);
        if (model is null) return Problem.NotFound("client, engagement or assistant").AsResult();
        var name = FormattableString.Invariant($"timesheet-{wish.From:uuuu-MM-dd}-{wish.Through:uuuu-MM-dd}.pdf");
        return Results.File(call.Service<IDocumentRenderer>().Render(model).Pdf, "application/pdf", name);
    }

    private static bool IsKnown(PracticeBook book, WorkFilter filter) =>
        (filter.ClientId is not { } client || book.Clients.ContainsKey(client))
        && (filter.EngagementId is not { } engagement || book.Engagements.ContainsKey(engagement))
        && (filter.AssistantId is not { } assistant || book.Business?.Members.ContainsKey(assistant) == true);
}
