using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain.Invoicing;
using Billing.Domain.Quotes;
using Billing.EventStore.Port;
using Billing.Projections.Documents;
using Billing.Projections.Mailing;
using Billing.Projections.Paging;
using Billing.Projections.Quotes;

namespace Billing.Api.Invoicing;

/// <summary>Everything about one invoice, to be handed to a bank or a lawyer.</summary>
public static class DisputePackEndpoint
{
    private const Role Keepers = Role.Owner | Role.Bookkeeper;

    public static void MapDisputePack(this IEndpointRouteBuilder v1) => v1
        .MapGet("/invoices/{id:guid}/dispute-pack.zip", (Delegate)Zip)
        .WithMetadata(new AllowedRoles(Keepers))
        .Produces(200, contentType: "application/zip");

    private static async Task<IResult> Zip(HttpContext http, Guid id, IDocumentRenderer renderer)
    {
        var (caller, refusal) = await Admission.Admit(http, Keepers);
        if (caller is null) return refusal!.AsResult();
        var call = new QueryCall(http, caller);
        if (await call.WaitForOwnWrites() is { } behind) return behind.AsResult();
        var session = call.Session();
        var state = await session.Load(Invoice.Stream, id);
        if (state.Issued is not { } issued) return InvoiceQueryEndpoints.WithoutDocument(state).AsResult();
        var mails = call.Service<MailQueries>().OfInvoice(call.Book, id).Select(mail => mail.MailId);
        var history = await InvoiceHistory.Read(
            call.Service<IEventStore>(), call.Book, id, mails, await QuoteOf(call, session, issued), call.Aborted);
        var pack = new DisputePack(session, history, issued, state is InvoiceState.Voided, renderer);
        return Results.File(await pack.Make(), "application/zip", $"dispute-pack-{issued.Facts.Number}.zip");
    }

    /// <summary>The quote that became the invoice or the work on it; null where there is none.</summary>
    private static async ValueTask<Guid?> QuoteOf(QueryCall call, BookSession session, IssuedInvoice issued)
    {
        var engagements = issued.Facts.Lines.Select(line => line.EngagementId).OfType<Guid>().ToHashSet();
        var filter = new QuoteFilter(PracticeDay.Of(call), issued.Facts.ClientId);
        for (Guid? cursor = null; ;)
        {
            var page = call.Service<QuoteQueries>().Quotes(call.Book, filter, new PageRequest(cursor, PageRequest.MostItems));
            foreach (var view in page.Items)
            {
                if ((await session.Load(Quote.Stream, view.QuoteId)).Turned is not { } turned) continue;
                var isOfIt = turned.InvoiceId == issued.Facts.InvoiceId
                    || (turned.EngagementId is { } engagement && engagements.Contains(engagement))
                    || (turned.RetainerId is { } retainer && retainer == issued.Facts.RetainerId);
                if (isOfIt) return view.QuoteId;
            }
            if (page.Next is not { } next) return null;
            cursor = next;
        }
    }
}
