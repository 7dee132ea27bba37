using System.Net;
using System.Text.Json;
using Billing.Cli.Running;

namespace Billing.Cli.Server;

/// <summary>A refusal by the server, as RFC 9457 has it.</summary>
internal sealed record Problem(string Code, string Detail, IReadOnlyList<FieldProblem>? Errors)
{
    public static Problem Read(string text, JsonSerializerOptions options)
    {
        var problem = JsonSerializer.Deserialize<Problem>(text, options);
        return problem is { Code: not null, Detail: not null } ? problem : throw new JsonException("It is no problem of the server's.");
    }

    public Stop AsStop(HttpStatusCode status)
    {
        var lines = (Errors ?? []).Select(error => $"  {error.Pointer}: {error.Detail}").Prepend($"{Code}: {Detail}");
        return new Stop(
            status switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ExitCode.NotAllowed,
                HttpStatusCode.ServiceUnavailable => ExitCode.Unreachable,
                _ => ExitCode.Refused,
            },
            string.Join(Environment.NewLine, lines));
    }
}

/// <param name="Pointer">Which field.</param>
internal sealed record FieldProblem(string Pointer, string Detail);
