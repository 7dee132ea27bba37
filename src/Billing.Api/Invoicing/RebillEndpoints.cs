using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using Billing.Projections.Paging;
using NodaTime;

namespace Billing.Api.Invoicing;

/// <param name="Fingerprint">Of the proposal that was looked at.</param>
public sealed record DropRebillBody([property: Text(64)] string Fingerprint);

/// <param name="Fingerprint">Of the proposal that was looked at.</param>
/// <param name="Way">credit-and-rebill or delta.</param>
/// <param name="RefundDue">Of what is credited and was paid before: what is owed back to the client.</param>
/// <param name="ClientCredit">Of the same: what is kept as the client's credit.</param>
/// <param name="SettledOutside">Of the same: what was given back by hand. The three add up to it.</param>
/// <param name="IssuedOn">The day on the new documents; left out, today in the practice's zone.</param>
/// <param name="InvoiceId">Of the new invoice, where there is one.</param>
/// <param name="CreditNoteId">Of the credit note, where there is one.</param>
public sealed record AcceptRebillBody(
    [property: Text(64)] string Fingerprint,
    [property: Text(20), OneOf(typeof(RebillWay), nameof(RebillWay.All))] string Way, Money? RefundDue = null, Money? ClientCredit = null,
    Money? SettledOutside = null, LocalDate? IssuedOn = null, Guid? InvoiceId = null, Guid? CreditNoteId = null);

/// <param name="NewInvoiceId">Null where there is no new invoice, likewise its number.</param>
/// <param name="CreditNoteId">Null where nothing is credited, likewise its number.</param>
public sealed record AcceptedRebill(
    Guid Id, long Version, long? Position, Guid? NewInvoiceId, string? Number, Guid? CreditNoteId, string? CreditNoteNumber)
    : Receipt(Id, Version, Position);

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

        v1.Command<AcceptRebillBody>("/invoices/{id:guid}:accept-rebill", Role.Owner, call => new AcceptRebillCommand(
                call.Context, new AcceptRebill(
                    call.RouteId(), call.Body.Fingerprint, call.Body.Way, call.IdOrNew(call.Body.InvoiceId),
                    call.IdOrNew(call.Body.CreditNoteId),
                    new CreditSettlement(call.Body.RefundDue, call.Body.ClientCredit, call.Body.SettledOutside),
                    call.Body.IssuedOn ?? PracticeDay.Of(call), call.Now)),
            (call, done) =>
            {
                var (invoice, note) = (done.Find<InvoiceEvent.InvoiceFinalized>(), done.Find<InvoiceEvent.CreditNoteIssued>());
                return new Answer(new AcceptedRebill(
                    call.RouteId(), done.Version, Answers.Position(done), invoice?.InvoiceId, invoice?.Number, note?.CreditNoteId,
                    note?.Number));
            });
    }

    public static async ValueTask<Rebilling> Rebill(BookSession session, InvoiceState invoice) =>
        invoice is InvoiceState.Finalized { Invoice: { Facts.Kind: InvoiceKind.Work } issued }
            ? Rebilling.Of(invoice, await InvoiceSources.Load(session, issued))
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
