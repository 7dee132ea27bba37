using Billing.Api.Commands;
using Billing.Api.Hosting;
using Billing.Domain;
using Billing.Domain.Mailing;
using Billing.EventStore.Port;
using Billing.Projections.Mailing;
using NodaTime;

namespace Billing.Api.Mailing;

/// <summary>
/// Sends what is to be sent, one mail after the other. Several servers may do so at once: a mail goes to the one whose claim its
/// stream accepted, and the claim is on disk before anything is handed over.
/// </summary>
public sealed class Outbox(
    MailQueries mails, MailMessages messages, IMailCarrier carrier, CommandBus bus, IEventStore store, StateCache cache,
    BillingOptions options, IClock clock, Func<Guid> newId, ILogger<Outbox> log)
    : Rounds(Pause, "The outbox could not be worked off", log)
{
    private const string Actor = "outbox";
    private const int Batch = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private RetryPolicy Retries => new(Duration.FromSeconds(options.Mail.RetrySeconds), options.Mail.RetryUnknown);

    /// <summary>One look at everything that waits, as the read models know it now.</summary>
    public async Task Look(CancellationToken cancellationToken)
    {
        foreach (var (book, mail) in mails.Unended(clock.GetCurrentInstant() - 2 * options.Mail.Timeout))
        {
            await Change(book, mail.MailId, (state, at) => Mail.Decide(state, new NoteUnknown(
                mail.MailId, mail.Attempts, "The program ended, or could not write, before the server's answer was written down.",
                Retries, at)));
        }
        foreach (var (book, mail) in mails.ToSend(clock.GetCurrentInstant(), Batch))
        {
            if (cancellationToken.IsCancellationRequested) return;
            await Send(book, mail.MailId);
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Mail.Sends ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override Task Round(CancellationToken cancellationToken) => Look(cancellationToken);

    /// <summary>A mail under way is not broken off when the server stops: its end would be unknown.</summary>
    private async Task Send(BookId book, Guid mailId)
    {
        var context = Context(book);
        var claim = new ClaimMail(mailId, context.Now);
        var claimed = await bus.Send(context, () => new ClaimMailCommand(context, claim), CancellationToken.None);
        if ((claimed as CommandResult.Done)?.Find<MailEvent.MailAttempted>() is not { Attempt: var attempt }) return;
        var outcome = await HandOver(context, mailId);
        if (outcome is not Mailing.HandOver.Taken)
            log.LogWarning("Mail {MailId} was not sent: {Outcome}", mailId, outcome.GetType().Name);
        await Change(book, mailId, (state, at) => outcome switch
        {
            Mailing.HandOver.Taken taken => Mail.Decide(state, new NoteHandOver(mailId, attempt, taken.Answer, at)),
            Mailing.HandOver.Failed failed => Mail.Decide(
                state, new NoteFailure(mailId, attempt, failed.Reason, failed.IsPermanent, Retries, at)),
            Mailing.HandOver.Unknown unknown => Mail.Decide(state, new NoteUnknown(mailId, attempt, unknown.Reason, Retries, at)),
            _ => throw new System.Diagnostics.UnreachableException(),
        });
    }

    private async Task<HandOver> HandOver(CommandContext context, Guid mailId)
    {
        try
        {
            var session = new BookSession(store, cache, context, CancellationToken.None);
            var mail = await session.Load(Mail.Stream, mailId);
            using var message = await messages.Of(session, mail);
            return await carrier.HandOver(message, mail.Asked!.Kind, mail.Asked.AskedAt, CancellationToken.None);
        }
        catch (FormatException e)
        {
            return new HandOver.Failed($"The mail could not be made: {e.Message}", IsPermanent: true);
        }
        catch (Exception e) when (IsPassing(e))
        {
            return new HandOver.Failed("The books could not be read to make the mail.", IsPermanent: false);
        }
    }

    private async Task Change(BookId book, Guid mailId, Func<MailState, Instant, Decision<MailEvent>> decide)
    {
        var context = Context(book);
        var command = new ChangeMailCommand(context, mailId, state => decide(state, context.Now));
        if (await bus.Send(context, () => command, CancellationToken.None) is CommandResult.Refused { Rejection: var why })
            log.LogWarning("What became of mail {MailId} could not be noted: {Code}", mailId, why.Code);
    }

    private CommandContext Context(BookId book) => new(book, Actor, clock.GetCurrentInstant(), newId());
}
