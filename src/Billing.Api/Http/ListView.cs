using Billing.Projections.Paging;

namespace Billing.Api.Http;

/// <param name="Next">Send it as <c>cursor</c> for the next page; null on the last.</param>
public sealed record ListView<T>(IReadOnlyList<T> Items, Guid? Next = null);

public static class Lists
{
    /// <summary>A page, with the address of the next in the <c>Link</c> header (RFC 8288).</summary>
    public static QueryAnswer<ListView<T>> Paged<T>(this QueryCall call, Page<T> page)
    {
        if (page.Next is { } next)
        {
            var request = call.Http.Request;
            var kept = request.Query.Where(q => q.Key != "cursor")
                .Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}");
            call.Http.Response.Headers.Link = $"<{request.Path}?{string.Join('&', kept.Append($"cursor={next:D}"))}>; rel=\"next\"";
        }
        return new ListView<T>(page.Items, page.Next);
    }

    public static QueryAnswer<ListView<T>> All<T>(IReadOnlyList<T> items) => new ListView<T>(items);

    /// <summary>One resource with its version, or that there is none.</summary>
    public static QueryAnswer<T> One<T>(T? view, string what, Func<T, long> version) where T : class =>
        view is null ? Problem.NotFound(what) : new QueryAnswer<T>(view, null, version(view));
}
