using Billing.Api.Commands;
using Billing.Api.Exchange;
using Billing.Api.Hosting;
using Billing.Domain.Access;
using Billing.Domain.Mailing;
using Billing.EventStore.Port;
using Billing.Projections.Mailing;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.Mailing;

/// <summary>
/// Goes round the practices that mail by themselves: a receipt for each new payment, word of each charge that failed, and each day the
/// reminders that are due.
/// What a mail is about gives its id, so that going round again, or on two servers, sends nothing twice.
/// </summary>
public sealed class MailRounds(
    MailQueries mails, ReminderDesk reminders, CommandBus bus, IEventStore store, StateCache cache, ProjectionRunner projections,
    BillingOptions options, ReachableAddress address, IClock clock, Func<Guid> newId, ILogger<MailRounds> log)
    : Rounds(Pause, "Receipts and reminders could not be sent", log)
{
    private const string Actor = "mail-rounds";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private readonly Dictionary<BookId, LocalDate> remindedOn = [];

    /// <summary>One round, over what the read models know now.</summary>
    public async Task Go(CancellationToken cancellationToken)
    {
        foreach (var practice in mails.Practices())
        {
            if (practice.SendsReceipts) await SendReceipts(practice, cancellationToken);
            if (practice.SendsFailedCharges) await TellFailures(practice, cancellationToken);
            if (practice.SendsReminders) await Remind(practice.Book, cancellationToken);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Mail.Sends ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override Task Round(CancellationToken cancellationToken) =>
        projections.Health is ProjectionHealth.Standby ? Task.CompletedTask : Go(cancellationToken);

    private async Task SendReceipts(MailingPractice practice, CancellationToken cancellationToken)
    {
        foreach (var payment in mails.WithoutReceipt(practice.Book, practice.SetAt))
        {
            var context = Context(practice.Book);
            var command = new SendReceiptCommand(context, payment, NamedIds.Of(payment, "receipt"), Recipient: null);
            await bus.Send(context, () => command, cancellationToken);
        }
    }

    private async Task TellFailures(MailingPractice practice, CancellationToken cancellationToken)
    {
        if (address.Now is not { } server) return;
        foreach (var payment in mails.FailedUntold(practice.Book, practice.SetAt))
        {
            var context = Context(practice.Book);
            var mailId = NamedIds.Of(payment, MailKind.FailedCharge);
            var command = new TellFailedChargeCommand(
                context, payment, mailId, NamedIds.Of(payment, MailKind.FailedChargeNotice),
                NewLink.Make(NamedIds.Of(mailId, "link"), server));
            await bus.Send(context, () => command, cancellationToken);
        }
    }

    /// <summary>Once a day is enough: a step is due for days. After a restart it is looked again.</summary>
    private async Task Remind(BookId book, CancellationToken cancellationToken)
    {
        var context = Context(book);
        var session = new BookSession(store, cache, context, cancellationToken);
        if (await session.Load(Business.Stream, book.Value) is not BusinessState.Open practice) return;
        var today = practice.DayOf(context.Now);
        if (remindedOn.GetValueOrDefault(book) == today || address.Now is not { } server) return;
        var policy = await session.Load(MailPolicy.Stream, book.Value);
        await reminders.SendDue(book, policy, today, server, () => Context(book), cancellationToken);
        remindedOn[book] = today;
    }

    private CommandContext Context(BookId book) => new(book, Actor, clock.GetCurrentInstant(), newId());
}
