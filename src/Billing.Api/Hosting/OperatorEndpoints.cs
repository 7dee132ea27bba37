using Billing.Api.Http;
using Billing.Domain.Access;
using Billing.Domain.Values;

namespace Billing.Api.Hosting;

/// <param name="TimeZone">IANA name.</param>
public sealed record OpenPracticeBody(
    [property: Text(200)] string Name, [property: Text(200)] string OwnerName, [property: Text(64)] string TimeZone, Currency Currency);

/// <param name="Token">The owner's token, shown once.</param>
public sealed record OpenedPracticeView(Guid BusinessId, Guid OwnerId, string Token);

/// <summary>Whoever runs the server opens further practices on it. Each has a book of its own; nothing crosses.</summary>
public static class OperatorEndpoints
{
    public static void MapOperator(this IEndpointRouteBuilder v1) =>
        v1.MapPost("/businesses", (Delegate)Open)
            .WithMetadata(PublicEndpoint.Because("it takes the operator's own token, which is no practice's"))
            .Accepts<OpenPracticeBody>("application/json")
            .Produces<OpenedPracticeView>(StatusCodes.Status201Created);

    private static async Task<IResult> Open(HttpContext http, BillingOptions options)
    {
        if (OperatorAccess.Refuse(http, options) is { } notLetIn) return notLetIn.AsResult();
        var (bytes, tooLarge) = await RequestBody.Read(http.Request, EndpointMapping.MaxBodyBytes, http.RequestAborted);
        if (tooLarge) return Problem.Of(413, "body-too-large", $"The body is over {EndpointMapping.MaxBodyBytes} bytes.").AsResult();
        var (body, errors) = BodyBinder.Bind<OpenPracticeBody>(bytes);
        if (body is null) return Problem.BadRequest(errors).AsResult();
        var refusal = Wording.RefuseName(body.Name, "/name") ?? Wording.RefuseName(body.OwnerName, "/ownerName")
            ?? TimeZones.Refuse(body.TimeZone, "/timeZone");
        if (refusal is not null) return Problem.Of(refusal).AsResult();
        var opened = await FirstStart.Open(
            http.RequestServices, body.Name, body.OwnerName, body.TimeZone, body.Currency.Code, http.RequestAborted);
        return Results.Json(
            new OpenedPracticeView(opened.Book.Value, opened.OwnerId, opened.Token), ApiJson.Options, statusCode: 201);
    }
}
