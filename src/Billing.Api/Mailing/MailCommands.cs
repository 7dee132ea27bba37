using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Mailing;
using Billing.Domain.Quotes;
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
            return session.Record(Mail.Stream, wish.MailId, Mail.Decide(mail, wish, await SubjectOf(session, mail)));
        }, cancellationToken);
    }

    private static async ValueTask<MailSubject> SubjectOf(BookSession session, MailState mail) => new(
        mail.Asked?.InvoiceId is { } invoice ? await session.Load(Invoice.Stream, invoice) : Invoice.Stream.Initial,
        mail.Asked?.Quote is { } quote ? await session.Load(Quote.Stream, quote.QuoteId) : Quote.Stream.Initial,
        await session.Today());

    /// <summary>A mail with an invoice that was taken is a fact of the invoice too, in the same append.</summary>
    public Task<CommandResult> Handle(ChangeMailCommand request, CancellationToken cancellationToken) => runner.Run(
        request.Context, Mail.Stream.Name(request.MailId), async session =>
        {
            var mail = await session.Load(Mail.Stream, request.MailId);
            var decision = request.Decide(mail);
            if (session.Record(Mail.Stream, request.MailId, decision) is { } refusal) return refusal;
            var isSent = decision is Decision<MailEvent>.Accepted { Events: [MailEvent.MailHandedOver, ..] };
            if (!isSent || mail.Asked is not { Kind: MailKind.Invoice, InvoiceId: { } invoiceId }) return null;
            var invoice = await session.Load(Invoice.Stream, invoiceId);
            return session.Record(
                Invoice.Stream, invoiceId, Invoice.Decide(invoice, new NoteInvoiceSent(invoiceId, request.MailId, request.Context.Now)));
        }, cancellationToken);

    public Task<CommandResult> Handle(SetMailPolicyCommand request, CancellationToken cancellationToken) => runner.RunOn(
        MailPolicy.Stream, request.Context.Book.Value, request.Context, state => MailPolicy.Decide(state, request.Wish), cancellationToken);
}
