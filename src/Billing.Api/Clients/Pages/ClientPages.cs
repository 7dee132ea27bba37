using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Invoicing;
using Billing.Api.Ledger;
using Billing.Api.Pages;
using Billing.Api.Reports;
using Billing.Domain.Invoicing;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;
using Billing.Projections.Ledger.Journal;

namespace Billing.Api.Clients.Pages;

/// <summary>One client as whoever keeps the practice sees them: what waits, what was billed, what retainers have left.</summary>
public static class ClientPages
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;
    private const string Path = "/clients/{id:guid}";

    public static void MapClientPages(this WebApplication app)
    {
        app.MapGet(Path, (Delegate)Show).WithMetadata(PageSession.Why, new QueryParameters("through", "retainer"));
        app.MapGet($"{Path}/invoices/{{number}}.pdf", (Delegate)DownloadInvoice).WithMetadata(PageSession.Why);
        app.MapGet($"{Path}/statements/{{year:int}}.pdf", (Delegate)DownloadStatement).WithMetadata(PageSession.Why);
    }

    private static async Task<IResult> Show(HttpContext http)
    {
        var (call, instead) = await PageCall.For(http, Keepers);
        if (call is null) return instead!;
        var words = PageWords.For(http.Request);
        return await ClientModel.Of(call, words) is { } client
            ? PageAnswers.Page<ClientPage>(http, new { Words = words, call.Caller, Client = client })
            : Problem.NotFound("client").AsResult();
    }

    private static async Task<IResult> DownloadInvoice(HttpContext http, Guid id, string number, IDocumentRenderer renderer)
    {
        var (call, instead) = await PageCall.For(http, Keepers);
        if (call is null) return instead!;
        if (call.Service<InvoiceQueries>().WithNumber(call.Book, id, number) is not { } invoice)
            return Problem.NotFound("invoice").AsResult();
        var state = await call.Session().Load(Invoice.Stream, invoice);
        PageHeaders.Guard(http);
        return InvoiceQueryEndpoints.File(state, renderer);
    }

    private static async Task<IResult> DownloadStatement(HttpContext http, Guid id, int year, IDocumentRenderer renderer)
    {
        var (call, instead) = await PageCall.For(http, Keepers);
        if (call is null) return instead!;
        if (StatementEndpoints.YearOf(year, PracticeDay.Of(call)) is not var (from, through))
            return Problem.NotFound("statement of this year").AsResult();
        var model = await BookReading.Ask(call, book => PrintedStatement.Of(book, id, from, through));
        PageHeaders.Guard(http);
        return model is null ? Problem.NotFound("client").AsResult() : StatementEndpoints.File(model, renderer);
    }
}
