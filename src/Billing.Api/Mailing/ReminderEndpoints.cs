using System.Net.Mime;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Mailing;

namespace Billing.Api.Mailing;

/// <summary>Reminders of what is open: which are due, and sending them.</summary>
public static class ReminderEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapReminders(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<DueReminder>>("/reminders/due", Keepers, async call =>
        {
            var today = call.Date("day") ?? PracticeDay.Of(call);
            if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors);
            return Lists.All(call.Service<ReminderDesk>().Due(call.Book, await Policy(call), today));
        }, "day");

        v1.MapPost("/reminders:send-due", (Delegate)SendDue)
            .WithMetadata(new AllowedRoles(Keepers))
            .Accepts<NoBody>(MediaTypeNames.Application.Json)
            .Produces<ListView<SentReminder>>();
    }

    /// <summary>
    /// Puts every reminder that is due today into the outbox. Sent again, it finds none of them due any more, so that it needs no
    /// key. A dry run says what would be sent.
    /// </summary>
    private static async Task<IResult> SendDue(HttpContext http, ReminderDesk desk)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        if (caller is null) return problem!.AsResult();
        var (context, errors) = EndpointMapping.Context(http, caller, []);
        if (errors.Count > 0) return Problem.BadRequest(errors).AsResult();
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        var sent = await desk.SendDue(
            call.Book, await Policy(call), PracticeDay.Of(call), PublicAddress.Of(http, "/"),
            () => context with { IdempotencyKey = null, BodyHash = null, IfMatch = null }, http.RequestAborted);
        if (!context.DryRun) await call.NoteWrites();
        return Results.Json(new ListView<SentReminder>(sent), ApiJson.Options);
    }

    private static ValueTask<MailPolicyState> Policy(QueryCall call) => call.Session().Load(MailPolicy.Stream, call.Book.Value);
}
