using System.ComponentModel.DataAnnotations;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Api.Access;

public sealed record DescribeBusinessBody(
    [property: Text(200)] string Name,
    [property: Text(200)] IReadOnlyList<string>? AddressLines = null,
    [property: Text(Wording.EmailMaxLength)] string? Email = null,
    [property: Text(50)] string? TaxId = null);

public sealed record MoveBusinessBody([property: Text(64)] string TimeZone);

/// <param name="CreditNotePrefix">What credit notes are numbered with; left out, CN.</param>
/// <param name="AppliesCredit">Whether invoices are paid from the client's credit, as far as it reaches, when they are finalised.</param>
public sealed record SetInvoicingPolicyBody(
    [property: Text(12)] string NumberPrefix,
    [property: Range(0, 365)] int PaymentTermsDays,
    RoundingBody Rounding,
    [property: Text(12)] string? CreditNotePrefix = null, bool AppliesCredit = false);

/// <param name="Direction">up, down or nearest; nearest sends exactly half an increment up.</param>
/// <param name="Scope">entry, line or invoice: what is rounded.</param>
public sealed record RoundingBody([property: Range(0, 3600)] int IncrementSeconds, string Direction, string Scope);

/// <param name="WhileRunning">What starting a timer does while another runs: stop-first or refuse.</param>
/// <param name="ForgottenAfterSeconds">A timer that runs for so long counts as forgotten.</param>
/// <param name="CapSeconds">What a forgotten timer is cut to, or proposed to be cut to.</param>
/// <param name="WhenForgotten">
/// What stopping a forgotten timer does where nobody says when the work ended: warn, or cap to end its entry at capSeconds too.
/// </param>
public sealed record SetTimekeepingPolicyBody(
    string WhileRunning, long ForgottenAfterSeconds, long CapSeconds, string WhenForgotten = TimekeepingPolicy.Warn);

/// <param name="Through">The last day that is closed; earlier than before to open days again.</param>
public sealed record LockPeriodBody(LocalDate Through, [property: Text(Wording.NameMaxLength)] string Reason);

/// <param name="Role">owner, assistant or bookkeeper.</param>
public sealed record AddMemberBody(
    [property: Text(200)] string Name, string Role, [property: Text(64)] string TimeZone, Guid? Id = null);

public sealed record MoveMemberBody([property: Text(64)] string TimeZone);

/// <param name="Scopes">What the token may do, such as time:write and invoices:read; left out, all that the member's role may.</param>
public sealed record IssueTokenBody(
    Guid MemberId, Guid? Id = null, [property: Text(100)] string? Label = null, Instant? ExpiresAt = null,
    IReadOnlyList<string>? Scopes = null);

/// <param name="Token">Shown once. A replay of the request does not show it again: it was never kept.</param>
public sealed record IssuedToken(Guid Id, long Version, long? Position, string? Token) : Receipt(Id, Version, Position);

public static class BusinessEndpoints
{
    public static void MapBusinessCommands(this IEndpointRouteBuilder v1)
    {
        v1.Command<DescribeBusinessBody>("/business:describe", Role.Owner, call => new DescribeBusinessCommand(
                call.Context, new DescribeBusiness(
                    call.Body.Name, call.Body.AddressLines ?? [], call.Body.Email, call.Body.TaxId, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<MoveBusinessBody>("/business:move", Role.Owner, call => new MoveBusinessCommand(
                call.Context, new MoveBusiness(call.Body.TimeZone, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<SetInvoicingPolicyBody>("/business:set-invoicing-policy", Role.Owner, call => new SetInvoicingPolicyCommand(
                call.Context, new SetInvoicingPolicy(
                    call.Body.NumberPrefix, call.Body.PaymentTermsDays,
                    new RoundingPolicy(
                        call.Body.Rounding.IncrementSeconds, call.Body.Rounding.Direction, call.Body.Rounding.Scope),
                    call.Now, call.Body.CreditNotePrefix, call.Body.AppliesCredit)),
            (_, done) => Answers.Changed(done));

        v1.Command<SetTimekeepingPolicyBody>("/business:set-timekeeping-policy", Role.Owner, call =>
                new SetTimekeepingPolicyCommand(call.Context, new SetTimekeepingPolicy(
                    new TimekeepingPolicy(
                        call.Body.WhileRunning, call.Body.ForgottenAfterSeconds, call.Body.CapSeconds, call.Body.WhenForgotten),
                    call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<LockPeriodBody>("/business:lock-period", Role.Owner, call => new LockPeriodCommand(
                call.Context, new LockPeriod(call.Body.Through, call.Body.Reason, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<AddMemberBody>("/members", Role.Owner, call => new AddMemberCommand(call.Context, new AddMember(
                call.IdOrNew(call.Body.Id), call.Body.Name, call.Body.Role, call.Body.TimeZone, call.Now)),
            (call, done) => Answers.Created(done, done.Find<BusinessEvent.MemberAdded>()?.MemberId ?? call.Body.Id!.Value, "/v1/members"));

        v1.Command<MoveMemberBody>("/members/{id:guid}:move", Role.Owner | Role.Assistant | Role.Bookkeeper, Move,
            (call, done) => Answers.Changed(done, call.RouteId()));

        v1.Command<NoBody>("/members/{id:guid}:remove", Role.Owner, call => new RemoveMemberCommand(
                call.Context, new RemoveMember(call.RouteId(), call.Now)),
            (call, done) => Answers.Changed(done, call.RouteId()));
    }

    private static MoveMemberCommand? Move(CommandCall<MoveMemberBody> call)
    {
        if (call.Caller.Role == Role.Owner || call.RouteId() == call.Caller.MemberId)
            return new MoveMemberCommand(call.Context, new MoveMember(call.RouteId(), call.Body.TimeZone, call.Now));
        call.Refuse(new Rejection(
            "not-own-zone", "Where other members are is for the owner to say.", Kind: RejectionKind.NotAllowed));
        return null;
    }
}
