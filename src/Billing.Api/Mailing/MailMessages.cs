using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Api.Payments;
using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using Billing.Domain.Quotes;
using Billing.Projections.Documents;
using Billing.Projections.EInvoicing;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Payments;
using Billing.Projections.Quotes;
using Billing.Projections.Reports;
using MimeKit;
using NodaTime.Text;

namespace Billing.Api.Mailing;

/// <summary>Makes the message of a mail: its frozen texts, and documents made of frozen facts.</summary>
public sealed class MailMessages(IDocumentRenderer renderer, PracticeBooks books, PracticeAccounts accounts, BillingOptions options)
{
    /// <exception cref="FormatException">An address can't be used.</exception>
    public async Task<MimeMessage> Of(BookSession session, MailState mail)
    {
        var asked = mail.Asked ?? throw new ArgumentException("There is no such mail.", nameof(mail));
        var texts = asked.Texts ?? throw new FormatException("The texts of the mail were erased.");
        var sender = MailboxAddress.Parse(options.Mail.Sender);
        var message = new MimeMessage
        {
            // The same at each attempt, so that whoever gets a second copy can tell.
            MessageId = $"{asked.MailId:N}@{sender.Domain}",
            Date = asked.AskedAt.ToDateTimeOffset(),
            Subject = texts.Subject,
        };
        message.From.Add(new MailboxAddress(texts.SenderName, sender.Address));
        if (texts.ReplyTo is { } replyTo) message.ReplyTo.Add(new MailboxAddress(texts.SenderName, replyTo));
        message.To.Add(new MailboxAddress(texts.RecipientName, mail.Recipient ?? throw new FormatException("The recipient was erased.")));
        var body = new BodyBuilder { TextBody = texts.Body };
        foreach (var attachment in asked.Attachments)
        {
            var (name, pdf) = await Document(session, asked, attachment);
            body.Attachments.Add($"{name}.pdf", pdf, new ContentType("application", "pdf"));
            if (await XRechnung(session, asked, attachment) is { } xml)
                body.Attachments.Add($"{name}.xml", xml, new ContentType("application", "xml"));
        }
        message.Body = body.ToMessageBody();
        // Readable as it lies there; on the way to a server that can't take it, it is encoded.
        foreach (var text in message.BodyParts.OfType<TextPart>()) text.ContentTransferEncoding = ContentEncoding.EightBit;
        return message;
    }

    private async Task<(string Name, byte[] Pdf)> Document(
        BookSession session, MailEvent.MailAsked asked, MailAttachment attachment)
    {
        switch (attachment.Kind)
        {
            case MailAttachmentKind.Invoice:
                var invoice = await session.Load(Invoice.Stream, attachment.Id);
                var payAt = await accounts.TakesPayments(session) ? asked.Texts?.Link : null;
                var model = EInvoice.Printed(invoice.Issued!.Facts, payAt, invoice is InvoiceState.Voided);
                return (model.Number, renderer.Render(model).Pdf);
            case MailAttachmentKind.CreditNote:
                var (credited, note) = await CreditNote(session, asked, attachment);
                return (note.Number, renderer.Render(EInvoice.Printed(credited, note)).Pdf);
            case MailAttachmentKind.Quote:
                var quote = await session.Load(Quote.Stream, attachment.Id);
                var (sent, language) = (quote.Sent!, DocumentLanguage.Of(asked.Language));
                return (sent.Name.Replace('/', '-'), renderer.Render(PrintedQuote.Of(sent, quote.Currency, language)).Pdf);
            case MailAttachmentKind.Receipt:
                var paid = (await session.Load(Invoice.Stream, asked.InvoiceId!.Value)).Issued!;
                var receipt = PrintedReceipt.Of(await session.Load(Payment.Stream, attachment.Id), paid)!;
                return ($"{receipt.Language.Word("receipt-title")} {receipt.InvoiceNumber}", renderer.Render(receipt).Pdf);
            case MailAttachmentKind.Statement:
                var (from, through) = (attachment.From!.Value, attachment.Through!.Value);
                var statement = await books.Ask(
                    session.Context.Book, book => PrintedStatement.Of(book, attachment.Id, from, through), CancellationToken.None);
                var title = statement!.Language.Word("statement");
                return ($"{title} {LocalDatePattern.Iso.Format(statement.Through)}", renderer.Render(statement).Pdf);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>The file beside the PDF of a client who gets XRechnung; a reminder repeats none.</summary>
    private static async ValueTask<byte[]?> XRechnung(BookSession session, MailEvent.MailAsked asked, MailAttachment attachment)
    {
        const string format = EInvoiceFormat.XRechnung;
        switch (asked.Kind, attachment.Kind)
        {
            case (MailKind.Invoice, MailAttachmentKind.Invoice):
                var facts = (await session.Load(Invoice.Stream, attachment.Id)).Issued!.Facts;
                return facts.EInvoice?.Buyer?.Format == format && EInvoiceCheck.Refuse(facts, format) is null
                    ? EInvoice.Xml(facts, format)
                    : null;
            case (MailKind.CreditNote, MailAttachmentKind.CreditNote):
                var (invoice, note) = await CreditNote(session, asked, attachment);
                return invoice.EInvoice?.Buyer?.Format == format && EInvoiceCheck.Refuse(invoice, note, format) is null
                    ? EInvoice.Xml(invoice, note, format)
                    : null;
            default:
                return null;
        }
    }

    private static async ValueTask<(InvoiceEvent.InvoiceFinalized Invoice, InvoiceEvent.CreditNoteIssued Note)> CreditNote(
        BookSession session, MailEvent.MailAsked asked, MailAttachment attachment)
    {
        var issued = (await session.Load(Invoice.Stream, asked.InvoiceId!.Value)).Issued!;
        return (issued.Facts, issued.CreditNotes[attachment.Id].Facts);
    }
}
