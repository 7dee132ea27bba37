using System.Security.Cryptography;
using System.Text;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using NodaTime;

namespace Billing.Api.Http;

/// <summary>One request for a command: who asks, the parsed body, and what is wrong with it so far.</summary>
public sealed class CommandCall<TBody>(HttpContext http, Caller caller, CommandContext context, TBody body, Func<Guid> newId)
{
    private readonly List<FieldProblem> _errors = [];

    public HttpContext Http => http;

    public Caller Caller => caller;

    public CommandContext Context => context;

    public TBody Body => body;

    public Instant Now => context.Now;

    public IReadOnlyList<FieldProblem> Errors => _errors;

    /// <summary>The same request, with nothing wrong with it so far.</summary>
    public CommandCall<TBody> Anew() => new(http, caller, context, body, newId);

    /// <summary>The id that the client chose, or a new one.</summary>
    public Guid IdOrNew(Guid? chosen) => chosen ?? newId();

    public Guid RouteId(string name = "id") => Guid.Parse((string)http.Request.RouteValues[name]!);

    /// <summary>Notes a field that is readable, but cannot be used.</summary>
    public void Refuse(string pointer, string code, string detail) => _errors.Add(new FieldProblem(pointer, code, detail));

    /// <summary>Refuses the request as a whole, for a reason that is not a field's.</summary>
    public void Refuse(Rejection rejection) => Refusal ??= rejection;

    public Rejection? Refusal { get; private set; }

    public bool IsUsable => Refusal is null && _errors.Count == 0;
}

/// <summary>The hash that tells one request under an idempotency key from another.</summary>
public static class RequestHash
{
    public static string Of(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
