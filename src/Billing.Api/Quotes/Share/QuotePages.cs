using System.Globalization;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Quotes;
using Billing.Projections.Documents;
using Billing.Projections.Quotes;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Billing.Api.Quotes.Share;

/// <summary>What the bearer of a quote's link can do: see it, download it, accept or decline it. Nothing else is in reach.</summary>
public static class QuotePages
{
    private const int MostFormBytes = 64 * 1024;
    private static readonly PublicEndpoint Why = PublicEndpoint.Because("the link's 256 random bits are the key to this one quote");

    public static void MapQuotePages(this WebApplication app)
    {
        app.MapGet("/q/{secret}", (Delegate)Show).WithMetadata(Why);
        app.MapGet("/q/{secret}/quote.pdf", (Delegate)Download).WithMetadata(Why);
        app.MapGet("/q/{secret}/logo", (Delegate)Logo).WithMetadata(Why);
        app.MapPost("/q/{secret}/accept", (Delegate)Accept).WithMetadata(Why);
        app.MapPost("/q/{secret}/decline", (Delegate)Decline).WithMetadata(Why);
    }

    private static async Task<IResult> Show(HttpContext http, string secret)
    {
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        var client = await found.Session.Load(Client.Stream, found.Quote.Drafted!.ClientId);
        PageHeaders.Guard(http);
        return new RazorComponentResult<QuotePage>(new
        {
            Quote = SharedQuoteModel.Of(
                found.Quote, DocumentLanguage.Of(client.Details?.Language), found.Today, $"/q/{secret}",
                http.Request.Query["back"].ToString()),
        });
    }

    private static async Task<IResult> Download(HttpContext http, string secret, IDocumentRenderer renderer)
    {
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        var client = await found.Session.Load(Client.Stream, found.Quote.Drafted!.ClientId);
        PageHeaders.Guard(http);
        return QuoteQueryEndpoints.File(found.Quote, client, renderer)!;
    }

    /// <summary>The one that was frozen with what was sent last.</summary>
    private static async Task<IResult> Logo(HttpContext http, string secret, LogoFiles logos) =>
        await Find(http, secret) is { } found && logos.Serve(http, found.Quote.Sent?.Look?.Logo) is { } logo
            ? logo
            : SharedLink.Unknown();

    private static Task<IResult> Accept(HttpContext http, string secret) => Answer(http, secret, "accepted", (found, form) =>
    {
        var options = form["option"].Select(value => Number(value) ?? 0).ToList();
        var wish = new AcceptQuote(
            found.QuoteId, Number(form["revision"]), found.LinkId, form["acceptedBy"].ToString().Trim(), options,
            found.Session.Context.Now);
        return (quote, today) => Quote.Decide(quote, wish, today);
    });

    private static Task<IResult> Decline(HttpContext http, string secret) => Answer(http, secret, "declined", (found, form) =>
    {
        var reason = form["reason"].ToString().Trim();
        var wish = new DeclineQuote(
            found.QuoteId, Number(form["revision"]), found.LinkId, reason.Length == 0 ? null : reason, found.Session.Context.Now);
        return (quote, today) => Quote.Decide(quote, wish, today);
    });

    /// <summary>The page that it leads back to says what came of it.</summary>
    private static async Task<IResult> Answer(
        HttpContext http, string secret, string said,
        Func<Found, IFormCollection, Func<QuoteState, LocalDate, Decision<QuoteEvent>>> decide)
    {
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        if (await RequestForm.Read(http.Request, MostFormBytes, http.RequestAborted) is not { } form)
            return Problem.Of(415, "not-a-form", "Answer a quote with the form on its page.").AsResult();
        var command = new ChangeQuoteCommand(found.Session.Context, found.QuoteId, decide(found, form));
        var result = await http.RequestServices.GetRequiredService<CommandBus>()
            .Send(found.Session.Context, () => command, http.RequestAborted);
        var back = result switch
        {
            CommandResult.Done => said,
            CommandResult.Refused { Rejection: var why } => why.Code,
            _ => "unavailable",
        };
        PageHeaders.Guard(http);
        http.Response.Headers.Location = $"/q/{secret}?back={back}";
        return Results.StatusCode(303);
    }

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static async ValueTask<Found?> Find(HttpContext http, string secret)
    {
        var queries = http.RequestServices.GetRequiredService<QuoteQueries>();
        if (await SharedLink.Open(http, secret, queries.FindLink) is not ({ } grant, { } session)) return null;
        var quote = await session.Load(Quote.Stream, grant.DocumentId);
        return quote.Links.GetValueOrDefault(grant.LinkId) is { IsRevoked: false }
            ? new Found(grant.DocumentId, grant.LinkId, quote, await session.Today(), session)
            : null;
    }

    private sealed record Found(Guid QuoteId, Guid LinkId, QuoteState Quote, LocalDate Today, BookSession Session);
}
