using System.Text;
using Billing.Api.Access;
using Billing.Api.Exchange;
using Billing.Api.Http;
using Billing.Domain.Banking;
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
        var (call, refusal) = await ImportCall.Admit(http, Keepers);
        if (call is null) return refusal!;
        var form = Form(call.Query);
        var isDryRun = call.Query.Flag("dryRun") ?? false;
        if (call.Query.Errors.Count > 0) return Problem.BadRequest(call.Query.Errors).AsResult();
        var (bytes, tooLarge) = await call.ReadFile();
        if (tooLarge is not null) return tooLarge;
        if (Rows(bytes, form) is not { } rows)
        {
            return Problem.Of(
                422, "not-a-bank-statement",
                "The file is no OFX, no camt.053 and no table whose first line names a day and an amount.").AsResult();
        }
        return await call.Answer(await new BankImport(await call.Books(isDryRun)).Run(rows, isDryRun));
    }

    private static CsvForm Form(QueryCall call)
    {
        var currency = call.Currency("currency") ?? call.Service<AccessQueries>().Business(call.Book)!.Currency;
        return new CsvForm(
            call.OneOf("dateForm", WrittenDates.Forms) ?? WrittenDates.Iso,
            call.OneOf("decimal", ["point", "comma"]) == "comma" ? ',' : '.', currency.Code, call.Text("account"));
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
            using var reader = ImportCall.ReaderOf(bytes);
            return reader.ReadToEnd();
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(bytes);
        }
    }
}
