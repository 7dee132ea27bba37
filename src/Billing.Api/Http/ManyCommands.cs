using System.Net.Mime;
using Billing.Api.Access;
using Billing.Api.Commands;

namespace Billing.Api.Http;

/// <summary>Requests that send all the commands that are due.</summary>
public static class ManyCommands
{
    /// <summary>Sent again, it finds none of them due any more, so that it needs no key. A dry run says what would be done.</summary>
    /// <param name="run">Sends the commands, each in a context of its own, and says what came of them.</param>
    public static RouteHandlerBuilder RunMany<TItem>(
        this IEndpointRouteBuilder app, string pattern, Role who,
        Func<QueryCall, Func<CommandContext>, Task<IReadOnlyList<TItem>>> run)
    {
        return app.HandlePost(pattern, Handle)
            .WithMetadata(new AllowedRoles(who))
            .Accepts<NoBody>(MediaTypeNames.Application.Json)
            .Produces<ListView<TItem>>();

        async Task<IResult> Handle(HttpContext http)
        {
            var (caller, problem) = await Admission.Admit(http, who);
            if (caller is null) return problem!.AsResult();
            var (context, errors) = EndpointMapping.Context(http, caller, []);
            if (errors.Count > 0) return Problem.BadRequest(errors).AsResult();
            var call = new QueryCall(http, caller);
            if (await call.WaitForAllWrites() is { } behind) return behind.AsResult();
            var items = await run(call, () => context with { IdempotencyKey = null, BodyHash = null, IfMatch = null });
            if (!context.DryRun) await call.NoteWrites();
            return Results.Json(new ListView<TItem>(items), ApiJson.Options);
        }
    }
}
