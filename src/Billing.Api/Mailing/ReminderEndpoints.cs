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

        v1.RunMany<SentReminder>("/reminders:send-due", Keepers, async (call, newContext) => await call.Service<ReminderDesk>().SendDue(
            call.Book, await Policy(call), PracticeDay.Of(call), PublicAddress.Of(call.Http, "/"), newContext, call.Aborted));
    }

    private static ValueTask<MailPolicyState> Policy(QueryCall call) => call.Session().Load(MailPolicy.Stream, call.Book.Value);
}
