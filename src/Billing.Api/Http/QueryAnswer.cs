namespace Billing.Api.Http;

/// <summary>What a query answers: a view, a problem, or that there is nothing of the kind.</summary>
public sealed record QueryAnswer<TView>(TView? View, Problem? Problem, long? Version = null)
{
    public static implicit operator QueryAnswer<TView>(TView view) => new(view, null);

    public static implicit operator QueryAnswer<TView>(Problem problem) => new(default, problem);

    internal IResult ToResult(HttpContext http)
    {
        if (Problem is not null) return Problem.AsResult();
        if (Version is { } version)
        {
            var tag = ETags.Of(version);
            http.Response.Headers.ETag = tag;
            if (ETags.IsAmong(http.Request.Headers.IfNoneMatch, tag)) return Results.StatusCode(304);
        }
        return Results.Json(View, ApiJson.Options);
    }
}
