using System.Globalization;
using NodaTime;
using NodaTime.Text;
using static Billing.Domain.RecurringInvoices.RecurringInvoiceEvent;

namespace Billing.Domain.RecurringInvoices;

/// <content>What becomes of its periods, one after the other.</content>
public static partial class RecurringInvoice
{
    /// <summary>Why the period can't be invoiced now; null where it can, or where something became of it before. Refuses:
    /// <c>recurring-invoice-unknown</c>, <c>recurring-invoice-paused</c>, <c>period-not-next</c>, <c>period-not-due</c>.</summary>
    /// <param name="from">Its first day.</param>
    /// <param name="today">In the practice's zone.</param>
    /// <param name="period">Null where nothing is left to do for it.</param>
    public static Rejection? RefuseRun(RecurringInvoiceState state, LocalDate from, LocalDate today, out RecurringPeriod? period)
    {
        period = null;
        if (state.Terms is null) return NoSuchRecurringInvoice;
        if (from < state.NextFrom) return null;
        if (state.Next is not { } next || next.From != from) return NotNext(state);
        if (state.IsPaused) return new Rejection("recurring-invoice-paused", "The recurring invoice is paused. Resume it first.");
        if (next.RunsOn > today)
        {
            return new Rejection(
                "period-not-due", $"The period is invoiced on {LocalDatePattern.Iso.Format(next.RunsOn)}, and not before.", "/from");
        }
        period = next;
        return null;
    }

    /// <summary>Without an invoice it had nothing to bill. Refuses what <see cref="RefuseRun"/> does.</summary>
    public static Decision<RecurringInvoiceEvent> Decide(RecurringInvoiceState state, NotePeriod command, LocalDate today)
    {
        if (RefuseRun(state, command.From, today, out var period) is { } refusal) return refusal;
        if (period is null) return Decision<RecurringInvoiceEvent>.AlreadyDone;
        return (command.InvoiceId ?? command.FeeInvoiceId) is null
            ? new PeriodSkipped(period.From, period.EndExclusive, WhySkipped.Empty, command.At)
            : new PeriodInvoiced(period.From, period.EndExclusive, command.InvoiceId, command.FeeInvoiceId, command.At);
    }

    /// <summary>Refuses: <c>recurring-invoice-unknown</c>, <c>period-not-next</c>, <c>period-invoiced</c>.</summary>
    public static Decision<RecurringInvoiceEvent> Decide(RecurringInvoiceState state, SkipPeriod command)
    {
        if (state.Terms is null) return NoSuchRecurringInvoice;
        if (state.Done.Find(done => done.From == command.From) is { } done)
        {
            return done.Skipped is not null
                ? Decision<RecurringInvoiceEvent>.AlreadyDone
                : new Rejection("period-invoiced", "The period was invoiced already. Void or discard its invoice.", "/from");
        }
        return state.Next is { } next && next.From == command.From
            ? new PeriodSkipped(next.From, next.EndExclusive, WhySkipped.ByHand, command.At)
            : NotNext(state);
    }

    /// <summary>Refuses: <c>recurring-invoice-unknown</c>, <c>recurring-invoice-ended</c>.</summary>
    public static Decision<RecurringInvoiceEvent> Decide(RecurringInvoiceState state, PauseRecurringInvoice command) => state switch
    {
        { Terms: null } => NoSuchRecurringInvoice,
        { IsEnded: true } => Ended,
        { IsPaused: true } => Decision<RecurringInvoiceEvent>.AlreadyDone,
        _ => new RecurringInvoicePaused(command.At),
    };

    /// <summary>Periods whose day came before today are skipped, unless they are to be caught up with. Refuses:
    /// <c>recurring-invoice-unknown</c>, <c>recurring-invoice-ended</c>.</summary>
    public static Decision<RecurringInvoiceEvent> Decide(RecurringInvoiceState state, ResumeRecurringInvoice command, LocalDate today)
    {
        if (state.Terms is null) return NoSuchRecurringInvoice;
        if (state.IsEnded) return Ended;
        if (!state.IsPaused) return Decision<RecurringInvoiceEvent>.AlreadyDone;
        var missed = state.ToCome.TakeWhile(period => !command.CatchUp && period.RunsOn < today);
        RecurringInvoiceEvent[] events =
        [
            .. missed.Select(period => new PeriodSkipped(period.From, period.EndExclusive, WhySkipped.Paused, command.At)),
            new RecurringInvoiceResumed(command.At),
        ];
        return events;
    }

    /// <summary>Refuses: <c>recurring-invoice-unknown</c>.</summary>
    public static Decision<RecurringInvoiceEvent> Decide(RecurringInvoiceState state, EndRecurringInvoice command) => state switch
    {
        { Terms: null } => NoSuchRecurringInvoice,
        { IsEnded: true } => Decision<RecurringInvoiceEvent>.AlreadyDone,
        _ => new RecurringInvoiceEnded(command.At),
    };

    private static Rejection NotNext(RecurringInvoiceState state) => new(
        "period-not-next",
        state.Next is { } next
            ? string.Create(CultureInfo.InvariantCulture, $"The next period begins on {next.From:uuuu-MM-dd}. Name that one.")
            : "There is no further period.",
        "/from");
}
