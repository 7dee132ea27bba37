using System.Globalization;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Api.Ledger;
using Billing.Api.Pages;
using Billing.Api.Payments;
using Billing.Api.Retainers;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.EventStore.Port;
using Billing.Projections.Documents;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Reports;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Billing.Api.Invoicing.Share;

/// <summary>
/// What the bearer of a share link can do: see the invoice, download it, pay it; and, where the link was made to open the account,
/// the same with the client's other invoices, and read what the account says. Nothing of other clients is in reach.
/// </summary>
public static class ShareEndpoints
{
    private const int MostFormBytes = 4096;
    private const int MostOthers = 5;
    private static readonly PublicEndpoint Why =
        PublicEndpoint.Because("the link's 256 random bits are the key to this one client's invoices");

    public static void MapSharePages(this WebApplication app)
    {
        app.MapGet("/paid", IResult (HttpContext http) =>
        {
            PageHeaders.Guard(http);
            return new RazorComponentResult<BackFromCheckout>(new { Words = PageWords.For(http.Request) });
        }).WithMetadata(PublicEndpoint.Because("it tells nothing of anyone's books"));
        app.MapInvoice("/i/{secret}");
        app.MapInvoice("/i/{secret}/invoices/{invoice}");
        app.MapGet("/i/{secret}/account", (Delegate)ShowAccount).WithMetadata(Why);
        app.MapGet("/i/{secret}/statement.pdf", (Delegate)DownloadStatement).WithMetadata(Why);
    }

    private static void MapInvoice(this WebApplication app, string path)
    {
        app.MapGet(path, (Delegate)Show).WithMetadata(Why);
        app.MapPost($"{path}/pay", (Delegate)Pay).WithMetadata(Why);
        app.MapPost($"{path}/collection/withdraw", (Delegate)Withdraw).WithMetadata(Why);
        app.MapGet($"{path}/invoice.pdf", (Delegate)Download).WithMetadata(Why);
        app.MapGet($"{path}/logo", (Delegate)Logo).WithMetadata(Why);
        app.MapGet($"{path}/receipts/{{payment:guid}}/receipt.pdf", (Delegate)DownloadReceipt).WithMetadata(Why);
        app.MapGet($"{path}/credit-notes/{{number}}", (Delegate)ShowCreditNote).WithMetadata(Why);
        app.MapGet($"{path}/credit-notes/{{number}}/credit-note.pdf", (Delegate)DownloadCreditNote).WithMetadata(Why);
    }

    private static async Task<IResult> Show(HttpContext http, string secret, string? invoice)
    {
        if (await SharedInvoiceLink.Find(http, secret, invoice) is not { } found) return SharedLink.Unknown();
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
        var issued = found.Issued(http);
        var retainers = await SharedRetainer.OfClient(
            http.RequestServices.GetRequiredService<RetainerDesk>(), found.Session, found.ClientId, found.Today, language, issued);
        var model = SharedInvoiceModel.Of(found.State, retainers, found.Today, takesPayments, found.Path, message) with
        {
            Collection = takesPayments ? await SharedCollection.Of(found.Session, found.State, account, language, found.Path) : null,
            AccountPath = found.AccountPath,
            Others = !found.OpensAccount ? [] :
            [
                .. issued.Where(other => other.InvoiceId != found.InvoiceId).Take(MostOthers)
                    .Select(other => SharedAccountInvoice.Of(other, found.Today, language, found.PathOf(other.Number!))),
            ],
        };
        PageHeaders.Guard(http);
        return new RazorComponentResult<InvoicePage>(new { Invoice = model });
    }

    /// <summary>
    /// The first look is a fact of the invoice; one with a token is the practice's own preview and is none. The page is shown
    /// whether or not it could be written down.
    /// </summary>
    private static async ValueTask NoteView(HttpContext http, SharedInvoiceLink found)
    {
        if (found.IsOther || found.State.Issued is not { ViewedAt: null }
            || http.Request.Headers.ContainsKey(HeaderNames.Authorization)) return;
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

    private static async Task<IResult> Pay(HttpContext http, string secret, string? invoice, CheckoutDesk desk)
    {
        if (await SharedInvoiceLink.Find(http, secret, invoice) is not { } found) return SharedLink.Unknown();
        var path = found.Path;
        var (form, isTooLarge) = await RequestBody.Read(http.Request, MostFormBytes, http.RequestAborted);
        if (isTooLarge) return Problem.Of(413, "body-too-large", $"The body is over {MostFormBytes} bytes.").AsResult();
        var language = DocumentLanguage.Of(found.State.Issued!.Facts.Language);
        var outcome = await desk.Open(
            found.Session.Context.Book, $"share:{found.LinkId:D}", found.InvoiceId,
            http.Request.Query["part"] == "due" ? found.Today : null, SharedCollection.ConsentIn(form, language),
            PublicAddress.Of(http, $"{path}?back=paid"), PublicAddress.Of(http, $"{path}?back=cancelled"), http.RequestAborted);
        PageHeaders.Guard(http);
        http.Response.Headers.Location = outcome.Match(
            url => url.ToString(),
            rejection => rejection.Code == "invoice-already-paid" ? path : $"{path}?back=unavailable");
        return Results.StatusCode(303);
    }

    /// <summary>Whoever has the link may stop charges, as they may pay: the agreement was given in the same way.</summary>
    private static async Task<IResult> Withdraw(HttpContext http, string secret, string? invoice, CommandBus bus)
    {
        if (await SharedInvoiceLink.Find(http, secret, invoice) is not { } found) return SharedLink.Unknown();
        var context = found.Session.Context;
        var wish = new WithdrawCollection(ConsentWays.SharePage, context.Now);
        var command = new WithdrawCollectionCommand(context, found.State.Issued!.Facts.ClientId, wish);
        await bus.Send(context, () => command, http.RequestAborted);
        PageHeaders.Guard(http);
        http.Response.Headers.Location = $"{found.Path}?back=withdrawn";
        return Results.StatusCode(303);
    }

    private static async Task<IResult> Download(HttpContext http, string secret, string? invoice, IDocumentRenderer renderer)
    {
        if (await SharedInvoiceLink.Find(http, secret, invoice) is not { } found) return SharedLink.Unknown();
        var pays = await http.RequestServices.GetRequiredService<PracticeAccounts>().TakesPayments(found.Session);
        PageHeaders.Guard(http);
        return InvoiceQueryEndpoints.File(found.State, renderer, pays ? PublicAddress.Of(http, found.Path).ToString() : null);
    }

    private static async Task<IResult> ShowCreditNote(HttpContext http, string secret, string? invoice, string number)
    {
        if (await SharedInvoiceLink.Find(http, secret, invoice) is not { } found) return SharedLink.Unknown();
        if (SharedInvoiceModel.OfCreditNote(found.State, number, found.Path) is not { } model) return SharedLink.Unknown();
        PageHeaders.Guard(http);
        return new RazorComponentResult<InvoicePage>(new { Invoice = model });
    }

    private static async Task<IResult> DownloadCreditNote(
        HttpContext http, string secret, string? invoice, string number, IDocumentRenderer renderer)
    {
        if (await SharedInvoiceLink.Find(http, secret, invoice) is not { } found) return SharedLink.Unknown();
        if (CreditNoteEndpoints.File(found.State, number, renderer) is not { } file) return SharedLink.Unknown();
        PageHeaders.Guard(http);
        return file;
    }

    /// <summary>The one that was frozen with the invoice.</summary>
    private static async Task<IResult> Logo(HttpContext http, string secret, string? invoice, LogoFiles logos) =>
        await SharedInvoiceLink.Find(http, secret, invoice) is { } found
        && logos.Serve(http, found.State.Issued!.Facts.Look?.Logo) is { } logo
            ? logo
            : SharedLink.Unknown();

    /// <summary>Only of a payment of this invoice.</summary>
    private static async Task<IResult> DownloadReceipt(
        HttpContext http, string secret, string? invoice, Guid payment, IDocumentRenderer renderer)
    {
        if (await SharedInvoiceLink.Find(http, secret, invoice) is not { } found) return SharedLink.Unknown();
        if (!found.State.Issued!.Payments.ContainsKey(payment)) return SharedLink.Unknown();
        if (await ReceiptEndpoints.File(found.Session, payment, renderer) is not { } file) return SharedLink.Unknown();
        PageHeaders.Guard(http);
        return file;
    }

    private static async Task<IResult> ShowAccount(HttpContext http, string secret)
    {
        if (await SharedInvoiceLink.Find(http, secret, other: null) is not { AccountPath: not null } found) return SharedLink.Unknown();
        PageHeaders.Guard(http);
        return new RazorComponentResult<AccountPage>(new { Account = await SharedAccountModel.Of(http, found) });
    }

    /// <summary>The year so far, or a year before it.</summary>
    private static async Task<IResult> DownloadStatement(HttpContext http, string secret, IDocumentRenderer renderer)
    {
        if (await SharedInvoiceLink.Find(http, secret, other: null) is not { AccountPath: not null } found) return SharedLink.Unknown();
        var year = found.Today.Year;
        if (http.Request.Query["year"].ToString() is { Length: > 0 } wished
            && !int.TryParse(wished, NumberStyles.None, CultureInfo.InvariantCulture, out year)
            || StatementEndpoints.YearOf(year, found.Today) is not var (from, through))
        {
            return Problem.NotFound("statement of this year").AsResult();
        }
        var model = await http.RequestServices.GetRequiredService<PracticeBooks>().Ask(
            found.Session.Context.Book, book => PrintedStatement.Of(book, found.ClientId, from, through), http.RequestAborted);
        PageHeaders.Guard(http);
        return model is null ? SharedLink.Unknown() : StatementEndpoints.File(model, renderer);
    }
}
