using Billing.Api.Access;
using Billing.Api.Limits;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace Billing.Api.Http;

/// <summary>What answers where no endpoint did: unknown addresses, unreadable requests, and bugs.</summary>
public static class Failures
{
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            AllowStatusCode404Response = true,
            ExceptionHandler = static http =>
            {
                var error = http.Features.Get<IExceptionHandlerFeature>()?.Error;
                // The answer begins anew, without its headers.
                http.RequestServices.GetRequiredService<RateLimits>().Show(http);
                return Describe(error).Write(http);
            },
            SuppressDiagnosticsCallback = static context =>
                context.Exception is BadHttpRequestException or OperationCanceledException or ReadModelBehindException
                || IsUncountable(context.Exception),
        });
        app.UseStatusCodePages(static context =>
        {
            var http = context.HttpContext;
            if (http.Request.Method == HttpMethods.Head) return Task.CompletedTask;
            return (http.Response.StatusCode switch
            {
                404 => Problem.Of(404, "not-found", "There is nothing at this address. Check the path and the ids in it."),
                405 => Problem.Of(405, "method-not-allowed", $"{http.Request.Method} is not possible here."),
                412 => Problem.Of(
                    412, "version-mismatch", "This is not the version that the request's conditions name. Read it again without them."),
                415 when http.Request.Path.StartsWithSegments("/v1/imports") =>
                    Problem.Of(415, "not-csv", "Send the file as text/csv."),
                415 when http.Request.Path.Value!.EndsWith("/mail-reports", StringComparison.Ordinal) =>
                    Problem.Of(415, "not-a-message", "Send the report as message/rfc822."),
                415 => Problem.Of(415, "not-json", "Send the body as application/json."),
                var status => Problem.Of(status, "refused", "The request was refused."),
            }).Write(http);
        });
    }

    /// <summary>So the server below tells of a chunk whose size is beyond counting.</summary>
    private static bool IsUncountable(Exception error) => error is IOException { InnerException: OverflowException };

    internal static Problem Describe(Exception? error) => error switch
    {
        BadHttpRequestException bad => Problem.Of(bad.StatusCode, "unreadable-request", "The request could not be read as HTTP."),
        not null when IsUncountable(error) => Problem.Of(400, "unreadable-request", "The request could not be read as HTTP."),
        OperationCanceledException => Problem.Of(499, "gone", "The caller did not wait for the answer."),
        ReadDatabaseException { IsPassing: true } => Problem.Of(
            503, "read-model-behind", "The read models can't be reached just now. Send it again, a command with the same Idempotency-Key."),
        IdentityProviderException => Problem.Of(
            503, "identity-provider-unreachable",
            "The identity provider can't be reached, so that its tokens can't be held against its keys."),
        EventStoreException or ReadDatabaseException => Problem.Of(
            503, "store-failing",
            "What keeps the books refuses just now, as a full or broken disk does; whoever runs the server has to look. Whether the "
            + "request took effect is not known: send it again with the same Idempotency-Key."),
        // The name and position are in the log; who calls can do no more with them than wait.
        UnknownEventException => Problem.Of(
            503, "program-outdated",
            "These books hold what a newer version of the server has written, so this one writes nothing to them. Send the "
            + "request again, with the same Idempotency-Key, once the server is upgraded."),
        _ => Problem.Of(
            500, "internal-error",
            "Something went wrong on our side. Whether the request took effect is not known: send it again with the same Idempotency-Key."),
    };
}
