using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using MediatR;

namespace Billing.Api.Mailing;

public sealed record ClaimMailCommand(CommandContext Context, ClaimMail Wish) : ICommand;

/// <summary>What became of a mail, or what shall.</summary>
public sealed record ChangeMailCommand(
    CommandContext Context, Guid MailId, Func<MailState, Decision<MailEvent>> Decide) : ICommand;

public sealed record SetMailPolicyCommand(CommandContext Context, SetMailPolicy Wish) : ICommand;

public sealed class MailCommandHandlers(CommandRunner runner) :
    IRequestHandler<ClaimMailCommand, CommandResult>,
    IRequestHandler<ChangeMailCommand, CommandResult>,
    IRequestHandler<SetMailPolicyCommand, CommandResult>
{
    public Task<CommandResult> Handle(ClaimMailCommand request, CancellationToken cancellationToken)
    {
        var wish = request.Wish;
        return runner.Run(request.Context, Mail.Stream.Name(wish.MailId), async session =>
        {
            var mail = await session.Load(Mail.Stream, wish.MailId);
            var invoice = mail.Asked is { } asked ? await session.Load(Invoice.Stream, asked.InvoiceId) : Invoice.Stream.Initial;
            return session.Record(Mail.Stream, wish.MailId, Mail.Decide(mail, wish, invoice));
        }, cancellationToken);
    }

    /// <summary>A mail with an invoice that was taken is a fact of the invoice too, in the same append.</summary>
    public Task<CommandResult> Handle(ChangeMailCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Mail.Stream.Name(request.MailId), async session =>
        {
            var mail = await session.Load(Mail.Stream, request.MailId);
            var decision = request.Decide(mail);
            if (session.Record(Mail.Stream, request.MailId, decision) is { } refusal) return refusal;
            var isSent = decision is Decision<MailEvent>.Accepted { Events: [MailEvent.MailHandedOver, ..] };
            if (!isSent || mail.Asked is not { Kind: MailKind.Invoice, InvoiceId: var invoiceId }) return null;
            var invoice = await session.Load(Invoice.Stream, invoiceId);
            return session.Record(
                Invoice.Stream, invoiceId, Invoice.Decide(invoice, new NoteInvoiceSent(invoiceId, request.MailId, request.Context.Now)));
        }, cancellationToken);

    public Task<CommandResult> Handle(SetMailPolicyCommand request, CancellationToken cancellationToken) => runner.RunOn(
        MailPolicy.Stream, request.Context.Book.Value, request.Context, state => MailPolicy.Decide(state, request.Wish), cancellationToken);
}
