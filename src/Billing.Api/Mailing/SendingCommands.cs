using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using Billing.Domain.Values;
using Billing.Projections.Invoicing;
using MediatR;
using NodaTime;

namespace Billing.Api.Mailing;

/// <param name="Recipient">Null for the client's address.</param>
public sealed record SendInvoiceCommand(
    CommandContext Context, Guid InvoiceId, Guid MailId, string? Recipient, NewLink Link) : ICommand;

/// <param name="Recipient">Null for the client's address.</param>
public sealed record SendReceiptCommand(CommandContext Context, Guid PaymentId, Guid MailId, string? Recipient) : ICommand;

/// <param name="StepDays">Days after the due day, negative before it.</param>
/// <param name="Open">Everything of the client that is open.</param>
public sealed record SendReminderCommand(
    CommandContext Context, Guid InvoiceId, Guid MailId, int StepDays, LocalDate Today, IReadOnlyList<InvoiceView> Open,
    NewLink Link) : ICommand
{
    /// <summary>The one that is reminded of; null where the invoice is due all at once.</summary>
    public int? Instalment { get; init; }
}

/// <summary>Each puts one mail into the outbox, with what it needs, in one append.</summary>
public sealed class SendingCommandHandlers(CommandRunner runner) :
    IRequestHandler<SendInvoiceCommand, CommandResult>,
    IRequestHandler<SendReceiptCommand, CommandResult>,
    IRequestHandler<SendReminderCommand, CommandResult>
{
    internal static readonly Rejection NoRecipient = new(
        "recipient-missing", "The client has no e-mail address. Send one as recipient, or describe the client with one.",
        "/recipient", RejectionKind.Invalid);

    public Task<CommandResult> Handle(SendInvoiceCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Mail.Stream.Name(request.MailId), session => Send(session, request), cancellationToken);

    public Task<CommandResult> Handle(SendReceiptCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Mail.Stream.Name(request.MailId), async session =>
        {
            await session.Load(Mail.Stream, request.MailId);
            var payment = await session.Load(Payment.Stream, request.PaymentId);
            if (Received(payment) is not { } received)
            {
                return payment is PaymentState.NotStarted
                    ? new Rejection("payment-unknown", "There is no such payment.", Kind: RejectionKind.NotFound)
                    : Payments.ReceiptEndpoints.NotReceived;
            }
            var invoice = await session.Load(Invoice.Stream, received.InvoiceId);
            var letter = await Correspondence.Of(session, invoice);
            if ((request.Recipient ?? letter.Address) is not { } recipient) return NoRecipient;
            var texts = letter.Write("receipt", link: null,
                ("amount", letter.Wording.Amount(received.Amount)), ("received", letter.Wording.Day(received.On)),
                ("open", letter.Wording.Amount(new Money(invoice.OpenMinor, received.Amount.Currency))));
            var ask = Ask(request.MailId, MailKind.Receipt, letter, recipient, texts, request.Context.Now) with
            {
                PaymentId = request.PaymentId,
                Attachments = [new MailAttachment(MailAttachmentKind.Receipt, request.PaymentId, null, null)],
            };
            return await Record(session, ask, invoice, share: null);
        }, cancellationToken);

    public Task<CommandResult> Handle(SendReminderCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Mail.Stream.Name(request.MailId), async session =>
        {
            await session.Load(Mail.Stream, request.MailId);
            var invoice = await session.Load(Invoice.Stream, request.InvoiceId);
            if (Invoice.NotPayable(invoice, request.InvoiceId) is { } refusal) return refusal;
            if (invoice.OpenMinor == 0) return new Rejection("nothing-open", "Nothing is open on the invoice, so nobody is reminded.");
            var letter = await Correspondence.Of(session, invoice);
            if (letter.Address is not { } recipient) return NoRecipient;
            var part = invoice.Issued!.Instalments().FirstOrDefault(part => part.Number == request.Instalment);
            if (part is { OpenMinor: 0 }) return new Rejection("nothing-open", "Nothing is open on the instalment, so nobody is reminded.");
            var (linkId, link, share) = await request.Link.For(session, invoice.Issued!);
            var lines = request.Open.Select(open => letter.Line(open.Number!, open.IssuedOn!.Value, open.DueOn!.Value, open.Open));
            var (dueOn, due) = part is null ? (letter.Facts.DueOn, invoice.OpenMinor) : (part.DueOn, part.OpenMinor);
            var texts = letter.Write(
                request.StepDays < 0 ? "reminder-before" : "reminder-after", link, ("list", string.Join('\n', lines)),
                ("dueDay", letter.Wording.Day(dueOn)), ("due", letter.Wording.Amount(new Money(due, invoice.Issued!.Currency))));
            var first = request.Open.Select(open => open.IssuedOn!.Value).Append(letter.Facts.IssuedOn).Min();
            var ask = Ask(request.MailId, MailKind.Reminder, letter, recipient, texts, request.Context.Now) with
            {
                StepDays = request.StepDays,
                LinkId = linkId,
                Attachments =
                [
                    new MailAttachment(MailAttachmentKind.Invoice, request.InvoiceId, null, null),
                    new MailAttachment(MailAttachmentKind.Statement, letter.Facts.ClientId, first, request.Today),
                ],
            };
            return await Record(session, ask, invoice, share);
        }, cancellationToken);

    internal static async ValueTask<Rejection?> Send(BookSession session, SendInvoiceCommand request)
    {
        await session.Load(Mail.Stream, request.MailId);
        var invoice = await session.Load(Invoice.Stream, request.InvoiceId);
        if (Invoice.NotPayable(invoice, request.InvoiceId) is { } refusal) return refusal;
        var letter = await Correspondence.Of(session, invoice);
        if ((request.Recipient ?? letter.Address) is not { } recipient) return NoRecipient;
        var (linkId, link, share) = await request.Link.For(session, invoice.Issued!);
        var ask = Ask(request.MailId, MailKind.Invoice, letter, recipient, letter.Write("invoice", link), request.Context.Now) with
        {
            LinkId = linkId,
            Attachments = [new MailAttachment(MailAttachmentKind.Invoice, request.InvoiceId, null, null)],
        };
        return await Record(session, ask, invoice, share);
    }

    internal static AskMail Ask(
        Guid mailId, string kind, Correspondence letter, string recipient, MailTexts texts, Instant at) => new(
        mailId, kind, letter.Language, letter.Facts.ClientId, letter.Facts.InvoiceId, PaymentId: null, StepDays: null, LinkId: null,
        recipient, texts, Attachments: [], at);

    /// <summary>The link is made only where the mail is: a retry makes neither.</summary>
    internal static async ValueTask<Rejection?> Record(BookSession session, AskMail ask, InvoiceState invoice, ShareInvoice? share)
    {
        var decision = Mail.Decide(await session.Load(Mail.Stream, ask.MailId), ask);
        if (session.Record(Mail.Stream, ask.MailId, decision) is { } refusal) return refusal;
        return share is null || decision is Decision<MailEvent>.Accepted { Events.Count: 0 }
            ? null
            : session.Record(Invoice.Stream, share.InvoiceId, Invoice.Decide(invoice, share));
    }

    private static (Guid InvoiceId, Money Amount, LocalDate On)? Received(PaymentState payment) => payment switch
    {
        PaymentState.ByHand { Facts: var e } => (e.InvoiceId, new Money(e.AmountMinor, Currency.Of(e.Currency)), e.ReceivedOn),
        PaymentState.Online { Stage: PaymentStage.Succeeded paid } online => (
            online.InvoiceId, new Money(paid.AppliedMinor + paid.CreditMinor, online.Amount.Currency), paid.ReceivedOn),
        _ => null,
    };
}
