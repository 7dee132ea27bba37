using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <summary>A mail with the invoice was handed over.</summary>
public sealed record NoteInvoiceSent(Guid InvoiceId, Guid MailId, Instant At);

/// <summary>Somebody who has the link looked at the invoice.</summary>
public sealed record NoteInvoiceViewed(Guid InvoiceId, Guid LinkId, Instant At);

/// <summary>How an invoice reaches its client.</summary>
public static partial class Invoice
{
    /// <summary>Refuses: <c>invoice-unknown</c>. What has become of the invoice since does not matter.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, NoteInvoiceSent command) => state.Issued switch
    {
        null => Unknown(command.InvoiceId),
        { LastMailId: { } last } when last == command.MailId => Decision<InvoiceEvent>.AlreadyDone,
        _ => new InvoiceSent(command.MailId, command.At),
    };

    /// <summary>Only the first look counts. Refuses: <c>invoice-unknown</c>, <c>link-unknown</c>.</summary>
    public static Decision<InvoiceEvent> Decide(InvoiceState state, NoteInvoiceViewed command)
    {
        if (state.Issued is not { } invoice) return Unknown(command.InvoiceId);
        if (invoice.ViewedAt is not null) return Decision<InvoiceEvent>.AlreadyDone;
        return invoice.Links.GetValueOrDefault(command.LinkId) is { IsRevoked: false }
            ? new InvoiceViewed(command.LinkId, command.At)
            : new Rejection("link-unknown", "The invoice has no such link.", Kind: RejectionKind.NotFound);
    }
}
