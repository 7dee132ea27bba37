using Billing.Api.Banking;
using Billing.Api.Commands;
using Billing.Api.Invoicing;
using Billing.Api.Mailing;
using Billing.Domain.Banking;
using Billing.Domain.Invoicing;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Demo;

/// <content>What was mailed, what the bank says, and what was given up. Without a mail server the mails lie in a folder.</content>
public sealed partial class DemoPractice
{
    /// <param name="open">Of the last month, and mailed.</param>
    /// <param name="late">Mailed, and reminded of.</param>
    /// <param name="final">Mailed, and paid by a bank line.</param>
    private async Task Correspond(Guid open, Guid late, Guid final, CancellationToken cancellationToken)
    {
        await Mail(open, LastDay.PlusDays(1));
        await Mail(late, new LocalDate(2026, 5, 29));
        await Mail(final, new LocalDate(2026, 6, 30));
        await CatchUp(cancellationToken);
        var due = services.GetRequiredService<InvoiceQueries>().Open(_book);
        var overdue = due.Single(invoice => invoice.InvoiceId == late);
        var reminded = overdue.DueOn!.Value.PlusDays(7);
        var (reminder, link) = (_newId(), NewLink.Make(_newId(), address));
        await Send(At(reminded, 9), c => new SendReminderCommand(c, late, reminder, 7, reminded, [overdue], link));

        var paid = due.Single(invoice => invoice.InvoiceId == final);
        var payment = await Match(final, paid.Open, paid.DueOn!.Value, paid.Number!);
        await Send(At(paid.DueOn.Value.PlusDays(1), 9), c => new SendReceiptCommand(c, payment, _newId(), Recipient: null));
        var waiting = due.Single(invoice => invoice.InvoiceId == open);
        await BringIn(LastDay.PlusDays(6), waiting.Open, "ACME DENTAL LLC", $"Invoice {waiting.Number}");
        var interest = await BringIn(LastDay.PlusDays(6), new Money(3_17, Currency.Usd), "Lone Star Bank", "Interest paid");
        await Send(At(LastDay.PlusDays(7), 9), c => new ChangeBankLineCommand(
            c, interest, state => BankLine.Decide(state, new SetBankLineAside(interest, "Interest, no client's money", c.Now))));
    }

    private Task<CommandResult.Done> Mail(Guid invoice, LocalDate day)
    {
        var (mail, link) = (_newId(), NewLink.Make(_newId(), address));
        return Send(At(day, 9, 40), c => new SendInvoiceCommand(c, invoice, mail, Recipient: null, link));
    }

    /// <summary>One amount of a bank statement.</summary>
    private async Task<Guid> BringIn(LocalDate day, Money amount, string payer, string text)
    {
        var line = _newId();
        await Send(At(day, 7), c => new ImportBankLineCommand(
            c, new ImportBankLine(line, "Operating account", day, amount, payer, text, null, c.Now)));
        return line;
    }

    private async Task<Guid> Match(Guid invoice, Money amount, LocalDate day, string number)
    {
        var (payment, line) = (_newId(), await BringIn(day, amount, "Erlenhof Verlag GmbH", $"Rechnung {number}"));
        await Send(At(day, 8), c => new ConfirmMatchCommand(c, new ConfirmMatch(line, [invoice], c.Now), [payment]));
        return payment;
    }

    /// <summary>A small invoice that never was paid.</summary>
    private async Task GiveUp(DemoClient client)
    {
        var (invoice, day) = (_newId(), new LocalDate(2026, 5, 18));
        await Send(At(day, 9), c => new DraftInvoiceCommand(c, new DraftInvoice(invoice, client.ClientId, [], [], null, day, null, c.Now)
        {
            Fees = [new FeeWish("Flyer for the open day", new Money(48_00, Currency.Usd), null)],
        }));
        await Send(At(day, 9), c => new FinalizeInvoiceCommand(c, new FinalizeInvoice(invoice, day, c.Now)));
        await Send(At(LastDay, 9), c => new WriteOffInvoiceCommand(c, new WriteOffInvoice(
            invoice, "The order was placed by a former partner.", LastDay, c.Now)));
    }

    /// <summary>Until the read models know of everything that was sent.</summary>
    private async Task CatchUp(CancellationToken cancellationToken)
    {
        var head = await services.GetRequiredService<IEventStore>().HeadPosition(cancellationToken);
        await services.GetRequiredService<ProjectionRunner>().WaitFor(head, TimeSpan.FromSeconds(30), cancellationToken);
    }
}
