using System.Globalization;
using Billing.Api.Commands;
using Billing.Api.Exchange;
using Billing.Domain;
using Billing.Domain.Mailing;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Clients;
using Billing.Projections.Invoicing;
using Billing.Projections.Mailing;
using NodaTime;

namespace Billing.Api.Mailing;

/// <param name="StepDays">Days after the due day, negative before it.</param>
/// <param name="DueOn">Of the instalment, where it is paid in such.</param>
/// <param name="Open">Likewise.</param>
/// <param name="Recipient">Null where the client has no address, so that nobody can be reminded.</param>
/// <param name="IsReturning">Whether mail to the address comes back, so that none is sent until it is corrected.</param>
public sealed record DueReminder(
    Guid InvoiceId, string Number, Guid ClientId, int StepDays, LocalDate DueOn, Money Open, string? Recipient, bool IsReturning)
{
    /// <summary>Counted from 1; null where the invoice is due all at once.</summary>
    public int? Instalment { get; init; }
}

/// <param name="MailId">Null where nothing was put into the outbox.</param>
/// <param name="Refusal">Why not; null where it was.</param>
public sealed record SentReminder(Guid InvoiceId, string Number, int StepDays, Guid? MailId, string? Refusal);

/// <summary>
/// Finds the reminders that are due and puts them into the outbox. An invoice and a step give the id of the mail, so that one
/// reminder goes out for them, whoever asks and however often.
/// </summary>
public sealed class ReminderDesk(InvoiceQueries invoices, MailQueries mails, ClientQueries clients, CommandBus bus)
{
    private static readonly Rejection Returning = new(
        "address-returning", "Mail to the client's address came back. Correct it, or send one of the mails to it again.");

    public IReadOnlyList<DueReminder> Due(BookId book, MailPolicyState policy, LocalDate today) =>
        Due(book, policy, today, invoices.Open(book));

    private List<DueReminder> Due(BookId book, MailPolicyState policy, LocalDate today, IReadOnlyList<InvoiceView> open)
    {
        var due = new List<DueReminder>();
        var returning = mails.ReturningAddresses(book);
        foreach (var invoice in open)
        {
            var recipient = clients.Client(book, invoice.ClientId)?.Email;
            foreach (var (part, dueOn, amount) in Parts(invoice))
            {
                if (ReminderSteps.DueOn(today, dueOn, policy.ReminderDays) is not { } step) continue;
                if (IsReminded(book, invoice.InvoiceId, part, step, policy)) continue;
                due.Add(new DueReminder(
                    invoice.InvoiceId, invoice.Number!, invoice.ClientId, step, dueOn, amount, recipient,
                    recipient is not null && returning.Contains(recipient))
                {
                    Instalment = part,
                });
            }
        }
        return due;
    }

    private static IEnumerable<(int? Instalment, LocalDate DueOn, Money Open)> Parts(InvoiceView invoice) => invoice.Instalments.Count == 0
        ? [(null, invoice.DueOn!.Value, invoice.Open)]
        : invoice.Instalments.Where(part => part.Open.IsPositive).Select(part => ((int?)part.Number, part.DueOn, part.Open));

    /// <summary>Of that step or a later one. Of instalments, the ids of the mails tell them apart.</summary>
    private bool IsReminded(BookId book, Guid invoiceId, int? instalment, int step, MailPolicyState policy)
    {
        var sent = mails.OfInvoice(book, invoiceId);
        if (instalment is not { } number) return sent.Any(mail => mail.StepDays >= step);
        var later = policy.ReminderDays.Append(step).Where(day => day >= step).Select(day => MailIdOf(invoiceId, number, day)).ToHashSet();
        return sent.Any(mail => later.Contains(mail.MailId));
    }

    private static Guid MailIdOf(Guid invoiceId, int? instalment, int step)
    {
        var days = step.ToString(CultureInfo.InvariantCulture);
        return NamedIds.Of(
            invoiceId, "reminder", instalment is { } number ? string.Create(CultureInfo.InvariantCulture, $"{number}:{days}") : days);
    }

    /// <param name="newContext">Of one command each.</param>
    public async Task<IReadOnlyList<SentReminder>> SendDue(
        BookId book, MailPolicyState policy, LocalDate today, Uri server, Func<CommandContext> newContext,
        CancellationToken cancellationToken)
    {
        var sent = new List<SentReminder>();
        var open = invoices.Open(book);
        var byClient = open.ToLookup(invoice => invoice.ClientId);
        foreach (var due in Due(book, policy, today, open))
        {
            if (due.IsReturning)
            {
                sent.Add(new SentReminder(due.InvoiceId, due.Number, due.StepDays, null, Returning.Code));
                continue;
            }
            var context = newContext();
            var mailId = MailIdOf(due.InvoiceId, due.Instalment, due.StepDays);
            var link = NewLink.Make(NamedIds.Of(mailId, "link"), server);
            var command = new SendReminderCommand(
                context, due.InvoiceId, mailId, due.StepDays, today, [.. byClient[due.ClientId]], link)
            {
                Instalment = due.Instalment,
            };
            var result = await bus.Send(context, () => command, cancellationToken);
            sent.Add(new SentReminder(
                due.InvoiceId, due.Number, due.StepDays,
                result is CommandResult.Done or CommandResult.Preview ? mailId : null, WhyNot(result)));
        }
        return sent;
    }

    private static string? WhyNot(CommandResult? result) => result switch
    {
        CommandResult.Done or CommandResult.Preview => null,
        CommandResult.Refused { Rejection: var why } => why.Code,
        _ => "overloaded",
    };
}
