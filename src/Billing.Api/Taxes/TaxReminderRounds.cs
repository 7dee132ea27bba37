using System.Globalization;
using Billing.Api.Commands;
using Billing.Api.Exchange;
using Billing.Api.Hosting;
using Billing.Domain.Access;
using Billing.Domain.Mailing;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsFederal;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using Billing.Projections.Taxes;
using NodaTime;

namespace Billing.Api.Taxes;

/// <summary>
/// Goes round the practices that want to be reminded of due dates, once a day. A due date gives the id of its mail, so that one
/// goes out for it, however often the program starts and on how many servers it runs. What needs no payment is reminded of by none.
/// </summary>
public sealed class TaxReminderRounds(
    TaxPolicyQueries policies, EstimateDesk estimates, CommandBus bus, IEventStore store, StateCache cache, ProjectionRunner projections,
    BillingOptions options, IClock clock, Func<Guid> newId, ILogger<TaxReminderRounds> log)
    : Rounds(Pause, "Reminders of estimated tax could not be sent", log)
{
    private const string Actor = "tax-reminder-rounds";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private readonly Dictionary<BookId, LocalDate> lookedOn = [];

    /// <summary>One round, over what the read models know now.</summary>
    public async Task Go(CancellationToken cancellationToken)
    {
        foreach (var book in policies.Reminded()) await Remind(book, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        options.Mail.Sends ? base.ExecuteAsync(stoppingToken) : Task.CompletedTask;

    protected override Task Round(CancellationToken cancellationToken) =>
        projections.Health is ProjectionHealth.Standby ? Task.CompletedTask : Go(cancellationToken);

    private async Task Remind(BookId book, CancellationToken cancellationToken)
    {
        var context = new CommandContext(book, Actor, clock.GetCurrentInstant(), newId());
        var session = new BookSession(store, cache, context, cancellationToken);
        if (await session.Load(Business.Stream, book.Value) is not BusinessState.Open practice) return;
        var today = practice.DayOf(context.Now);
        if (lookedOn.GetValueOrDefault(book) == today) return;
        var policy = await session.Load(TaxPolicy.Stream, book.Value);
        if (policy.DaysBefore is { } days && TaxDates.ToRemindOf(today, days) is { } next)
            await Remind(context, next, today, cancellationToken);
        lookedOn[book] = today;
    }

    private async Task Remind(CommandContext context, DueDateOfYear next, LocalDate today, CancellationToken cancellationToken)
    {
        var wish = new EstimateWish(next.Year, today, ProjectionChoice.Default);
        if (!estimates.TryEstimate(context.Book, wish, out var estimated, out var rejection))
        {
            log.LogWarning("A practice is not reminded of estimated tax for {Year}: {Code}", next.Year, rejection.Code);
            return;
        }
        var amount = Cents.ToMoney(estimated.Estimate.ChosenPlan.RecommendedPayment);
        if (!amount.IsPositive) return;
        var mailId = NamedIds.Of(
            context.Book.Value, "tax-reminder", string.Create(CultureInfo.InvariantCulture, $"{next.Year}:{next.Due.Number}"));
        var instalment = new MailedInstalment(next.Year, next.Due.Number, next.Due.DeadlineOn);
        var command = new SendTaxReminderCommand(context, mailId, instalment, amount, today);
        if (await bus.Send(context, () => command, cancellationToken) is CommandResult.Refused { Rejection: var why })
            log.LogWarning("A practice is not reminded of estimated tax for {Year}: {Code}", next.Year, why.Code);
    }
}
