using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Api.Http;
using Billing.Api.Payments;
using Billing.Api.Retainers;
using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.EventStore.Port;
using Billing.Projections.Documents;
using Billing.Projections.EInvoicing;
using Billing.Projections.Invoicing;
using Billing.Projections.Running;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <summary>What the bearer of a share link can do: see the one invoice, download it, pay it. Nothing else is in reach.</summary>
public static class ShareEndpoints
{
    private static readonly PublicEndpoint Why = PublicEndpoint.Because("the link's 256 random bits are the key to this one invoice");

    public static void MapSharePages(this WebApplication app)
    {
        app.MapGet("/i/{secret}", (Delegate)Show).WithMetadata(Why);
        app.MapPost("/i/{secret}/pay", (Delegate)Pay).WithMetadata(Why);
        app.MapGet("/paid", (HttpContext http) =>
        {
            Guard(http);
            return new RazorComponentResult<BackFromCheckout>();
        }).WithMetadata(PublicEndpoint.Because("it tells nothing of anyone's books"));
        app.MapGet("/i/{secret}/invoice.pdf", (Delegate)Download).WithMetadata(Why);
        app.MapGet("/i/{secret}/credit-notes/{number}", (Delegate)ShowCreditNote).WithMetadata(Why);
        app.MapGet("/i/{secret}/credit-notes/{number}/credit-note.pdf", (Delegate)DownloadCreditNote).WithMetadata(Why);
    }

    private static async Task<IResult> Show(HttpContext http, string secret)
    {
        if (await Find(http, secret) is not { } found) return NoSuchLink();
        var path = $"/i/{secret}";
        var language = DocumentLanguage.Of(found.State.Issued!.Facts.Language);
        var message = http.Request.Query["back"].ToString() switch
        {
            "paid" when found.State.OpenMinor > 0 => language.Word("page-confirming"),
            "cancelled" => language.Word("page-cancelled"),
            "unavailable" => language.Word("page-unavailable"),
            _ => null,
        };
        await NoteView(http, found);
        var takesPayments = http.RequestServices.GetRequiredService<BillingOptions>().Stripe.IsConfigured;
        var model = SharedInvoiceModel.Of(
            found.State, await Retainers(http, found), found.Today, takesPayments, path, message);
        Guard(http);
        return new RazorComponentResult<InvoicePage>(new { Invoice = model });
    }

    /// <summary>
    /// The first look is a fact of the invoice; one with a token is the practice's own preview and is none. The page is shown
    /// whether or not it could be written down.
    /// </summary>
    private static async ValueTask NoteView(HttpContext http, Found found)
    {
        if (found.State.Issued is not { ViewedAt: null } || http.Request.Headers.ContainsKey(HeaderNames.Authorization)) return;
        var context = found.Session.Context;
        var wish = new NoteInvoiceViewed(found.InvoiceId, found.LinkId, context.Now);
        try
        {
            await http.RequestServices.GetRequiredService<CommandBus>()
                .Send(context, () => new NoteInvoiceViewedCommand(context, wish), http.RequestAborted);
        }
        catch (EventStoreException e)
        {
            http.RequestServices.GetRequiredService<ILogger<CommandBus>>()
                .LogWarning("The first look at an invoice could not be noted: {Reason}", e.Message);
        }
    }

    private static async Task<IResult> Pay(HttpContext http, string secret, CheckoutDesk desk)
    {
        if (await Find(http, secret) is not { } found) return NoSuchLink();
        var path = $"/i/{secret}";
        var outcome = await desk.Open(
            found.Book, $"share:{found.LinkId:D}", found.InvoiceId, PublicAddress.Of(http, $"{path}?back=paid"),
            PublicAddress.Of(http, $"{path}?back=cancelled"), http.RequestAborted);
        Guard(http);
        http.Response.Headers.Location = outcome.Match(
            url => url.ToString(),
            rejection => rejection.Code == "invoice-already-paid" ? path : $"{path}?back=unavailable");
        return Results.StatusCode(303);
    }

    private static async Task<IResult> Download(HttpContext http, string secret, IDocumentRenderer renderer)
    {
        if (await Find(http, secret) is not { } found) return NoSuchLink();
        var pays = http.RequestServices.GetRequiredService<BillingOptions>().Stripe.IsConfigured;
        var model = EInvoice.Printed(
            found.State.Issued!.Facts, pays ? PublicAddress.Of(http, $"/i/{secret}").ToString() : null,
            found.State is InvoiceState.Voided);
        Guard(http);
        return Results.File(renderer.Render(model).Pdf, "application/pdf", $"{model.Number}.pdf");
    }

    private static async Task<IResult> ShowCreditNote(HttpContext http, string secret, string number)
    {
        if (await Find(http, secret) is not { } found) return NoSuchLink();
        if (SharedInvoiceModel.OfCreditNote(found.State, number, $"/i/{secret}") is not { } model) return NoSuchLink();
        Guard(http);
        return new RazorComponentResult<InvoicePage>(new { Invoice = model });
    }

    private static async Task<IResult> DownloadCreditNote(HttpContext http, string secret, string number, IDocumentRenderer renderer)
    {
        if (await Find(http, secret) is not { } found) return NoSuchLink();
        if (CreditNoteEndpoints.File(found.State, number, renderer) is not { } file) return NoSuchLink();
        Guard(http);
        return file;
    }

    private static async ValueTask<Found?> Find(HttpContext http, string secret)
    {
        if (secret.Length is < 20 or > 100) return null;
        var services = http.RequestServices;
        var queries = services.GetRequiredService<InvoiceQueries>();
        var hash = Secrets.HashOf(secret);
        var link = queries.FindLink(hash);
        if (link is null)
        {
            // The link may have been made a moment ago.
            var head = await services.GetRequiredService<IEventStore>().HeadPosition(http.RequestAborted);
            await services.GetRequiredService<ProjectionRunner>().WaitFor(head, TimeSpan.FromSeconds(2), http.RequestAborted);
            link = queries.FindLink(hash);
        }
        if (link is null or { IsRevoked: true }) return null;
        var now = services.GetRequiredService<IClock>().GetCurrentInstant();
        var context = new CommandContext(link.Book, $"share:{link.LinkId:D}", now, Guid.Empty);
        var session = new BookSession(
            services.GetRequiredService<IEventStore>(), services.GetRequiredService<StateCache>(), context, http.RequestAborted);
        var state = await session.Load(Invoice.Stream, link.InvoiceId);
        if (state.Issued?.Links.GetValueOrDefault(link.LinkId) is not { IsRevoked: false }) return null;
        var business = (BusinessState.Open)await session.Load(Business.Stream, link.Book.Value);
        var today = business.DayOf(now);
        return new Found(link.Book, link.InvoiceId, link.LinkId, state, today, session);
    }

    private static async ValueTask<IReadOnlyList<SharedRetainer>> Retainers(HttpContext http, Found found)
    {
        var desk = http.RequestServices.GetRequiredService<RetainerDesk>();
        var retainers = await desk.OfClient(found.Session, found.State.Issued!.Facts.ClientId, found.Today);
        var language = DocumentLanguage.Of(found.State.Issued.Facts.Language);
        return [.. retainers.Select(retainer => SharedRetainer.Of(retainer, language)).OfType<SharedRetainer>()];
    }

    private static IResult NoSuchLink() => Problem.Of(
        404, "link-unknown", "This link does not exist or was withdrawn. Ask whoever sent it for a new one.").AsResult();

    /// <summary>Nothing of the page is kept by caches, framed, or told to other sites.</summary>
    private static void Guard(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action *; frame-ancestors 'none'; base-uri 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers.XContentTypeOptions = "nosniff";
    }

    private sealed record Found(
        BookId Book, Guid InvoiceId, Guid LinkId, InvoiceState State, LocalDate Today, BookSession Session);
}
