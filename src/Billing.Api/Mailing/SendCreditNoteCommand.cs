using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using MediatR;

namespace Billing.Api.Mailing;

/// <param name="Recipient">Null for the client's address.</param>
public sealed record SendCreditNoteCommand(
    CommandContext Context, Guid InvoiceId, Guid CreditNoteId, Guid MailId, string? Recipient) : ICommand;

/// <summary>Puts a mail with a credit note into the outbox.</summary>
public sealed class SendCreditNoteCommandHandler(CommandRunner runner) : IRequestHandler<SendCreditNoteCommand, CommandResult>
{
    private static readonly Rejection NoSuchNote = new(
        "credit-note-unknown", "The invoice has no such credit note.", "/creditNoteId", RejectionKind.NotFound);

    public Task<CommandResult> Handle(SendCreditNoteCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Mail.Stream.Name(request.MailId), async session =>
        {
            await session.Load(Mail.Stream, request.MailId);
            var invoice = await session.Load(Invoice.Stream, request.InvoiceId);
            if (Invoice.NotPayable(invoice, request.InvoiceId) is { } refusal) return refusal;
            if (invoice.Issued!.CreditNotes.GetValueOrDefault(request.CreditNoteId) is not { Facts: var note }) return NoSuchNote;
            var letter = await Correspondence.Of(session, invoice);
            if ((request.Recipient ?? letter.Address) is not { } recipient) return SendingCommandHandlers.NoRecipient;
            var (wording, currency) = (letter.Wording, Currency.Of(note.Currency));
            var texts = letter.Write("credit-note", link: null,
                ("note", note.Number), ("credited", wording.Day(note.IssuedOn)),
                ("total", wording.Amount(new Money(note.TotalMinor, currency))),
                ("settlement", string.Join('\n', PrintedCreditNote.Settlement(note, wording, currency))));
            var ask = SendingCommandHandlers.Ask(request.MailId, MailKind.CreditNote, letter, recipient, texts, request.Context.Now) with
            {
                CreditNoteId = request.CreditNoteId,
                Attachments = [new MailAttachment(MailAttachmentKind.CreditNote, request.CreditNoteId, null, null)],
            };
            return await SendingCommandHandlers.Record(session, ask, invoice, share: null);
        }, cancellationToken);
}
