using System.Diagnostics;
using System.Globalization;
using System.Net.Mime;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Past;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Billing.Api.Http;

/// <summary>
/// Maps commands and queries, so that each endpoint checks its caller, reads its input and answers in one and the same way.
/// </summary>
public static class EndpointMapping
{
    public const string PositionHeader = "Billing-Position", KeyHeader = "Idempotency-Key";
    public const int MaxBodyBytes = 256 * 1024;

    /// <param name="who">Roles that may send it.</param>
    /// <param name="parse">Makes the command of the request, or notes on the call what is wrong and answers null.</param>
    /// <param name="answer">Works out the answer from what was written and nothing else, so that a replay gives the same.</param>
    /// <param name="afterOwnWrites">
    /// Whether parsing looks into the read models for such a body; they must then show what the caller wrote, and what it refuses is
    /// looked at once more when they show what others wrote too. Null: for none.
    /// </param>
    /// <param name="afterAllWrites">
    /// Whether parsing of such a body takes what the read models have at all, or that they have not got something: whoever wrote it, it
    /// must be there. Such requests of one book go one after another. Null: of none.
    /// </param>
    public static RouteHandlerBuilder Command<TBody>(
        this IEndpointRouteBuilder app, string pattern, Role who, Func<CommandCall<TBody>, ICommand?> parse,
        Func<CommandCall<TBody>, CommandResult.Done, Answer> answer, Func<TBody, bool>? afterOwnWrites = null,
        Func<TBody, bool>? afterAllWrites = null)
        where TBody : class
    {
        return app.HandlePost(pattern, Handle)
            .WithMetadata(new AllowedRoles(who), new TakesCommand())
            .Accepts<TBody>(MediaTypeNames.Application.Json)
            .Produces<Receipt>();

        async Task<IResult> Handle(HttpContext http)
        {
            // All that a command needs is there once for all requests: no scope of its own has to be made and cleared away.
            http.RequestServices = app.ServiceProvider;
            var (call, problem) = await Read<TBody>(http, who);
            if (call is null) return problem!.AsResult();
            var waitsForAll = afterAllWrites?.Invoke(call.Body) == true;
            using var turn = waitsForAll
                ? await http.RequestServices.GetRequiredService<BookTurns>().Take(call.Caller.Book, http.RequestAborted)
                : null;
            if (waitsForAll && turn is null) return Problem.Overloaded.AsResult();
            var looksTwice = !waitsForAll && afterOwnWrites?.Invoke(call.Body) == true;
            if (waitsForAll && await new QueryCall(http, call.Caller).WaitForAllWrites() is { } behind) return behind.AsResult();
            if (looksTwice && await new QueryCall(http, call.Caller).WaitForOwnWrites() is { } stale) return stale.AsResult();
            var result = await Send(call);
            if (looksTwice && result is null && call.Refusal is not null)
            {
                // What it names may be somebody else's of a moment ago.
                if (await new QueryCall(http, call.Caller).WaitForAll() is { } late) return late.AsResult();
                call = call.Anew();
                result = await Send(call);
            }
            if (result is not null) return Render(http, result, done => answer(call, done));
            return (call.Refusal is { } refusal ? Problem.Of(refusal) : Problem.BadRequest(call.Errors)).AsResult();

            Task<CommandResult?> Send(CommandCall<TBody> made) => http.RequestServices.GetRequiredService<CommandBus>().Send(
                made.Context, () => parse(made) is { } command && made.IsUsable ? command : null, http.RequestAborted);
        }
    }

    /// <param name="ask">Answers the query's result, null for what does not exist, or a <see cref="Problem"/>.</param>
    /// <param name="takes">Names of the query's parameters, which stand in <see cref="QueryParameter.Known"/>.</param>
    public static RouteHandlerBuilder Query<TView>(
        this IEndpointRouteBuilder app, string pattern, Role who, Func<QueryCall, ValueTask<QueryAnswer<TView>>> ask,
        params string[] takes)
    {
        var parameters = new QueryParameters(takes);
        return app.HandleGet(pattern, Handle)
            .WithMetadata(new AllowedRoles(who), parameters)
            .Produces<TView>();

        async Task<IResult> Handle(HttpContext http)
        {
            var (call, problem) = await Open(http, who, parameters);
            if (call is null) return problem!.AsResult();
            return await call.AskTwice(async asked =>
            {
                var answer = await ask(asked);
                return asked.Errors.Count > 0 ? Problem.BadRequest(asked.Errors).AsResult() : answer.ToResult(http);
            });
        }
    }

    /// <summary>A query's call, let in and as of whenever it asks for; or why it can't be answered.</summary>
    internal static async ValueTask<(QueryCall?, Problem?)> Open(HttpContext http, Role who, QueryParameters parameters)
    {
        var (caller, problem) = await Admission.Admit(http, who);
        if (caller is null) return (null, problem);
        if (parameters.Refuse(http.Request.Query) is { Count: > 0 } unknown) return (null, Problem.BadRequest(unknown));
        var call = new QueryCall(http, caller);
        return await call.WaitForOwnWrites() is { } behind ? (null, behind)
            : await Knowledge.Enter(call, parameters) is { } unknowable ? (null, unknowable)
            : (call, null);
    }

    /// <summary>A question whose terms are too long for an address: it is sent as a body, and nothing is written.</summary>
    public static RouteHandlerBuilder Ask<TBody, TView>(
        this IEndpointRouteBuilder app, string pattern, Role who, Func<QueryCall, CommandCall<TBody>, ValueTask<QueryAnswer<TView>>> ask)
        where TBody : class
    {
        return app.HandlePost(pattern, Handle)
            .WithMetadata(new AllowedRoles(who), new WritesNothing())
            .Accepts<TBody>(MediaTypeNames.Application.Json)
            .Produces<TView>();

        async Task<IResult> Handle(HttpContext http)
        {
            var (body, problem) = await Read<TBody>(http, who);
            if (body is null) return problem!.AsResult();
            var call = new QueryCall(http, body.Caller);
            if (await call.WaitForOwnWrites() is { } stale) return stale.AsResult();
            var result = await ask(call, body);
            return result.ToResult(http);
        }
    }

    /// <summary>The call with its caller let in and its body read, or what is wrong with it.</summary>
    internal static async Task<(CommandCall<TBody>?, Problem?)> Read<TBody>(HttpContext http, Role who) where TBody : class
    {
        var (caller, problem) = await Admission.Admit(http, who);
        if (caller is null) return (null, problem);
        if (!http.Request.HasJsonContentType() && http.Request.ContentLength is not (0 or null))
            return (null, Problem.Of(415, "not-json", "Send the body as application/json."));

        var (bytes, tooLarge) = await RequestBody.Read(http.Request, MaxBodyBytes, http.RequestAborted);
        if (tooLarge) return (null, Problem.Of(413, "body-too-large", $"The body is over {MaxBodyBytes} bytes."));
        if (bytes.Length == 0) bytes = "{}"u8.ToArray();
        var (body, errors) = BodyBinder.Bind<TBody>(bytes);
        var (context, headerErrors) = Context(http, caller, bytes);
        if (body is null || headerErrors.Count > 0) return (null, Problem.BadRequest([.. errors, .. headerErrors]));
        var newId = http.RequestServices.GetRequiredService<Func<Guid>>();
        return (new CommandCall<TBody>(http, caller, context, body, newId), null);
    }

    /// <param name="body">What tells this request from others under its key: the body, or a hash of it.</param>
    internal static (CommandContext, List<FieldProblem>) Context(HttpContext http, Caller caller, byte[] body)
    {
        var errors = new List<FieldProblem>();
        var headers = http.Request.Headers;
        string? key = null;
        if (headers.TryGetValue(KeyHeader, out var keys))
        {
            key = keys.ToString();
            if (key.Length is 0 or > 200 || key.Any(c => c is < '!' or > '~'))
                errors.Add(new FieldProblem(KeyHeader, "malformed", "The key must be 1 to 200 visible ASCII characters."));
        }
        long? ifMatch = null;
        if (headers.TryGetValue(HeaderNames.IfMatch, out var tags) && tags.ToString() is not "*" and var tag)
        {
            if (!ETags.TryParse(tag, out var version))
                errors.Add(new FieldProblem("If-Match", "malformed", "Send the ETag of the resource as it was given, such as \"3\"."));
            ifMatch = version;
        }
        var dryRun = http.Request.QueryString.HasValue ? http.Request.Query["dryRun"].ToString() : "";
        if (dryRun is not ("" or "true" or "false"))
            errors.Add(new FieldProblem("dryRun", "malformed", "dryRun is true or false."));
        var services = http.RequestServices;
        var context = new CommandContext(
            caller.Book, caller.Actor, services.GetRequiredService<IClock>().GetCurrentInstant(),
            services.GetRequiredService<Func<Guid>>()(), key, key is null ? null : RequestHash.Of(http.Request, body), ifMatch,
            dryRun == "true");
        return (context, errors);
    }

    internal static IResult Render(HttpContext http, CommandResult result, Func<CommandResult.Done, Answer> answer)
    {
        switch (result)
        {
            case CommandResult.Done done:
                var rendered = answer(done);
                http.Response.Headers.ETag = ETags.Of(done.Version);
                if (done.Position > 0)
                {
                    http.Response.Headers[PositionHeader] = done.Position.ToString(CultureInfo.InvariantCulture);
                    http.RequestServices.GetRequiredService<LastWrites>().Note(Admission.CallerOf(http)!.TokenId, done.Position);
                }
                if (done.Replayed) http.Response.Headers["Idempotent-Replayed"] = "true";
                if (rendered.Location is { } location) http.Response.Headers.Location = location;
                var status = rendered.Location is null || done.Events.Count == 0 ? 200 : 201;
                return new JsonAnswer(rendered.Body, status);
            case CommandResult.Preview preview:
                return new PreviewAnswer(preview.Request);
            case CommandResult.Refused refused:
                return Problem.Of(refused.Rejection).AsResult();
            case CommandResult.Stale stale:
                return Problem.Of(
                    412, "version-mismatch",
                    $"The resource is at version {stale.ActualVersion}. Read it again, decide again, and send that version.").AsResult();
            case CommandResult.Overloaded:
                return Problem.Overloaded.AsResult();
            default:
                throw new UnreachableException();
        }
    }
}

/// <summary>On each command: that it takes a dry run, an idempotency key and the version that it is meant for.</summary>
public sealed record TakesCommand;

/// <summary>On each endpoint: which roles may use it.</summary>
public sealed record AllowedRoles(Role Roles);
