using System.Globalization;
using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Mailing;
using Billing.Domain;
using Billing.Domain.Mailing;
using Billing.Domain.Taxes;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using MediatR;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>Puts a reminder of estimated tax, to the practice itself, into the outbox.</summary>
/// <param name="AsOf">The day of the estimate.</param>
public sealed record SendTaxReminderCommand(
    CommandContext Context, Guid MailId, MailedInstalment Instalment, Money Amount, LocalDate AsOf) : ICommand;

public sealed class SendTaxReminderHandler(CommandRunner runner) : IRequestHandler<SendTaxReminderCommand, CommandResult>
{
    public Task<CommandResult> Handle(SendTaxReminderCommand request, CancellationToken cancellationToken)
    {
        var context = request.Context;
        return runner.Run(context, Mail.Stream.Name(request.MailId), async session =>
        {
            var mail = await session.Load(Mail.Stream, request.MailId);
            var practice = await session.Practice();
            var policy = await session.Load(TaxPolicy.Stream, context.Book.Value);
            if ((policy.Recipient ?? practice.Email) is not { } recipient)
                return new Rejection("recipient-missing", "The practice has no e-mail address.", Kind: RejectionKind.Invalid);
            return session.Record(Mail.Stream, request.MailId, Mail.Decide(mail, new AskMail(
                request.MailId, MailKind.TaxReminder, Languages.Default, ClientId: null, InvoiceId: null, PaymentId: null, StepDays: null,
                LinkId: null, recipient, Write(request, practice.Name ?? ""), Attachments: [], context.Now)
            {
                TaxInstalment = request.Instalment,
            }));
        }, cancellationToken);
    }

    private static MailTexts Write(SendTaxReminderCommand request, string practice)
    {
        var (subject, body) = MailTemplates.Fill(Languages.Default, "tax-reminder", new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["practice"] = practice,
            ["quarter"] = request.Instalment.Quarter.ToString(CultureInfo.InvariantCulture),
            ["year"] = request.Instalment.Year.ToString(CultureInfo.InvariantCulture),
            ["dueDay"] = PrintedText.Of(request.Instalment.DueOn),
            ["amount"] = PrintedText.Of(request.Amount),
            ["asOf"] = PrintedText.Of(request.AsOf),
        });
        return new MailTexts(practice, null, practice, subject, body, null);
    }
}
