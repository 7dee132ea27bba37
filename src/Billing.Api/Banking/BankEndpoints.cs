using System.Text;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Exchange;
using Billing.Api.Http;
using Billing.Domain.Banking;
using Billing.Domain.Values;
using Billing.Projections.Access;
using Billing.Projections.Banking;
using Billing.Projections.Paging;

namespace Billing.Api.Banking;

/// <param name="InvoiceIds">Each gets its open balance in this order, the last one what is left.</param>
public sealed record ConfirmMatchBody(IReadOnlyList<Guid> InvoiceIds);

/// <param name="PaymentIds">Payments that were written down before; together they must come to the amount.</param>
public sealed record LinkPaymentsBody(IReadOnlyList<Guid> PaymentIds);

public sealed record SetAsideBody([property: Text(BankLine.MaxTextLength)] string? Reason = null);

/// <param name="Proposals">What it might pay, the likeliest first; none once it is matched or set aside.</param>
public sealed record BankLineDetail(BankLineView Line, IReadOnlyList<MatchProposal> Proposals);

/// <summary>Money that came into the bank account, and what it pays.</summary>
public static class BankEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;
    private const int MaxFileBytes = 32 * 1024 * 1024;

    public static void MapBanking(this IEndpointRouteBuilder v1)
    {
        v1.MapPost("/bank-statements", (Delegate)Import)
            .WithMetadata(new AllowedRoles(Keepers), new QueryParameters("account", "currency", "dateForm", "decimal", "dryRun"))
            .Accepts<string>("*/*")
            .Produces<BankImportReport>();

        v1.Query<ListView<BankLineDetail>>("/bank-lines", Keepers, call =>
        {
            var filter = new BankLineFilter(
                call.OneOf("status", BankLineStatus.All), call.Date("from"), call.Date("to")?.PlusDays(1));
            var page = call.Service<BankQueries>().Lines(call.Book, filter, call.Page());
            return new(call.Paged(new Page<BankLineDetail>(WithProposals(call, page.Items), page.Next)));
        }, "status", "from", "to", "cursor", "limit");

        v1.Query<BankLineDetail>("/bank-lines/{id:guid}", Keepers, call =>
        {
            var line = call.Service<BankQueries>().Line(call.Book, call.RouteId());
            return new(Lists.One(line is null ? null : WithProposals(call, [line])[0], "bank line", found => found.Line.Version));
        });

        v1.Command<ConfirmMatchBody>("/bank-lines/{id:guid}:confirm", Keepers, call => new ConfirmMatchCommand(
                call.Context, new ConfirmMatch(call.RouteId(), call.Body.InvoiceIds, call.Now),
                [.. call.Body.InvoiceIds.Select(id => NamedIds.Of(call.RouteId(), "payment", id.ToString("D")))]),
            (_, done) => Answers.Changed(done));

        v1.Command<LinkPaymentsBody>("/bank-lines/{id:guid}:link", Keepers, call => new LinkPaymentsCommand(
                call.Context, new LinkPayments(call.RouteId(), call.Body.PaymentIds, call.Now)),
            (_, done) => Answers.Changed(done));

        v1.Command<SetAsideBody>("/bank-lines/{id:guid}:set-aside", Keepers, call => new ChangeBankLineCommand(
                call.Context, call.RouteId(),
                state => BankLine.Decide(state, new SetBankLineAside(call.RouteId(), call.Body.Reason, call.Now))),
            (_, done) => Answers.Changed(done));

        v1.Command<NoBody>("/bank-lines/{id:guid}:take-up", Keepers, call => new ChangeBankLineCommand(
                call.Context, call.RouteId(), state => BankLine.Decide(state, new TakeBankLineUp(call.RouteId(), call.Now))),
            (_, done) => Answers.Changed(done));
    }

    private static List<BankLineDetail> WithProposals(QueryCall call, IReadOnlyList<BankLineView> lines)
    {
        var open = lines.Any(line => line.Status == BankLineStatus.Open) ? call.Service<BankQueries>().OpenInvoices(call.Book) : [];
        return
        [
            .. lines.Select(line => new BankLineDetail(
                line,
                line.Status == BankLineStatus.Open ? MatchFinder.Find(line.Amount, line.Payer, line.Text, open) : [])),
        ];
    }

    private static async Task<IResult> Import(HttpContext http)
    {
        var (caller, refusal) = await Admission.Admit(http, Keepers);
        if (caller is null) return refusal!.AsResult();
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        var form = Form(call);
        var isDryRun = call.Flag("dryRun") ?? false;
        if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors).AsResult();
        var (bytes, tooLarge) = await RequestBody.Read(http.Request, MaxFileBytes, http.RequestAborted);
        if (tooLarge) return Problem.Of(413, "body-too-large", "The file is over 32 MiB; split it.").AsResult();
        if (Rows(bytes, form) is not { } rows)
        {
            return Problem.Of(
                422, "not-a-bank-statement",
                "The file is no OFX, no camt.053 and no table whose first line names a day and an amount.").AsResult();
        }
        var context = new CommandContext(call.Book, caller.Actor, call.Now, call.Service<Func<Guid>>()());
        var books = isDryRun
            ? await ScratchBooks.CopyOf(http.RequestServices, call.Book, http.RequestAborted)
            : call.Service<CommandBus>();
        var import = new BankImport(context, command => books.Send(context, () => command, http.RequestAborted));
        var report = await import.Run(rows, isDryRun);
        await call.NoteWrites();
        return Results.Json(report, ApiJson.Options);
    }

    private static CsvForm Form(QueryCall call)
    {
        var currency = call.Text("currency") ?? call.Service<AccessQueries>().Business(call.Book)!.Currency.Code;
        if (!Currency.TryOf(currency, out _)) call.Refuse("currency", "malformed", "currency is an ISO 4217 code, such as USD.");
        return new CsvForm(
            call.OneOf("dateForm", [.. CsvStatement.DateForms.Keys]) ?? "yyyy-mm-dd",
            call.OneOf("decimal", ["point", "comma"]) == "comma" ? ',' : '.', currency, call.Text("account"));
    }

    /// <summary>Older files are in Latin-1 or Windows-1252 where they are not in UTF-8; the first is a part of the second.</summary>
    private static IReadOnlyList<StatementRow>? Rows(byte[] bytes, CsvForm form)
    {
        var text = Decode(bytes);
        if (text.Contains('\0', StringComparison.Ordinal)) return null;
        if (OfxStatement.IsOfx(text)) return OfxStatement.Read(text);
        if (text.TrimStart().StartsWith('<')) return CamtStatement.Read(text);
        try
        {
            return CsvStatement.Read(text, form);
        }
        catch (CsvHelper.CsvHelperException)
        {
            return null;
        }
    }

    private static string Decode(byte[] bytes)
    {
        try
        {
            var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
            using var reader = new StreamReader(new MemoryStream(bytes), strict, detectEncodingFromByteOrderMarks: true);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
