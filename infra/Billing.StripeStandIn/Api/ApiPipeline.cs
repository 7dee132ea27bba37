using Billing.StripeStandIn.Control;
using Billing.StripeStandIn.Objects;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Wire;
using Microsoft.AspNetCore.Http;

namespace Billing.StripeStandIn.Api;

/// <summary>
/// The way of a request under <c>/v1</c>: who asks, for which account and version; the idempotency key; the
/// endpoint's parameters; the endpoint, as one step under the gate.
/// </summary>
internal sealed class ApiPipeline(
    StripeStandInOptions options, Sandbox sandbox, FaultControl faults, IReadOnlyList<ApiEndpoint> endpoints)
{
    private readonly IdempotencyKeys _keys = new(options.TimeProvider);

    public async Task Handle(HttpContext http, CancellationToken stopping)
    {
        var requestId = StripeId.Request();
        http.Response.Headers["Request-Id"] = requestId;
        http.Response.Headers["Stripe-Version"] = Sandbox.ApiVersion;
        var (account, refusal) = LetIn(http.Request);
        if (account is null)
        {
            await Write(http, refusal!);
            return;
        }
        if (!account.IsPlatform) http.Response.Headers["Stripe-Account"] = account.Id;
        var fault = faults.Take(http.Request.Method, http.Request.Path);
        if (fault?.Kind == FaultKind.RateLimited)
        {
            await Write(http, TooMany);
            return;
        }
        var (form, badBody) = await ReadForm(http.Request);
        if (badBody is not null)
        {
            await Write(http, badBody);
            return;
        }
        await Proceed(http, account, form, requestId, fault, stopping);
    }

    private async Task Proceed(
        HttpContext http, StripeAccount account, FormNode form, string requestId, Fault? fault,
        CancellationToken stopping)
    {
        var key = http.Request.Method == "POST" ? http.Request.Headers["Idempotency-Key"].ToString() : "";
        if (key.Length > 0)
        {
            http.Response.Headers["Idempotency-Key"] = key;
            var endpoint = $"{http.Request.Method} {http.Request.Path}";
            if (_keys.Begin(account.Id, key, endpoint, form.Canonical()) is var (saved, replayed))
            {
                if (replayed) http.Response.Headers["Idempotent-Replayed"] = "true";
                await Write(http, saved);
                return;
            }
        }
        if (fault?.Kind == FaultKind.Slow) await Wait(fault.Delay, stopping);
        var cause = new EventCause(requestId, key.Length == 0 ? null : key);
        var answer = fault?.Kind == FaultKind.ServerErrorBeforeCommit
            ? ServerError
            : Run(http.Request, account, form, cause);
        if (fault?.Kind == FaultKind.ServerErrorAfterCommit) answer = ServerError;
        if (key.Length > 0) _keys.Finish(account.Id, key, answer);
        await Send(http, answer, fault, stopping);
    }

    private Answer Run(HttpRequest request, StripeAccount account, FormNode form, EventCause cause)
    {
        var path = request.Path.ToString();
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Match(request.Method, path) is not { } id) continue;
            if (endpoint.Check(form) is { } error) return error;
            lock (sandbox.Gate)
            {
                sandbox.CatchUp();
                return endpoint.Handle(new ApiRequest(account, id, form, cause));
            }
        }
        return new StripeError(
            404, "invalid_request_error",
            $"Unrecognized request URL ({request.Method}: {path}). This stand-in answers only the calls we make.")
        {
            BeforeExecution = true,
        };
    }

    private static async Task Send(HttpContext http, Answer answer, Fault? fault, CancellationToken stopping)
    {
        if (fault?.Kind == FaultKind.TimeOutAfterCommit)
        {
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stopping, http.RequestAborted);
            await Wait(Timeout.InfiniteTimeSpan, over.Token);
        }
        if (fault?.Kind is FaultKind.ConnectionLostAfterCommit or FaultKind.TimeOutAfterCommit) http.Abort();
        else await Write(http, answer);
    }

    private (StripeAccount? Account, StripeError? Refusal) LetIn(HttpRequest request)
    {
        const string bearer = "Bearer ";
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(bearer, StringComparison.Ordinal)) return (null, NoKey);
        if (authorization[bearer.Length..] != options.ApiKey)
            return (null, NotLetIn(401, $"Invalid API Key provided: {Mask(authorization[bearer.Length..])}"));
        var version = request.Headers["Stripe-Version"].ToString();
        if (version.Length > 0 && version != Sandbox.ApiVersion)
            return (null, NotLetIn(400, $"This stand-in speaks {Sandbox.ApiVersion} only, not {version}."));
        var named = request.Headers["Stripe-Account"].ToString();
        if (named.Length == 0) return (sandbox.Own, null);
        return sandbox.Account(named) is { } account
            ? (account, null)
            : (null, StripeError.NoAccess(named));
    }

    private static async Task<(FormNode Form, StripeError? Error)> ReadForm(HttpRequest request)
    {
        var form = FormNode.Read(request.QueryString.Value?.TrimStart('?') ?? "");
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        var isForm = request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal);
        if (body.Length > 0 && isForm is not true)
            return (form, NotLetIn(400, "Send parameters as application/x-www-form-urlencoded."));
        form.Add(body);
        return (form, null);
    }

    private static async Task Wait(TimeSpan delay, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(delay, cancellation);
        }
        catch (OperationCanceledException)
        {
            // The server stops or the client is gone; either way the wait is over.
        }
    }

    private static Task Write(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(answer.ToText(), http.RequestAborted);
    }

    private static readonly Answer ServerError = new StripeError(
        500, "api_error", "An unknown error occurred.");

    private static readonly Answer TooMany = new StripeError(
        429, "invalid_request_error",
        "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.",
        "rate_limit");

    private static readonly StripeError NoKey = NotLetIn(
        401, "You did not provide an API key. Send it as a bearer token: 'Authorization: Bearer YOUR_SECRET_KEY'.");

    private static StripeError NotLetIn(int status, string message, string? code = null) =>
        new(status, "invalid_request_error", message, code) { BeforeExecution = true };

    private static string Mask(string key) => key.Length <= 12
        ? new string('*', key.Length)
        : $"{key[..8]}{new string('*', key.Length - 12)}{key[^4..]}";
}
