using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Api.Pages;
using Billing.Api.Payments;
using Billing.Api.Retainers;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using Billing.Projections.Documents;
using Billing.Projections.EInvoicing;
using Billing.Projections.Invoicing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using NodaTime;

namespace Billing.Api.Invoicing.Share;

/// <summary>What the bearer of a share link can do: see the one invoice, download it, pay it. Nothing else is in reach.</summary>
public static class ShareEndpoints
{
    private const int MostFormBytes = 4096;
    private static readonly PublicEndpoint Why = PublicEndpoint.Because("the link's 256 random bits are the key to this one invoice");

    public static void MapSharePages(this WebApplication app)
    {
        app.MapGet("/i/{secret}", (Delegate)Show).WithMetadata(Why);
        app.MapPost("/i/{secret}/pay", (Delegate)Pay).WithMetadata(Why);
        app.MapPost("/i/{secret}/collection/withdraw", (Delegate)Withdraw).WithMetadata(Why);
        app.MapGet("/paid", (HttpContext http) =>
        {
            PageHeaders.Guard(http);
            return new RazorComponentResult<BackFromCheckout>();
        }).WithMetadata(PublicEndpoint.Because("it tells nothing of anyone's books"));
        app.MapGet("/i/{secret}/invoice.pdf", (Delegate)Download).WithMetadata(Why);
        app.MapGet("/i/{secret}/logo", (Delegate)Logo).WithMetadata(Why);
        app.MapGet("/i/{secret}/receipts/{payment:guid}/receipt.pdf", (Delegate)DownloadReceipt).WithMetadata(Why);
        app.MapGet("/i/{secret}/credit-notes/{number}", (Delegate)ShowCreditNote).WithMetadata(Why);
        app.MapGet("/i/{secret}/credit-notes/{number}/credit-note.pdf", (Delegate)DownloadCreditNote).WithMetadata(Why);
    }

    private static async Task<IResult> Show(HttpContext http, string secret)
    {
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        var path = $"/i/{secret}";
        var language = DocumentLanguage.Of(found.State.Issued!.Facts.Language);
        var message = http.Request.Query["back"].ToString() switch
        {
            "paid" when found.State.OpenMinor > 0 => language.Word("page-confirming"),
            "cancelled" => language.Word("page-cancelled"),
            "unavailable" => language.Word("page-unavailable"),
            "withdrawn" => language.Word("page-collect-withdrawn"),
            _ => null,
        };
        await NoteView(http, found);
        var (account, closed) = await http.RequestServices.GetRequiredService<PracticeAccounts>().Of(found.Session);
        var takesPayments = closed is null;
        var model = SharedInvoiceModel.Of(
            found.State, await Retainers(http, found), found.Today, takesPayments, path, message) with
        {
            Collection = takesPayments ? await SharedCollection.Of(found.Session, found.State, account, language, path) : null,
        };
        PageHeaders.Guard(http);
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
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        var path = $"/i/{secret}";
        var (form, isTooLarge) = await RequestBody.Read(http.Request, MostFormBytes, http.RequestAborted);
        if (isTooLarge) return Problem.Of(413, "body-too-large", $"The body is over {MostFormBytes} bytes.").AsResult();
        var language = DocumentLanguage.Of(found.State.Issued!.Facts.Language);
        var outcome = await desk.Open(
            found.Book, $"share:{found.LinkId:D}", found.InvoiceId, http.Request.Query["part"] == "due" ? found.Today : null,
            SharedCollection.ConsentIn(form, language), PublicAddress.Of(http, $"{path}?back=paid"),
            PublicAddress.Of(http, $"{path}?back=cancelled"), http.RequestAborted);
        PageHeaders.Guard(http);
        http.Response.Headers.Location = outcome.Match(
            url => url.ToString(),
            rejection => rejection.Code == "invoice-already-paid" ? path : $"{path}?back=unavailable");
        return Results.StatusCode(303);
    }

    /// <summary>Whoever has the link may stop charges, as they may pay: the agreement was given in the same way.</summary>
    private static async Task<IResult> Withdraw(HttpContext http, string secret, CommandBus bus)
    {
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        var context = found.Session.Context;
        var wish = new WithdrawCollection(ConsentWays.SharePage, context.Now);
        var command = new WithdrawCollectionCommand(context, found.State.Issued!.Facts.ClientId, wish);
        await bus.Send(context, () => command, http.RequestAborted);
        PageHeaders.Guard(http);
        http.Response.Headers.Location = $"/i/{secret}?back=withdrawn";
        return Results.StatusCode(303);
    }

    private static async Task<IResult> Download(HttpContext http, string secret, IDocumentRenderer renderer)
    {
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        var pays = await http.RequestServices.GetRequiredService<PracticeAccounts>().TakesPayments(found.Session);
        var model = EInvoice.Printed(
            found.State.Issued!.Facts, pays ? PublicAddress.Of(http, $"/i/{secret}").ToString() : null,
            found.State is InvoiceState.Voided);
        PageHeaders.Guard(http);
        return Results.File(renderer.Render(model).Pdf, "application/pdf", $"{model.Number}.pdf");
    }

    private static async Task<IResult> ShowCreditNote(HttpContext http, string secret, string number)
    {
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        if (SharedInvoiceModel.OfCreditNote(found.State, number, $"/i/{secret}") is not { } model) return SharedLink.Unknown();
        PageHeaders.Guard(http);
        return new RazorComponentResult<InvoicePage>(new { Invoice = model });
    }

    private static async Task<IResult> DownloadCreditNote(HttpContext http, string secret, string number, IDocumentRenderer renderer)
    {
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        if (CreditNoteEndpoints.File(found.State, number, renderer) is not { } file) return SharedLink.Unknown();
        PageHeaders.Guard(http);
        return file;
    }

    /// <summary>The one that was frozen with the invoice.</summary>
    private static async Task<IResult> Logo(HttpContext http, string secret, LogoFiles logos) =>
        await Find(http, secret) is { } found && logos.Serve(http, found.State.Issued!.Facts.Look?.Logo) is { } logo
            ? logo
            : SharedLink.Unknown();

    /// <summary>Only of a payment of this invoice.</summary>
    private static async Task<IResult> DownloadReceipt(HttpContext http, string secret, Guid payment, IDocumentRenderer renderer)
    {
        if (await Find(http, secret) is not { } found) return SharedLink.Unknown();
        if (!SharedPayment.Brought(found.State.Issued!, payment)) return SharedLink.Unknown();
        if (await ReceiptEndpoints.File(found.Session, payment, renderer) is not { } file) return SharedLink.Unknown();
        PageHeaders.Guard(http);
        return file;
    }

    private static async ValueTask<Found?> Find(HttpContext http, string secret)
    {
        var queries = http.RequestServices.GetRequiredService<InvoiceQueries>();
        if (await SharedLink.Open(http, secret, queries.FindLink) is not ({ } grant, { } session)) return null;
        var state = await session.Load(Invoice.Stream, grant.DocumentId);
        return state.Issued?.Links.GetValueOrDefault(grant.LinkId) is { IsRevoked: false }
            ? new Found(grant.Book, grant.DocumentId, grant.LinkId, state, await session.Today(), session)
            : null;
    }

    private static async ValueTask<IReadOnlyList<SharedRetainer>> Retainers(HttpContext http, Found found)
    {
        var desk = http.RequestServices.GetRequiredService<RetainerDesk>();
        var retainers = await desk.OfClient(found.Session, found.State.Issued!.Facts.ClientId, found.Today);
        var language = DocumentLanguage.Of(found.State.Issued.Facts.Language);
        return [.. retainers.Select(retainer => SharedRetainer.Of(retainer, language)).OfType<SharedRetainer>()];
    }

    private sealed record Found(
        BookId Book, Guid InvoiceId, Guid LinkId, InvoiceState State, LocalDate Today, BookSession Session);
}
