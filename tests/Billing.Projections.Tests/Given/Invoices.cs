using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>Invoices to write down in one line. Their number is the one of <see cref="Ids"/> of kind 7.</summary>
internal static class Invoices
{
    public static (string, object) Drafted(int invoice, Guid client) => (
        $"invoice-{Ids.Of(7, invoice):D}",
        new InvoiceEvent.InvoiceDrafted(
            Ids.Of(7, invoice), client, "USD", [], [], null, new LocalDate(2026, 6, 30), null, Practice.Now));

    public static (string, object)[] Finalized(
        int invoice, Guid client, long total, LocalDate dueOn, IReadOnlyList<InvoiceLine>? lines = null, long retainerApplied = 0) =>
    [
        Drafted(invoice, client),
        ($"invoice-{Ids.Of(7, invoice):D}", new InvoiceEvent.InvoiceFinalized(
            Ids.Of(7, invoice), client, InvoiceKind.Work, $"INV-2026-{invoice}", "USD", dueOn.PlusDays(-30), dueOn,
            lines ?? [new InvoiceLine(1, LineKind.Time, Ids.Inbox, 3600, total, total, [], null)], total, null,
            retainerApplied, null, RoundingPolicy.Exact, [], [], null, Practice.Now)),
    ];
}
