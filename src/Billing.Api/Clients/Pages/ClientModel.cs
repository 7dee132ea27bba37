using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Invoicing;
using Billing.Api.Invoicing.Share;
using Billing.Api.Ledger;
using Billing.Api.Pages;
using Billing.Api.Retainers;
using Billing.Projections.Clients;
using Billing.Projections.Invoicing;

namespace Billing.Api.Clients.Pages;

/// <summary>What there is to know of one client today.</summary>
/// <param name="Waiting">What an invoice over everything that waits would say now.</param>
/// <param name="Invoices">With a number, the newest first.</param>
/// <param name="Years">That there are statements of, the newest first.</param>
/// <param name="Path">Of the page.</param>
public sealed record ClientModel(
    ClientView Client, PreviewView Waiting, IReadOnlyList<SharedAccountInvoice> Invoices, IReadOnlyList<SharedRetainer> Retainers,
    IReadOnlyList<int> Years, string Path)
{
    /// <returns>Null where there is no such client.</returns>
    internal static async ValueTask<ClientModel?> Of(QueryCall call, PageWords words)
    {
        var id = call.RouteId();
        if (call.Service<ClientQueries>().Client(call.Book, id) is not { } client) return null;
        if ((await InvoiceQueryEndpoints.Unbilled(call)).View is not { } waiting) return null;
        var (today, path) = (PracticeDay.Of(call), $"/clients/{id:D}");
        var issued = call.Service<InvoiceQueries>().Issued(call.Book, id);
        return new ClientModel(
            client, waiting,
            [
                .. issued.Select(invoice => SharedAccountInvoice.Of(
                    invoice, today, words.Written, $"{path}/invoices/{invoice.Number}.pdf") with { Further = Seen(invoice, words) }),
            ],
            await SharedRetainer.OfClient(call.Service<RetainerDesk>(), call.Session(), id, today, words.Written, issued),
            [.. StatementEndpoints.YearsOf(issued, today)], path);
    }

    /// <summary>Where something is still to be paid: whether it was sent, and seen.</summary>
    private static string Seen(InvoiceView invoice, PageWords words) => invoice switch
    {
        { Open.IsPositive: false } => "",
        { ViewedAt: not null } => words["client.viewed"],
        { SentAt: not null } => words["client.sent"],
        _ => words["client.not-sent"],
    };
}
