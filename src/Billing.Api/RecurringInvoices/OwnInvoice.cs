using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Exchange;
using Billing.Api.Invoicing;
using Billing.Api.Mailing;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.RecurringInvoices;
using NodaTime;

namespace Billing.Api.RecurringInvoices;

/// <summary>Takes a draft that the server made by itself as far as its terms say.</summary>
public static class OwnInvoice
{
    /// <param name="mode">One of <see cref="RecurringMode"/>.</param>
    /// <param name="day">The day on the invoice. Closed days stay as they are: one that comes late is dated on the first open one.</param>
    /// <param name="server">Where clients reach this server.</param>
    /// <param name="creditHolderIds">Invoices that credit of the client may stand on.</param>
    public static async ValueTask<Rejection?> Issue(
        BookSession session, Guid invoiceId, string mode, LocalDate day, Uri server, IReadOnlyList<Guid> creditHolderIds)
    {
        if (mode == RecurringMode.Draft) return null;
        var practice = await session.Practice();
        var issuedOn = LocalDate.Max(day, practice.LockedThrough?.PlusDays(1) ?? day);
        var wish = new FinalizeInvoice(invoiceId, issuedOn, session.Context.Now) { CreditHolderIds = creditHolderIds };
        if (await InvoiceCommandHandlers.Finalize(session, wish) is { } refusal) return refusal;
        if (mode == RecurringMode.Finalize) return null;
        var link = NewLink.Make(NamedIds.Of(invoiceId, "link"), server);
        return await SendingCommandHandlers.Send(
            session, new SendInvoiceCommand(session.Context, invoiceId, NamedIds.Of(invoiceId, "mail"), Recipient: null, link));
    }
}
