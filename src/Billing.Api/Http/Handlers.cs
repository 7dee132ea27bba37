using System.Reflection;

namespace Billing.Api.Http;

/// <summary>
/// Maps a handler straight to requests. What ASP.NET Core makes of a delegate is compiled for each endpoint when the server
/// starts, which with hundreds of them is most of the wait, and stands between with every request.
/// </summary>
internal static class Handlers
{
    public static RouteHandlerBuilder HandleGet(
        this IEndpointRouteBuilder app, string pattern, Func<HttpContext, Task<IResult>> handler) =>
        Map(handler.Method, app.MapGet(pattern, Answering(handler)));

    public static RouteHandlerBuilder HandlePost(
        this IEndpointRouteBuilder app, string pattern, Func<HttpContext, Task<IResult>> handler) =>
        Map(handler.Method, app.MapPost(pattern, Answering(handler)));

    private static RequestDelegate Answering(Func<HttpContext, Task<IResult>> handler) =>
        async http => await (await handler(http)).ExecuteAsync(http);

    /// <param name="method">By which the description of the API finds the endpoint.</param>
    private static RouteHandlerBuilder Map(MethodInfo method, IEndpointConventionBuilder endpoint) =>
        new([endpoint.WithMetadata(method)]);
}
