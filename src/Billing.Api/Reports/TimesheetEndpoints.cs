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
        v1.MapGet("/reports/timesheet/pdf", (Delegate)Pdf)
            .WithMetadata(
                new AllowedRoles(Role.Everyone), new QueryParameters("client", "engagement", "assistant", "from", "to", "language"))
            .Produces(200, contentType: "application/pdf");
        v1.MapHours();
    }

    private static async Task<IResult> Pdf(HttpContext http, IDocumentRenderer renderer)
    {
        var (caller, refusal) = await Admission.Admit(http, Role.Everyone);
        if (caller is null) return refusal!.AsResult();
        var call = new QueryCall(http, caller);
        var (filter, language) = (ReportWish.Cut(call), call.OneOf("language", Languages.All));
        var through = call.Date("to") ?? PracticeDay.Of(call);
        var from = call.Date("from") ?? new LocalDate(through.Year, through.Month, 1);
        if (through < from) call.Refuse("to", "out-of-bounds", "to lies before from.");
        if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors).AsResult();
        if (!ReportWish.IsOwn(call, filter)) return ReportWish.NotOwn.AsResult();
        var model = await BookReading.Ask(call, asOf: null, book => IsKnown(book, filter)
            ? PrintedTimesheet.Of(book, from, through, filter, language)
            : null);
        if (model is null) return Problem.NotFound("client, engagement or assistant").AsResult();
        var name = FormattableString.Invariant($"timesheet-{from:uuuu-MM-dd}-{through:uuuu-MM-dd}.pdf");
        return Results.File(renderer.Render(model).Pdf, "application/pdf", name);
    }

    private static bool IsKnown(PracticeBook book, WorkFilter filter) =>
        (filter.ClientId is not { } client || book.Clients.ContainsKey(client))
        && (filter.EngagementId is not { } engagement || book.Engagements.ContainsKey(engagement))
        && (filter.AssistantId is not { } assistant || book.Business?.Members.ContainsKey(assistant) == true);
}
