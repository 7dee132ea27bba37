using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Projections.Documents;
using Billing.Projections.EInvoicing;
using Billing.Projections.Ledger.Journal;
using Billing.Projections.Reports;
using MimeKit;
using NodaTime.Text;

namespace Billing.Api.Mailing;

/// <summary>Makes the message of a mail: its frozen texts, and documents made of frozen facts.</summary>
public sealed class MailMessages(IDocumentRenderer renderer, PracticeBooks books, BillingOptions options)
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
            body.Attachments.Add(name, pdf, new ContentType("application", "pdf"));
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
                var model = EInvoice.Printed(
                    invoice.Issued!.Facts, options.Stripe.IsConfigured ? asked.Texts?.Link : null, invoice is InvoiceState.Voided);
                return ($"{model.Number}.pdf", renderer.Render(model).Pdf);
            case MailAttachmentKind.Statement:
                var (from, through) = (attachment.From!.Value, attachment.Through!.Value);
                var statement = await books.Ask(
                    session.Context.Book, book => PrintedStatement.Of(book, attachment.Id, from, through), CancellationToken.None);
                var title = statement!.Language.Word("statement");
                return ($"{title} {LocalDatePattern.Iso.Format(statement.Through)}.pdf", renderer.Render(statement).Pdf);
            default:
                throw new UnreachableException();
        }
    }
}
