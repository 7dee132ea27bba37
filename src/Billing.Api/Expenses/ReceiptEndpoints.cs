using System.Text;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Api.Http;
using Billing.Domain.Expenses;
using Billing.Projections.Expenses;
using Microsoft.Net.Http.Headers;

namespace Billing.Api.Expenses;

/// <summary>Receipts come as the bare file and go out as an attachment, never as something a browser shows as a page.</summary>
public static class ReceiptEndpoints
{
    public static void MapReceipts(this IEndpointRouteBuilder v1)
    {
        // It takes any media type: what a file is, its content says, and phones say all kinds of things.
        v1.MapPost("/expenses/{id:guid}/receipts", (Delegate)Attach)
            .WithMetadata(new AllowedRoles(Role.Everyone), new TakesCommand(), new QueryParameters("fileName"))
            .Accepts<Stream>("*/*")
            .Produces<Receipt>();

        v1.MapGet("/expenses/{id:guid}/receipts/{hash}", (Delegate)Fetch)
            .WithMetadata(new AllowedRoles(Role.Everyone))
            .Produces<Stream>(200, ReceiptType.All[0], [.. ReceiptType.All.Skip(1)]);

        v1.Query<ListView<ReceiptFileView>>("/expenses/{id:guid}/receipts", Role.Everyone, call => new(
            Lists.All(OwnExpenses.MaySee(call, call.RouteId()) ? call.Service<ReceiptQueries>().Of(call.Book, call.RouteId()) : [])));

        v1.Command<NoBody>("/expenses/{id:guid}/receipts/{hash}:remove", Role.Everyone, call => new RemoveReceiptCommand(
                call.Context, call.RouteId(), new RemoveReceipt(
                    (string)call.Http.Request.RouteValues["hash"]!, call.Now, OwnExpenses.OnlyOf(call.Caller))),
            (_, done) => Answers.Changed(done));
    }

    private static async Task<IResult> Attach(HttpContext http, Guid id, IReceiptFiles files, CommandBus bus, BillingOptions options)
    {
        var (caller, refusal) = await Admission.Admit(http, Role.Everyone);
        if (caller is null) return refusal!.AsResult();
        if (http.Request.ContentLength > options.ReceiptMaxBytes) return TooLarge(options).AsResult();
        using var receipt = await files.Take(http.Request.Body, options.ReceiptMaxBytes, http.RequestAborted);
        if (Unfit(receipt, options) is { } unfit) return unfit.AsResult();
        var (context, errors) = EndpointMapping.Context(http, caller, Encoding.ASCII.GetBytes(receipt.Hash));
        if (errors.Count > 0) return Problem.BadRequest(errors).AsResult();

        var fileName = http.Request.Query["fileName"].ToString() is { Length: > 0 } name ? name : null;
        var wish = new AttachReceipt(
            receipt.Hash, receipt.Bytes, receipt.MediaType!, fileName, context.Now, OwnExpenses.OnlyOf(caller));
        // What would be refused leaves no file behind. The file comes before the event that speaks of it: a file too many
        // harms nobody, one too few is a lost receipt.
        var tried = await Send(context with { DryRun = true });
        if (context.DryRun || tried is CommandResult.Refused or CommandResult.Stale) return Render(http, tried, receipt.Hash);
        receipt.Keep();
        return Render(http, await Send(context), receipt.Hash);

        async Task<CommandResult> Send(CommandContext under) =>
            (await bus.Send(under, () => new AttachReceiptCommand(under, id, wish), http.RequestAborted))!;
    }

    private static async Task<IResult> Fetch(HttpContext http, Guid id, string hash, IReceiptFiles files)
    {
        var (caller, refusal) = await Admission.Admit(http, Role.Everyone);
        if (caller is null) return refusal!.AsResult();
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        return await call.AskTwice(asked => Task.FromResult(File(http, asked, files, id, hash, isShown: false)));
    }

    /// <summary>The file as it was sent, of the type that its content says.</summary>
    /// <param name="isShown">Whether a browser may show it where it is a picture.</param>
    internal static IResult File(HttpContext http, QueryCall call, IReceiptFiles files, Guid id, string hash, bool isShown)
    {
        if (!OwnExpenses.MaySee(call, id) || call.Service<ReceiptQueries>().Receipt(call.Book, id, hash) is not { } receipt)
            return Problem.NotFound("receipt").AsResult();
        if (files.Open(receipt.Hash) is not { } content)
        {
            return Problem.Of(
                404, "receipt-file-missing", "The books know this receipt, but its file is not there; restore the folder of receipts.")
                .AsResult();
        }
        http.Response.Headers.XContentTypeOptions = "nosniff";
        var fileName = receipt.FileName ?? $"receipt-{hash[..8]}{ReceiptType.Extension(receipt.MediaType)}";
        return Results.File(
            content, receipt.MediaType, isShown && ReceiptType.IsShownByBrowsers(receipt.MediaType) ? null : fileName,
            entityTag: new EntityTagHeaderValue($"\"{receipt.Hash}\""));
    }

    /// <summary>Why a file that came in is not kept as a receipt; null where it can be.</summary>
    internal static Problem? Unfit(IncomingReceipt receipt, BillingOptions options) => receipt switch
    {
        { IsTooLarge: true } => TooLarge(options),
        { Bytes: 0 } => Problem.Of(Expense.EmptyReceipt),
        { MediaType: null } => Problem.Of(ReceiptType.Unknown),
        _ => null,
    };

    private static Problem TooLarge(BillingOptions options) => Problem.Of(
        413, "body-too-large", $"The file is over {options.ReceiptMaxBytes} bytes; send a smaller one.");

    private static IResult Render(HttpContext http, CommandResult result, string hash) => EndpointMapping.Render(
        http, result, done => new Answer(
            new Receipt(Answers.IdOf(done), done.Version, Answers.Position(done)),
            $"/v1/expenses/{Answers.IdOf(done):D}/receipts/{hash}"));
}
