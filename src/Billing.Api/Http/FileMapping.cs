using Billing.Api.Access;

namespace Billing.Api.Http;

/// <summary>Maps queries that are answered with a file or a text, let in and read as every other query is.</summary>
public static class FileMapping
{
    /// <param name="type">The media type of the answer.</param>
    /// <param name="takes">Names of the query's parameters, which stand in <see cref="QueryParameter.Known"/>.</param>
    /// <param name="make">Answers the file, or a problem. What it notes on the call as wrong is answered instead.</param>
    public static RouteHandlerBuilder File(
        this IEndpointRouteBuilder app, string pattern, Role who, string type, IReadOnlyList<string> takes,
        Func<QueryCall, Task<IResult>> make)
    {
        var parameters = new QueryParameters([.. takes]);
        return app.HandleGet(pattern, Handle)
            .WithMetadata(new AllowedRoles(who), parameters)
            .Produces(200, type.StartsWith("text/", StringComparison.Ordinal) ? typeof(string) : null, type);

        async Task<IResult> Handle(HttpContext http)
        {
            var (call, problem) = await EndpointMapping.Open(http, who, parameters);
            if (call is null) return problem!.AsResult();
            return await call.AskTwice(async asked =>
            {
                var result = await make(asked);
                return asked.Errors.Count > 0 ? Problem.BadRequest(asked.Errors).AsResult() : result;
            });
        }
    }
}
