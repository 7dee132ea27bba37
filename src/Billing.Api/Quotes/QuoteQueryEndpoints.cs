using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Clients;
using Billing.Domain.Quotes;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using Billing.Projections.Mailing;
using Billing.Projections.Quotes;

namespace Billing.Api.Quotes;

/// <param name="Lines">As it says now.</param>
/// <param name="AcceptedBy">Who said so.</param>
/// <param name="Options">Numbers of the optional lines that were taken.</param>
/// <param name="DeclinedBecause">What was said; null where nothing was.</param>
/// <param name="Links">The links ever made to it, the revoked ones too.</param>
public sealed record QuoteDetail(
    QuoteView Quote, IReadOnlyList<QuoteLineView> Lines, string? Note, string? AcceptedBy, IReadOnlyList<int>? Options,
    string? DeclinedBecause, IReadOnlyList<QuoteLinkView> Links)
{
    /// <summary>Every mail about it, the failed ones and those that came back too.</summary>
    public IReadOnlyList<MailView> Mails { get; init; } = [];
}

/// <param name="Description">Null once it is erased.</param>
public sealed record QuoteLineView(int LineNumber, string? Description, string Quantity, Money UnitPrice, Money Amount, bool IsOptional);

public static class QuoteQueryEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapQuoteQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<QuoteView>>("/quotes", Keepers, call => new(call.Paged(call.Service<QuoteQueries>().Quotes(
            call.Book, new QuoteFilter(PracticeDay.Of(call), call.Id("client"), call.OneOf("status", QuoteStatus.All)), call.Page()))),
            "client", "status", "cursor", "limit");

        v1.Query<QuoteDetail>("/quotes/{id:guid}", Keepers, Detail);

        v1.MapGet("/quotes/{id:guid}/pdf", (Delegate)Pdf)
            .WithMetadata(new AllowedRoles(Keepers))
            .Produces(200, contentType: "application/pdf");
    }

    /// <summary>The file of what was sent last; null where nothing was.</summary>
    internal static IResult? File(QuoteState quote, ClientState client, IDocumentRenderer renderer)
    {
        if (quote.Sent is not { } sent) return null;
        var model = PrintedQuote.Of(sent, quote.Currency, DocumentLanguage.Of(client.Details?.Language));
        var name = sent.Name.Replace('/', '-');
        return Results.File(renderer.Render(model).Pdf, "application/pdf", $"{name}.pdf");
    }

    private static ValueTask<QueryAnswer<QuoteDetail>> Detail(QueryCall call) => call.Detail(
        "quote", Quote.Stream, () => call.Service<QuoteQueries>().Quote(call.Book, call.RouteId(), PracticeDay.Of(call)),
        view => view.Version, (view, quote, _) => ValueTask.FromResult(DetailOf(call, view, quote)));

    private static QuoteDetail DetailOf(QueryCall call, QuoteView view, QuoteState quote)
    {
        var content = quote.Content;
        return new QuoteDetail(
            view,
            [
                .. content.Lines.Select((line, i) => new QuoteLineView(
                    line.LineNumber, content.Descriptions?[i], QuoteQuantity.Text(line.QuantityThousandths),
                    new Money(line.UnitPriceMinor, quote.Currency), new Money(line.AmountMinor, quote.Currency), line.IsOptional)),
            ],
            content.Note, quote.Accepted?.AcceptedBy, quote.Accepted?.Options, quote.Declined?.Reason,
            call.Service<QuoteQueries>().Links(call.Book, view.QuoteId))
        {
            Mails = call.Service<MailQueries>().OfQuote(call.Book, view.QuoteId),
        };
    }

    private static async Task<IResult> Pdf(HttpContext http, Guid id, IDocumentRenderer renderer)
    {
        var (caller, problem) = await Admission.Admit(http, Keepers);
        if (caller is null) return problem!.AsResult();
        var session = new QueryCall(http, caller).Session();
        var quote = await session.Load(Quote.Stream, id);
        if (quote.Drafted is not { } drafted) return Problem.NotFound("quote").AsResult();
        return File(quote, await session.Load(Client.Stream, drafted.ClientId), renderer)
            ?? Problem.Of(new Rejection("quote-not-sent", "The quote was not sent yet. Send it first.")).AsResult();
    }
}
