using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Invoicing;
using Billing.Api.Invoicing.Share;
using Billing.Api.Ledger;
using Billing.Api.Pages;
using Billing.Api.Retainers;
using Billing.Projections.Clients;
using Billing.Projections.Invoicing;
using NodaTime;

namespace Billing.Api.Clients.Pages;

/// <summary>What there is to know of one client today.</summary>
/// <param name="Waiting">What an invoice over everything that waits would say now.</param>
/// <param name="Invoices">With a number, the newest first.</param>
/// <param name="Years">That there are statements of, the newest first.</param>
public sealed record ClientModel(
    ClientView Client, LocalDate Today, PreviewView Waiting, IReadOnlyList<InvoiceView> Invoices, IReadOnlyList<SharedRetainer> Retainers,
    IReadOnlyList<int> Years)
{
    private const int MostInvoices = 500;

    /// <returns>Null where there is no such client.</returns>
    internal static async ValueTask<ClientModel?> Of(QueryCall call, PageWords words)
    {
        var id = call.RouteId();
        if (call.Service<ClientQueries>().Client(call.Book, id) is not { } client) return null;
        if ((await InvoiceQueryEndpoints.Unbilled(call)).View is not { } waiting) return null;
        var today = PracticeDay.Of(call);
        var invoices = call.Service<InvoiceQueries>().Issued(call.Book, id, MostInvoices);
        var numbers = invoices.ToDictionary(invoice => invoice.InvoiceId, invoice => invoice.Number!);
        var retainers = await call.Service<RetainerDesk>().OfClient(call.Session(), id, today);
        return new ClientModel(
            client, today, waiting, invoices,
            [.. retainers.Select(retainer => SharedRetainer.Of(retainer, words.Written, numbers)).OfType<SharedRetainer>()],
            [
                .. invoices.Select(invoice => invoice.IssuedOn!.Value.Year).Append(today.Year)
                    .Where(year => StatementEndpoints.YearOf(year, today) is not null).Distinct().OrderDescending(),
            ]);
    }
}
