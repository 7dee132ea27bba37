using System.Diagnostics;
using Billing.Domain;

namespace Billing.Api.Http;

/// <summary>A refusal as RFC 9457 has it, with our stable code, a pointer to each bad field, and the remedy in words.</summary>
public sealed record Problem(
    string Type, string Title, int Status, string Code, string Detail, IReadOnlyList<FieldProblem>? Errors, string? TraceId)
{
    public const string ContentType = "application/problem+json";

    public static Problem Of(int status, string code, string detail, IReadOnlyList<FieldProblem>? errors = null) => new(
        $"urn:billing:problem:{code}", TitleOf(code), status, code, detail, errors is { Count: > 0 } ? errors : null,
        Activity.Current?.TraceId.ToString());

    public static Problem Of(Rejection rejection)
    {
        var status = rejection.Kind switch
        {
            RejectionKind.Rule => StatusCodes.Status409Conflict,
            RejectionKind.Invalid => StatusCodes.Status422UnprocessableEntity,
            RejectionKind.NotFound => StatusCodes.Status404NotFound,
            RejectionKind.NotAllowed => StatusCodes.Status403Forbidden,
            _ => throw new UnreachableException(),
        };
        var errors = rejection.Parts.Prepend(rejection).Where(part => part.Field is not null)
            .Select(part => new FieldProblem(part.Field!, part.Code, part.Detail)).ToArray();
        return Of(status, rejection.Code, rejection.Detail, errors);
    }

    public static Problem BadRequest(IReadOnlyList<FieldProblem> errors) => Of(
        StatusCodes.Status400BadRequest, "invalid-request", "The request has fields that cannot be used; each is named in errors.",
        errors);

    public static Problem NotFound(string what) => Of(
        StatusCodes.Status404NotFound, "not-found", $"There is no such {what}. Check the id.");

    public static Problem Overloaded => Of(
        StatusCodes.Status503ServiceUnavailable, "overloaded",
        "Too much is being written just now; nothing of this request was. Send it again.");

    public Task Write(HttpContext http)
    {
        http.Response.StatusCode = Status;
        if (Status == StatusCodes.Status503ServiceUnavailable) http.Response.Headers.RetryAfter = "1";
        // Given no token, it ends quietly where the caller is gone.
        return http.Response.WriteAsJsonAsync(this, ApiJson.Options, ContentType, CancellationToken.None);
    }

    public IResult AsResult() => new ProblemResult(this);

    private static string TitleOf(string code) =>
        char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');

    private sealed class ProblemResult(Problem problem) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => problem.Status;

        public Task ExecuteAsync(HttpContext httpContext) => problem.Write(httpContext);
    }
}

/// <param name="Pointer">JSON pointer (RFC 6901) into the request body, or the name of a query parameter or header.</param>
public sealed record FieldProblem(string Pointer, string Code, string Detail);
