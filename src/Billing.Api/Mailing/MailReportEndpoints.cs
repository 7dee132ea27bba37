using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Api.Http;
using Billing.Domain.Mailing;
using Billing.EventStore.Port;
using Billing.Projections.Mailing;
using NodaTime;

namespace Billing.Api.Mailing;

/// <summary>What came of a report about the mail of this id.</summary>
/// <param name="Outcome">bounced where the mail now is; otherwise what the server did: failed (noted before, or about an address
/// that the mail does not go to any more), delayed, delivered, relayed or expanded.</param>
/// <param name="StatusCode">As RFC 3463 has it, such as 5.1.1.</param>
public sealed record TakenReport(Guid Id, long Version, long? Position, string Outcome, string? StatusCode, string Reason)
    : Receipt(Id, Version, Position);

/// <summary>Takes delivery status notifications, as mail providers post them or a mailbox's filter pipes them in.</summary>
public static class MailReportEndpoints
{
    public const string MediaType = "message/rfc822";
    private const int MaxBytes = 8 * 1024 * 1024;
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    private static readonly PublicEndpoint OperatorOnly =
        PublicEndpoint.Because("it takes the operator's own token, which is no practice's");

    public static void MapMailReports(this IEndpointRouteBuilder v1)
    {
        v1.MapPost("/mail-reports", (Delegate)OfPractice)
            .WithMetadata(new AllowedRoles(Keepers))
            .Accepts<string>(MediaType)
            .Produces<TakenReport>();

        // All practices' mails come from one address, and so do their reports to one mailbox.
        v1.MapPost("/server/mail-reports", (Delegate)OfServer)
            .WithMetadata(OperatorOnly)
            .Accepts<string>(MediaType)
            .Produces<TakenReport>();
    }

    private static async Task<IResult> OfPractice(HttpContext http)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        return caller is null ? problem!.AsResult() : await Take(http, (_, bytes) => EndpointMapping.Context(http, caller, bytes));
    }

    private static Task<IResult> OfServer(HttpContext http, BillingOptions options, MailQueries mails) =>
        OperatorAccess.Refuse(http, options) is { } refusal
            ? Task.FromResult(refusal.AsResult())
            : Take(http, (mail, _) => mails.BookOf(mail) is { } book ? (ContextOf(http, book), []) : null);

    private static CommandContext ContextOf(HttpContext http, BookId book) => new(
        book, "operator", http.RequestServices.GetRequiredService<IClock>().GetCurrentInstant(),
        http.RequestServices.GetRequiredService<Func<Guid>>()());

    /// <summary>Taken again it changes nothing, so that it needs no key.</summary>
    /// <param name="contextOf">By the mail's id and the body; null where nobody's mail has this id.</param>
    private static async Task<IResult> Take(
        HttpContext http, Func<Guid, byte[], (CommandContext Context, List<FieldProblem> Errors)?> contextOf)
    {
        var (bytes, tooLarge) = await RequestBody.Read(http.Request, MaxBytes, http.RequestAborted);
        if (tooLarge) return Problem.Of(413, "body-too-large", $"The report is over {MaxBytes} bytes.").AsResult();
        if (ReportedDelivery.Read(bytes) is not { Report: var report } read)
        {
            return Problem.Of(
                422, "not-a-delivery-report", "The message is no delivery status notification by RFC 3464; look at it yourself.")
                .AsResult();
        }
        if (read.MailId is not { } mailId || contextOf(mailId, bytes) is not var (context, errors))
            return Problem.Of(Mail.NoSuchMail).AsResult();
        if (errors.Count > 0) return Problem.BadRequest(errors).AsResult();
        var command = new ChangeMailCommand(context, mailId, state => Mail.Decide(state, new TakeReport(mailId, report, context.Now)));
        var result = await http.RequestServices.GetRequiredService<CommandBus>().Send(context, () => command, http.RequestAborted);
        return result is CommandResult.Done written && Admission.CallerOf(http) is null
            ? Results.Json(Said(written), ApiJson.Options)
            : EndpointMapping.Render(http, result!, done => new Answer(Said(done)));

        TakenReport Said(CommandResult.Done done) => new(
            mailId, done.Version, Answers.Position(done),
            done.Find<MailEvent.MailBounced>() is null ? report.Action : MailStatus.Bounced, report.StatusCode, report.Reason);
    }
}
