using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.RecurringInvoices;
using Billing.EventStore.Port;
using Billing.Projections.Invoicing;
using Billing.Projections.RecurringInvoices;
using Billing.Projections.Retainers;
using Billing.Projections.Running;
using NodaTime;

namespace Billing.Api.RecurringInvoices;

/// <param name="Outcome">invoiced, skipped, or refused.</param>
/// <param name="InvoiceId">Of work, expenses and fees; null where there is none.</param>
/// <param name="FeeInvoiceId">The deposit that asks for a retainer's fee; null where there is none.</param>
/// <param name="Why">Why it was skipped, or the code of the refusal; null where it was invoiced.</param>
/// <param name="Detail">What to do about a refusal.</param>
public sealed record RanPeriod(
    Guid RecurringId, string? Name, LocalDate From, LocalDate Through, string Outcome, Guid? InvoiceId, Guid? FeeInvoiceId, string? Why,
    string? Detail)
{
    public const string Invoiced = "invoiced", Skipped = "skipped", Refused = "refused";
}

/// <summary>Finds the periods that are due and invoices them, the earliest of each recurring invoice first.</summary>
public sealed class RecurringDesk(
    RecurringInvoiceQueries recurring, WorkToSweep work, RetainerQueries retainers, ClientCreditQueries credit, CommandBus bus,
    ProjectionRunner projections, IEventStore store, StateCache cache)
{
    /// <summary>Of one recurring invoice; what is further behind is caught up with by the next run.</summary>
    public const int MostAtOnce = 60;

    private static readonly TimeSpan CatchUpLimit = TimeSpan.FromSeconds(5);

    /// <param name="newContext">Of one command each.</param>
    public async Task<IReadOnlyList<RanPeriod>> RunDue(
        BookId book, Uri server, Func<CommandContext> newContext, CancellationToken cancellationToken)
    {
        var ran = new List<RanPeriod>();
        var today = await Today(newContext(), cancellationToken);
        if (recurring.Due(book, today).Count == 0) return ran;
        // What was worked up to a minute ago belongs on the invoice.
        if (!await projections.WaitFor(await store.HeadPosition(cancellationToken), CatchUpLimit, cancellationToken)) return ran;
        foreach (var due in recurring.Due(book, today))
        {
            for (var count = 0; count < MostAtOnce; count++)
            {
                if (await RunNext(due.RecurringId, today, server, newContext(), cancellationToken) is not { } done) break;
                if (done.Period is not null) ran.Add(done.Period);
                if (done.Position is not { } position || !await projections.WaitFor(position, CatchUpLimit, cancellationToken)) break;
            }
        }
        return ran;
    }

    /// <summary>Reads the recurring invoice as it is stored: what is selected for it rests on its terms of this moment, and the
    /// command is meant for this version of it.</summary>
    /// <returns>Null where nothing is due any more. Without a position there is nothing to go on with.</returns>
    private async Task<(RanPeriod? Period, long? Position)?> RunNext(
        Guid recurringId, LocalDate today, Uri server, CommandContext context, CancellationToken cancellationToken)
    {
        var session = new BookSession(store, new StateCache(), context, cancellationToken);
        var state = await session.Load(RecurringInvoice.Stream, recurringId);
        if (state.Terms is not { } terms || state.IsPaused || state.Next is not { } period || period.RunsOn > today) return null;
        var command = new RunPeriodCommand(
            context with { IfMatch = session.VersionOf(RecurringInvoice.Stream.Name(recurringId)) }, recurringId, period.From,
            work.Of(context.Book, terms, period.WorkThrough), retainers.Automatic(context.Book, terms.ClientId), server)
        {
            CreditHolderIds = credit.HoldersOf(context.Book, terms.ClientId),
        };
        var ran = new RanPeriod(recurringId, terms.Name, period.From, period.Through, RanPeriod.Refused, null, null, null, null);
        switch (await bus.Send(command.Context, () => command, cancellationToken))
        {
            case CommandResult.Done done:
                return (Outcome(ran, done), done.Position);
            case CommandResult.Preview:
                return (ran with { Outcome = RanPeriod.Invoiced }, null);
            case CommandResult.Refused { Rejection: var why }:
                return (ran with { Why = why.Code, Detail = why.Detail }, null);
            case CommandResult.Stale:
                // Somebody else was quicker, or changed it just now: it is looked at again with the next run.
                return (null, null);
            default:
                return (ran with { Why = "overloaded" }, null);
        }
    }

    private static RanPeriod? Outcome(RanPeriod ran, CommandResult.Done done)
    {
        if (done.Find<RecurringInvoiceEvent.PeriodInvoiced>() is { } invoiced)
            return ran with { Outcome = RanPeriod.Invoiced, InvoiceId = invoiced.InvoiceId, FeeInvoiceId = invoiced.FeeInvoiceId };
        return done.Find<RecurringInvoiceEvent.PeriodSkipped>() is { } skipped
            ? ran with { Outcome = RanPeriod.Skipped, Why = skipped.Why }
            : null;
    }

    private ValueTask<LocalDate> Today(CommandContext context, CancellationToken cancellationToken) =>
        new BookSession(store, cache, context, cancellationToken).Today();
}
