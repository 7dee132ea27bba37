using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain.Invoicing;
using Billing.Projections.Invoicing;
using Billing.Projections.Paging;

namespace Billing.Api.Invoicing;

/// <param name="Fingerprint">Of the proposal that was looked at.</param>
public sealed record DropRebillBody([property: Text(64)] string Fingerprint);

/// <summary>What finalised invoices would say now. Computed when asked, so that nothing can be out of date.</summary>
public static class RebillEndpoints
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapRebilling(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<RebillView>>("/proposals", Keepers, Proposals, "client", "dropped", "cursor", "limit");

        v1.Query<RebillView>("/invoices/{id:guid}/proposal", Keepers, async call =>
        {
            var session = call.Session();
            var invoice = await session.Load(Invoice.Stream, call.RouteId());
            return invoice is InvoiceState.NotDrafted
                ? Problem.NotFound("invoice")
                : RebillView.Of(call.RouteId(), await Rebill(session, invoice));
        });

        v1.Command<DropRebillBody>("/invoices/{id:guid}:drop-rebill", Role.Owner, call => new DropRebillCommand(
                call.Context, new DropRebill(call.RouteId(), call.Body.Fingerprint, call.Now)),
            (_, done) => Answers.Changed(done));
    }

    public static async ValueTask<Rebilling> Rebill(BookSession session, InvoiceState invoice) =>
        invoice is InvoiceState.Finalized { Invoice.Facts: { Kind: InvoiceKind.Work } facts }
            ? Rebilling.Of(invoice, await InvoiceSources.Load(session, facts))
            : new Rebilling.Unchanged();

    /// <summary>Of a page of invoices those with something to decide: a page may be empty and yet have a next.</summary>
    private static async ValueTask<QueryAnswer<ListView<RebillView>>> Proposals(QueryCall call)
    {
        var page = call.Service<InvoiceQueries>().Invoices(call.Book, new InvoiceFilter(call.Id("client"), null), call.Page());
        var withDropped = call.Flag("dropped") ?? false;
        var session = call.Session();
        var found = new List<RebillView>();
        foreach (var invoice in page.Items.Where(invoice => invoice.Number is not null))
        {
            var view = RebillView.Of(
                invoice.InvoiceId, await Rebill(session, await session.Load(Invoice.Stream, invoice.InvoiceId)));
            if (view.Status is "proposed" or "unclear" || (withDropped && view.Status == "dropped")) found.Add(view);
        }
        return call.Paged(new Page<RebillView>(found, page.Next));
    }
}
