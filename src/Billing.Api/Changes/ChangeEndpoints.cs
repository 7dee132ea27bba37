using Billing.Api.Access;
using Billing.Api.Http;

namespace Billing.Api.Changes;

/// <summary>What others follow: changes page by page, and as a stream of server-sent events.</summary>
public static class ChangeEndpoints
{
    private const int UsualItems = 100, MostItems = 500;

    public static void MapChanges(this IEndpointRouteBuilder v1)
    {
        v1.Query<ChangesView>("/changes", Role.Everyone, Page, "since", "limit");

        v1.MapGet("/events", (Delegate)Follow)
            .WithMetadata(new AllowedRoles(Role.Everyone), new QueryParameters("since"))
            .Produces<Change>(contentType: ChangeStreams.MediaType);
    }

    private static async ValueTask<QueryAnswer<ChangesView>> Page(QueryCall call)
    {
        var limit = call.Number("limit", 1, MostItems) ?? UsualItems;
        var since = await Since(call, call.Text("since"));
        if (since is null || call.Errors.Count > 0) return Problem.BadRequest(call.Errors);
        var page = await call.Service<ChangeReader>().Read(call.Caller, since, limit, call.Aborted);
        if (page is null) return UnknownCursor;
        var next = page.Next.ToString();
        if (page.More) call.Http.Response.Headers.Link = $"<{call.Http.Request.Path}?since={next}&limit={limit}>; rel=\"next\"";
        return new QueryAnswer<ChangesView>(new ChangesView(page.Items, next, page.More), null, page.Next.Version);
    }

    private static async Task<IResult> Follow(HttpContext http)
    {
        var (caller, problem) = await Admission.Admit(http, Role.Everyone);
        if (caller is null) return problem!.AsResult();
        var call = new QueryCall(http, caller);
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        var since = await Since(call, last.Length > 0 ? last : call.Text("since") ?? ChangeReader.FromNow);
        if (since is null) return Problem.BadRequest(call.Errors).AsResult();
        return await http.RequestServices.GetRequiredService<ChangeStreams>().Open(http, caller, since);
    }

    internal static Problem UnknownCursor => Problem.Of(
        409, "cursor-unknown", "The cursor is of another history of these books, as after a restore. Read everything anew, without since.");

    private static async ValueTask<ChangeCursor?> Since(QueryCall call, string? text)
    {
        if (await call.Service<ChangeReader>().Named(call.Book, text, call.Aborted) is { } cursor) return cursor;
        call.Refuse("since", "malformed", "since is a cursor as an earlier answer gave it, or now.");
        return null;
    }
}
