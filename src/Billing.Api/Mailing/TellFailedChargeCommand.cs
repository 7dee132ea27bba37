using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Payments;
using MediatR;

namespace Billing.Api.Mailing;

/// <param name="PaymentId">A charge without the client that failed.</param>
/// <param name="MailId">Of the mail to the client.</param>
/// <param name="NoticeId">Of the one to the practice itself.</param>
public sealed record TellFailedChargeCommand(
    CommandContext Context, Guid PaymentId, Guid MailId, Guid NoticeId, NewLink Link) : ICommand;

/// <summary>
/// Tells the client and the practice, whichever of them has an address, in one append. The practice is told in the language in which it
/// writes to that client: of its own it has said none.
/// </summary>
public sealed class TellFailedChargeCommandHandler(CommandRunner runner) : IRequestHandler<TellFailedChargeCommand, CommandResult>
{
    public Task<CommandResult> Handle(TellFailedChargeCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Mail.Stream.Name(request.MailId), async session =>
        {
            await session.Load(Mail.Stream, request.MailId);
            if (await session.Load(Payment.Stream, request.PaymentId) is not PaymentState.Online
                { Automatic: { } charge, Stage: PaymentStage.Failed failed } payment)
            {
                return new Rejection("payment-unknown", "There is no such charge that failed.", Kind: RejectionKind.NotFound);
            }
            var invoice = await session.Load(Invoice.Stream, payment.InvoiceId);
            if (Invoice.NotPayable(invoice, payment.InvoiceId) is { } refusal) return refusal;
            if (charge.WantedMinor(invoice.Issued!) == 0)
                return new Rejection("nothing-open", "Nothing that was to be collected is open any more, so nobody is told.");
            var letter = await Correspondence.Of(session, invoice);
            var next = CollectionSchedule.NextAfter(charge.TryNumber(), failed);
            var end = next is null ? "over" : "again";
            (string, string)[] values =
            [
                ("amount", letter.Wording.Amount(payment.Amount)), ("reason", failed.Reason),
                ("again", next is { } at ? letter.Wording.Day(letter.Head.Practice.DayOf(at)) : ""),
            ];
            if (letter.Address is { } client)
            {
                var (linkId, link, share) = await request.Link.For(session, invoice.Issued!);
                var ask = SendingCommandHandlers.Ask(
                    request.MailId, MailKind.FailedCharge, letter, client, letter.Write($"failed-charge-{end}", link, values),
                    request.Context.Now) with
                {
                    PaymentId = request.PaymentId,
                    LinkId = linkId,
                };
                if (await SendingCommandHandlers.Record(session, ask, invoice, share) is { } unfit) return unfit;
            }
            if (letter.Head.Practice.Email is not { } own) return null;
            var texts = letter.Write($"failed-charge-notice-{end}", link: null, values);
            var notice = SendingCommandHandlers.Ask(
                request.NoticeId, MailKind.FailedChargeNotice, letter, own, texts with { RecipientName = texts.SenderName },
                request.Context.Now) with
            {
                PaymentId = request.PaymentId,
            };
            return await SendingCommandHandlers.Record(session, notice, invoice, share: null);
        }, cancellationToken);
}
