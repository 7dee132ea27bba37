using Billing.Domain.Clients;
using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>What was written to clients, and what became of it.</summary>
internal sealed partial class RandomHistory
{
    /// <summary>A chance of its own, so that the rest of a history stays as it is.</summary>
    private readonly Random mailing = new(13);

    private void WriteOf(Guid quote, Guid client)
    {
        var mail = New(13);
        Add($"mail-{mail:D}", new MailEvent.MailAsked(
            mail, MailKind.Quote, "en", client, null, null, null, null, "a@acme.example",
            new MailTexts("Juniper", null, "Acme", $"Quote {mailing.Next(90)}", "Hello", null),
            [new MailAttachment(MailAttachmentKind.Quote, quote, null, null)], Now)
        { Quote = new MailedQuote(quote, 1) });
    }

    private void Write(Guid invoice, Guid client)
    {
        var mail = New(13);
        var stream = $"mail-{mail:D}";
        Add($"client-{client:D}", new ClientEvent.ClientLanguageSet(mailing.Next(2) == 0 ? "de" : null, Now));
        Add($"client-{client:D}", new ClientEvent.ClientTaxAgreed(null, mailing.Next(2) == 0, null, Now));
        Add($"client-{client:D}", new ClientEvent.EInvoicingAgreed(new EInvoiceBuyer(null, null, "PO", null), Now));
        Add($"mail-policy-{Ids.Of(1, 1):D}", new MailPolicyEvent.MailPolicySet(mailing.Next(2) == 0, true, [-3, 7], Now));
        Add(stream, new MailEvent.MailAsked(
            mail, MailKind.Invoice, "de", client, invoice, null, null, null, $"{mail:N}@acme.example",
            new MailTexts("Juniper", null, "Acme", $"Rechnung {mailing.Next(90)}", "Grüße", null),
            [new MailAttachment(MailAttachmentKind.Invoice, invoice, null, null)], Now));
        if (mailing.Next(4) == 0) return;
        Add(stream, new MailEvent.MailAttempted(1, Now));
        if (mailing.Next(2) == 0)
        {
            Add(stream, mailing.Next(2) == 0
                ? new MailEvent.MailFailed("450 busy", mailing.Next(2) == 0 ? null : Now + Duration.FromMinutes(1), Now)
                : new MailEvent.MailLeftUnknown("gone", null, Now));
            Add(stream, new MailEvent.MailResendAsked(mailing.Next(2) == 0 ? "b@acme.example" : null, Now));
            if (mailing.Next(3) == 0) return;
            Add(stream, new MailEvent.MailAttempted(2, Now));
        }
        Add(stream, new MailEvent.MailHandedOver("250 taken", Now));
        Add($"invoice-{invoice:D}", new InvoiceEvent.InvoiceSent(mail, Now));
        if (mailing.Next(2) == 0) Add($"invoice-{invoice:D}", new InvoiceEvent.InvoiceViewed(New(14), Now));
        if (mailing.Next(3) == 0) Add(stream, new MailEvent.MailBounced("550 no such box", Now));
    }
}
