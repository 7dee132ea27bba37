using System.Net.Mime;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain;
using Billing.Domain.Payments;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;
using Stripe;

namespace Billing.Api.Payments;

/// <param name="AccountId">One of the practice's accounts of before, to take it up again; left out, the present one, or else a new
/// one.</param>
/// <param name="ReturnUrl">Where Stripe sends the owner back to; left out, a page of this server.</param>
/// <param name="RefreshUrl">Where Stripe sends the owner whose link is used up: a page that sends this command again. Left out, a page
/// of this server that says so.</param>
public sealed record ConnectStripeAccountBody(
    [property: Text(255)] string? AccountId = null, [property: Text(2000)] string? ReturnUrl = null,
    [property: Text(2000)] string? RefreshUrl = null);

/// <param name="Url">Stripe's own page, for the owner alone. It is good once, and for minutes: ask again for another.</param>
public sealed record OnboardingView(string AccountId, Uri Url, Instant ExpiresAt);

/// <summary>The practice's account at Stripe, as Stripe says now.</summary>
/// <param name="Status">not-connected, onboarding, restricted, active or revoked.</param>
/// <param name="AccountId">Into which new payments go; null where there is none.</param>
/// <param name="ChargesEnabled">Whether it takes payments.</param>
/// <param name="PayoutsEnabled">Whether Stripe pays out to its bank.</param>
/// <param name="DetailsSubmitted">Whether its owner has told Stripe all that was asked at the start.</param>
/// <param name="Missing">What Stripe wants to know still, in its own words.</param>
/// <param name="DisabledReason">Why Stripe lets the account not do something, in its own words.</param>
/// <param name="Accounts">Every account there ever was, by its id.</param>
public sealed record StripeAccountView(
    string Status, string? AccountId, bool ChargesEnabled, bool PayoutsEnabled, bool DetailsSubmitted, IReadOnlyList<string> Missing,
    string? DisabledReason, IReadOnlyList<FormerAccountView> Accounts, long Version);

/// <param name="IsRevoked">Whether its owner took our access away.</param>
public sealed record FormerAccountView(string AccountId, bool IsCurrent, bool IsRevoked);

public static class StripeAccountEndpoints
{
    private const string Back = "/stripe-account/back", Again = "/stripe-account/again";

    private static readonly PublicEndpoint TellsNothing = PublicEndpoint.Because("it tells nothing of anyone's books");

    private static readonly Rejection PlatformOff = new(
        "stripe-platform-off", "This installation takes payments into one Stripe account, so practices have none of their own.");

    public static void MapStripeAccounts(this WebApplication app, IEndpointRouteBuilder v1)
    {
        MapPages(app);
        v1.Query<StripeAccountView>("/stripe-account", Role.Owner, Show);

        v1.MapPost("/stripe-account:connect", (Delegate)Connect)
            .WithMetadata(new AllowedRoles(Role.Owner))
            .Accepts<ConnectStripeAccountBody>(MediaTypeNames.Application.Json)
            .Produces<OnboardingView>();

        v1.MapPost("/stripe-account:disconnect", (Delegate)Disconnect)
            .WithMetadata(new AllowedRoles(Role.Owner), new TakesCommand())
            .Accepts<NoBody>(MediaTypeNames.Application.Json)
            .Produces<Receipt>();
    }

    /// <summary>Where Stripe sends an owner who named no page of their own. What came of it, only Stripe says.</summary>
    private static void MapPages(WebApplication app)
    {
        app.MapGet(Back, http => Page(http, isUsedUp: false)).WithMetadata(TellsNothing);
        app.MapGet(Again, http => Page(http, isUsedUp: true)).WithMetadata(TellsNothing);

        static Task Page(HttpContext http, bool isUsedUp)
        {
            PageHeaders.Guard(http);
            return new RazorComponentResult<BackFromOnboarding>(new { Words = PageWords.For(http.Request), IsUsedUp = isUsedUp })
                .ExecuteAsync(http);
        }
    }

    private static async ValueTask<QueryAnswer<StripeAccountView>> Show(QueryCall call)
    {
        if (!call.Service<BillingOptions>().Stripe.Platform) return Problem.Of(PlatformOff);
        AccountReview? review = null;
        if ((await call.Session().StripeAccounts()).Current is { } current)
        {
            try
            {
                review = await call.Service<StripeAccountDesk>().LookAt(call.Book, current, call.Aborted);
            }
            catch (Exception e) when (IsUnreachable(e, call.Aborted))
            {
                return Problem.Of(Unreachable);
            }
        }
        var session = call.Session();
        var state = await session.StripeAccounts();
        var version = session.VersionOf(StripeAccount.Stream.Name(call.Book.Value));
        var view = new StripeAccountView(
            state.Status, state.Current, state.Standing?.ChargesEnabled ?? false, state.Standing?.PayoutsEnabled ?? false,
            state.Standing?.DetailsSubmitted ?? false, review?.Missing ?? [], review?.DisabledReason,
            [.. state.Accounts.Select(a => new FormerAccountView(a.Key, a.Key == state.Current, a.Value.IsRevoked))], version);
        // What is missing changes at Stripe alone, so that no version of ours stands for the whole.
        return view;
    }

    private static async Task<IResult> Connect(HttpContext http, BillingOptions options, StripeAccountDesk desk)
    {
        var (call, problem) = await EndpointMapping.Read<ConnectStripeAccountBody>(http, Role.Owner);
        if (call is null) return problem!.AsResult();
        if (!options.Stripe.Platform) return Problem.Of(PlatformOff).AsResult();
        var back = Address(call.Body.ReturnUrl, "/returnUrl");
        var refresh = Address(call.Body.RefreshUrl, "/refreshUrl");
        if (back.Fault is not null || refresh.Fault is not null)
            return Problem.BadRequest([.. new[] { back.Fault, refresh.Fault }.OfType<FieldProblem>()]).AsResult();
        OnboardingOutcome outcome;
        try
        {
            outcome = await desk.Connect(
                call.Caller.Book, call.Caller.Actor, call.Body.AccountId, refresh.Url ?? PublicAddress.Of(http, Again),
                back.Url ?? PublicAddress.Of(http, Back), http.RequestAborted);
        }
        catch (Exception e) when (IsUnreachable(e, http.RequestAborted))
        {
            outcome = Unreachable;
        }
        await new QueryCall(http, call.Caller).NoteWrites();
        return outcome is { AccountId: { } accountId, Link: { } link }
            ? Results.Json(new OnboardingView(accountId, link.Url, link.ExpiresAt), ApiJson.Options)
            : Problem.Of(outcome.Rejection!).AsResult();
    }

    /// <summary>From the answer on nothing new goes into the account; the checkouts that are open there are closed besides.</summary>
    private static async Task<IResult> Disconnect(HttpContext http, BillingOptions options, CommandBus bus, StripeAccountDesk desk)
    {
        var (call, problem) = await EndpointMapping.Read<NoBody>(http, Role.Owner);
        if (call is null) return problem!.AsResult();
        if (!options.Stripe.Platform) return Problem.Of(PlatformOff).AsResult();
        var wish = new DisconnectStripeAccount(call.Now);
        var result = await bus.Send(
            call.Context, () => new DisconnectStripeAccountCommand(call.Context, wish), http.RequestAborted);
        if (result is CommandResult.Done) await desk.CloseCheckouts(call.Caller.Book, http.RequestAborted);
        return EndpointMapping.Render(http, result!, Answers.Changed);
    }

    /// <summary>An address of the caller's own; null for none.</summary>
    private static (Uri? Url, FieldProblem? Fault) Address(string? text, string pointer)
    {
        if (text is null) return (null, null);
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? (url, null)
            : (null, new FieldProblem(pointer, "malformed", "Send an absolute http or https address."));
    }

    private static bool IsUnreachable(Exception e, CancellationToken aborted) =>
        e is StripeException or HttpRequestException || (e is TaskCanceledException && !aborted.IsCancellationRequested);

    private static Rejection Unreachable { get; } = new("stripe-unreachable", "Stripe did not answer as expected. Try again in a minute.");
}
