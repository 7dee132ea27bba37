using Billing.Api.Clients;
using Billing.Api.Commands;
using Billing.Api.Invoicing;
using Billing.Api.Payments;
using Billing.Domain.Clients;
using Billing.Domain.Payments;

namespace Billing.Api.Exchange;

/// <summary>Brings invoices of another program into the books, each whole or not at all, and what was paid on them on its day.</summary>
internal sealed class InvoiceImport(ImportBooks books, string program, Dictionary<string, Guid> clients, bool isDryRun)
{
    private readonly Guid _scope = books.Context.Book.Value;
    private readonly List<string> _newClients = [];

    public async Task<InvoiceImportReport> Run(ForeignInvoices file)
    {
        var (rows, outcomes) = (new List<RowReport>(), new List<string>());
        foreach (var invoice in file.Invoices)
        {
            var (outcome, fault) = invoice.Fault is { } unfit ? ("refused", unfit) : await Bring(invoice);
            outcomes.Add(outcome);
            rows.AddRange(invoice.Rows.Select(row => Report(row, outcome, fault)));
        }
        rows.AddRange(file.Others.Select(row => Report(row, "passed-over", RowFault.OfNoInvoice)));
        return new InvoiceImportReport(
            isDryRun, rows.Count, file.Invoices.Count, Count("imported"), Count("already-there"), Count("refused"), file.Others.Count,
            _newClients, [.. rows.OrderBy(row => row.Row)]);

        int Count(string outcome) => outcomes.Count(found => found == outcome);
    }

    private static RowReport Report(ForeignInvoiceRow row, string outcome, RowFault? fault)
    {
        if (outcome == "imported") fault ??= row.Note;
        return new RowReport(row.Number, row.Line, outcome, row.Text, fault?.Code, fault?.Detail);
    }

    private async Task<(string Outcome, RowFault? Fault)> Bring(ForeignInvoice foreign)
    {
        var (client, unknown) = await ClientOf(foreign);
        if (unknown is not null) return ("refused", unknown);
        var id = NamedIds.Of(_scope, "foreign-invoice", program, foreign.Client, foreign.Number);
        var at = books.Context.Now;
        var brought = await books.Send(new BringInvoiceCommand(books.Context, foreign.Wish(id, client, program, at)));
        if (brought is not CommandResult.Done { Events.Count: var written }) return ("refused", RowFault.Of(brought));
        foreach (var payment in foreign.Payments)
        {
            var paid = await books.Send(new RecordPaymentCommand(books.Context, new RecordPayment(
                IdOf(foreign, payment), id, payment.Amount, PaymentMethods.Other, payment.PaidOn, $"Paid in {program}", at)));
            if (paid is not CommandResult.Done { Events.Count: var booked })
                return (written > 0 ? "imported" : "already-there", new RowFault("payment-not-brought", RowFault.Of(paid).Detail));
            written += booked;
        }
        return (written > 0 ? "imported" : "already-there", null);
    }

    private Guid IdOf(ForeignInvoice foreign, ForeignPayment payment) => payment.Reference is { } reference
        ? NamedIds.Of(_scope, "foreign-payment", program, foreign.Client, foreign.Number, reference)
        : NamedIds.Of(_scope, "foreign-payment", program, foreign.Client, foreign.Number);

    private async Task<(Guid Id, RowFault? Fault)> ClientOf(ForeignInvoice foreign)
    {
        if (clients.TryGetValue(foreign.Client, out var known)) return (known, null);
        var id = NamedIds.Of(_scope, "client", foreign.Client);
        var result = await books.Send(new AddClientCommand(
            books.Context, new AddClient(id, foreign.Client, null, [], foreign.Currency.Code, null, books.Context.Now)));
        if (result is not CommandResult.Done) return (id, RowFault.Of(result));
        clients[foreign.Client] = id;
        _newClients.Add(foreign.Client);
        return (id, null);
    }
}

/// <summary>What an import did, or would do, with every row of a file of invoices.</summary>
/// <param name="IsDryRun">True where nothing was written.</param>
/// <param name="Imported">Invoices that are in the books now, or were paid there since an earlier run.</param>
/// <param name="AlreadyThere">Invoices that an earlier run had brought in.</param>
/// <param name="Refused">Invoices that were left out; each of their rows says why.</param>
/// <param name="PassedOver">Rows that are of no invoice, such as the expenses of a ledger.</param>
/// <param name="Rows">Every row in the order of the file.</param>
public sealed record InvoiceImportReport(
    bool IsDryRun, int RowCount, int InvoiceCount, int Imported, int AlreadyThere, int Refused, int PassedOver,
    IReadOnlyList<string> NewClients, IReadOnlyList<RowReport> Rows);
