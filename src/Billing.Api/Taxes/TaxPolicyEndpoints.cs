using System.ComponentModel.DataAnnotations;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using Billing.Projections.Taxes;

namespace Billing.Api.Taxes;

/// <param name="DaysBefore">How many days before each due date a reminder is mailed; null for none.</param>
/// <param name="Recipient">Left out, the address of the practice.</param>
public sealed record TaxRemindersBody(
    [property: Range(1, TaxPolicy.MostDaysBefore)] int? DaysBefore = null,
    [property: Text(Wording.EmailMaxLength)] string? Recipient = null);

public sealed record TaxLinkBody([property: OneOf(typeof(TaxLinkKind), nameof(TaxLinkKind.All))] string Opens);

/// <param name="DaysBefore">Null while nobody is reminded.</param>
/// <param name="Recipient">To whom reminders go; null where nobody said, and the practice has no address.</param>
/// <param name="Links">The revoked ones too; the address of a link is shown once, when it is made.</param>
public sealed record TaxPolicyView(int? DaysBefore, string? Recipient, IReadOnlyList<TaxLinkView> Links);

/// <param name="LinkId">Null where nothing was written.</param>
/// <param name="Url">Of the new link, and only now; null where the request was sent before.</param>
public sealed record MadeTaxLink(Guid Id, long Version, long? Position, Guid? LinkId, Uri? Url) : Receipt(Id, Version, Position);

/// <summary>Reminders of due dates, and the links to the calendar and the report.</summary>
public static class TaxPolicyEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapTaxPolicy(this IEndpointRouteBuilder v1)
    {
        v1.Query<TaxPolicyView>("/tax-policy", Keepers, async call =>
        {
            var session = call.Session();
            var policy = await session.Load(TaxPolicy.Stream, call.Book.Value);
            var links = call.Service<TaxPolicyQueries>().Links(call.Book);
            return new TaxPolicyView(policy.DaysBefore, policy.Recipient ?? (await session.Practice()).Email, links);
        });

        v1.Command<TaxRemindersBody>("/tax-policy:set-reminders", Role.Owner, call => new SetTaxRemindersCommand(
                call.Context, new SetTaxReminders(call.Body.DaysBefore, call.Body.Recipient, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<TaxLinkBody>("/tax-links", Role.Owner, Make, (call, done) =>
        {
            var made = done.Find<TaxPolicyEvent.TaxLinkMade>();
            var url = made?.Opens == TaxLinkKind.Calendar
                ? SharedLink.NewAddress(call.Http, "/c", done) is { } calendar ? new Uri($"{calendar}/estimated-tax.ics") : null
                : SharedLink.NewAddress(call.Http, "/t", done);
            return new Answer(new MadeTaxLink(call.Caller.Book.Value, done.Version, Answers.Position(done), made?.LinkId, url));
        });

        v1.Command<NoBody>("/tax-links/{id:guid}:revoke", Role.Owner, call => new ChangeTaxLinksCommand(
                call.Context, state => TaxPolicy.Decide(state, new RevokeTaxLink(call.RouteId(), call.Now))),
            (_, done) => Answers.Changed(done));

        v1.MapGet("/tax-calendar.ics", async (HttpContext http) =>
        {
            var (caller, refusal) = await Admission.Admit(http, Keepers);
            if (caller is null) return refusal!.AsResult();
            var call = new QueryCall(http, caller);
            if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
            var policy = await call.Session().Load(TaxPolicy.Stream, call.Book.Value);
            return call.Service<TaxCalendarFeed>().Of(call.Book, PracticeDay.Of(call), call.Now, policy.DaysBefore);
        }).WithMetadata(new AllowedRoles(Keepers), new QueryParameters([])).Produces(200, contentType: TaxCalendarFeed.Type);
    }

    private static ChangeTaxLinksCommand Make(CommandCall<TaxLinkBody> call)
    {
        var wish = new MakeTaxLink(call.IdOrNew(null), call.Body.Opens, SharedLink.NewSecret(call.Http), call.Now);
        return new ChangeTaxLinksCommand(call.Context, state => TaxPolicy.Decide(state, wish));
    }
}
