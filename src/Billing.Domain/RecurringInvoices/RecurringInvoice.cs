using System.Diagnostics;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime;
using static Billing.Domain.RecurringInvoices.RecurringInvoiceEvent;

namespace Billing.Domain.RecurringInvoices;

/// <summary>An invoice that comes again and again. The stream is <c>recurring-invoice-{id}</c>.</summary>
public static partial class RecurringInvoice
{
    /// <summary>How many days back its first period may begin, and how many ahead.</summary>
    public const int MostDaysBack = 366, MostDaysAhead = 5 * 366;

    public const int MostPeriods = 1200, MostFees = 50;

    public static readonly StreamType<RecurringInvoiceState, RecurringInvoiceEvent> Stream =
        new("recurring-invoice", RecurringInvoiceState.None, Evolve);

    public static RecurringInvoiceState Evolve(RecurringInvoiceState state, RecurringInvoiceEvent @event) => @event switch
    {
        RecurringInvoiceSet e => state with { Terms = e, NextFrom = state.Done.IsEmpty ? e.FirstDay : state.NextFrom },
        PeriodInvoiced e => Done(state, new DonePeriod(e.From, e.EndExclusive, e.InvoiceId, e.FeeInvoiceId, null, e.InvoicedAt)),
        PeriodSkipped e => Done(state, new DonePeriod(e.From, e.EndExclusive, null, null, e.Why, e.SkippedAt)),
        RecurringInvoicePaused => state with { IsPaused = true },
        RecurringInvoiceResumed => state with { IsPaused = false },
        RecurringInvoiceEnded => state with { IsEnded = true },
        _ => throw new UnreachableException(),
    };

    /// <summary>Refuses: <c>id-taken</c>, <c>recurring-invoice-unknown</c>, <c>recurring-invoice-ended</c>, <c>client-unknown</c>,
    /// <c>client-archived</c>, <c>engagement-unknown</c>, <c>engagement-of-other-client</c>, <c>retainer-unknown</c>,
    /// <c>retainer-of-other-client</c>, <c>retainer-without-fee</c>, <c>client-fixed</c>, <c>recurring-mode-unknown</c>,
    /// <c>recurring-bills-nothing</c>, <c>first-day-implausible</c>, <c>recurrence-ends-early</c>, <c>count-out-of-range</c>,
    /// <c>too-many-fees</c>, and what <see cref="BillingCycle"/>, <see cref="PeriodText"/> and a draft's fees refuse.</summary>
    public static Decision<RecurringInvoiceEvent> Decide(
        RecurringInvoiceState state, SetRecurringInvoice command, RecurringSurroundings around)
    {
        if (state.Terms is null && !command.IsNew) return NoSuchRecurringInvoice;
        if (!command.IsNew && state.IsEnded) return Ended;
        if (around.Client.Details is not { } client) return Client.NoSuchClient with { Field = "/clientId" };
        if (Refuse(command, around, client, isBegun: !state.Done.IsEmpty) is { } refusal) return refusal;
        var first = state.Done.IsEmpty ? command.FirstDay : state.NextFrom;
        var set = new RecurringInvoiceSet(
            command.RecurringId, command.ClientId, command.EngagementId, command.Name, command.Cycle.From(first), command.FirstDay,
            command.LastDay, command.Count, command.InAdvance, command.BillsTime, command.BillsExpenses, command.FeeRetainerId,
            client.Currency.Code, [.. command.Fees.Select(AgreedFees.Of)],
            [.. command.Fees.Select(fee => fee.Description)], command.Note, command.Mode, command.At);
        if (state.Terms is { } known && Says(known, set)) return Decision<RecurringInvoiceEvent>.AlreadyDone;
        if (state.Terms is not null && command.IsNew)
            return new Rejection("id-taken", "There is a recurring invoice with this id already; take a new id.", "/id");
        return state.Terms is null || state.Terms.ClientId == command.ClientId
            ? set
            : new Rejection("client-fixed", "A recurring invoice stays with its client. End it, and make another.", "/clientId");
    }

    /// <summary>There is no such recurring invoice in this practice.</summary>
    public static Rejection NoSuchRecurringInvoice { get; } =
        new("recurring-invoice-unknown", "There is no such recurring invoice.", Kind: RejectionKind.NotFound);

    private static Rejection Ended { get; } =
        new("recurring-invoice-ended", "The recurring invoice has ended. Make another.");

    private static RecurringInvoiceState Done(RecurringInvoiceState state, DonePeriod period) =>
        state with { Done = state.Done.Add(period), NextFrom = period.EndExclusive };

    private static Rejection? Refuse(SetRecurringInvoice command, RecurringSurroundings around, ClientDetails client, bool isBegun)
    {
        if (Wording.RefuseName(command.Name, "/name") is { } unnamed) return unnamed;
        if (around.Client is ClientState.Archived)
            return new Rejection("client-archived", "Nothing recurs for an archived client.", "/clientId");
        if (command.EngagementId is not null)
        {
            if (around.Engagement.Terms is not { } engagement) return Engagement.NoSuchEngagement with { Field = "/engagementId" };
            if (engagement.ClientId != command.ClientId)
                return new Rejection("engagement-of-other-client", "The engagement is not this client's.", "/engagementId");
        }
        if (command.FeeRetainerId is { } retainerId && RefuseRetainer(retainerId, around.Retainer, command.ClientId) is { } unfit)
            return unfit;
        return RefuseDays(command, around.Practice.DayOf(command.At), isBegun) ?? RefuseContent(command, client);
    }

    private static Rejection? RefuseRetainer(Guid id, RetainerState state, Guid clientId) =>
        InvoiceComputation.RefuseRetainer(id, state, clientId) is { } refusal
            ? refusal with { Field = "/feeRetainerId" }
            : RetainerFee.IsRecurring((RetainerState.Agreed)state)
                ? null
                : new Rejection(
                    "retainer-without-fee", "The retainer has no fee for a period. Request its deposits by hand.", "/feeRetainerId");

    private static Rejection? RefuseDays(SetRecurringInvoice command, LocalDate today, bool isBegun)
    {
        if (BillingCycle.Refuse(command.Cycle, "/cycle") is { } refusal) return refusal;
        var (earliest, latest) = (today.PlusDays(-MostDaysBack), today.PlusDays(MostDaysAhead));
        if (!isBegun && (command.FirstDay < earliest || command.FirstDay > latest))
        {
            return Invalid(
                "first-day-implausible", $"The first day lies at most {MostDaysBack} days back and {MostDaysAhead} ahead.", "/firstDay");
        }
        if (command.LastDay < command.FirstDay)
            return Invalid("recurrence-ends-early", "Its last day comes before its first.", "/lastDay");
        return command.Count is < 1 or > MostPeriods
            ? Invalid("count-out-of-range", $"There are 1 to {MostPeriods} periods; leave the count out for no end.", "/count")
            : null;
    }

    private static Rejection? RefuseContent(SetRecurringInvoice command, ClientDetails client)
    {
        if (!RecurringMode.All.Contains(command.Mode))
            return Invalid("recurring-mode-unknown", $"The mode is one of {string.Join(", ", RecurringMode.All)}.", "/mode");
        if (!command.BillsTime && !command.BillsExpenses && command.FeeRetainerId is null && command.Fees.Count == 0)
        {
            return Invalid(
                "recurring-bills-nothing", "It bills nothing. Let it bill time, expenses, a retainer's fee or fees of its own.", "/fees");
        }
        if (command.Fees.Count > MostFees) return Invalid("too-many-fees", $"There are at most {MostFees} fees.", "/fees");
        if (PeriodText.Refuse(command.Note, "/note", Wording.RefuseNote) is { } unfit) return unfit;
        for (var i = 0; i < command.Fees.Count; i++)
        {
            var field = FormattableString.Invariant($"/fees/{i}/description");
            if (PeriodText.Refuse(command.Fees[i].Description, field, Wording.RefuseName) is { } unknown) return unknown;
        }
        return AgreedFees.Refuse(command.Fees, client.Currency);
    }

    /// <summary>Texts whose key is erased say nothing any more.</summary>
    private static bool Says(RecurringInvoiceSet before, RecurringInvoiceSet now) =>
        before with { Cycle = now.Cycle, Fees = now.Fees, FeeDescriptions = now.FeeDescriptions, SetAt = now.SetAt } == now
        && before.Cycle.Says(now.Cycle) && before.Fees.SequenceEqual(now.Fees)
        && (before.FeeDescriptions ?? []).SequenceEqual(now.FeeDescriptions ?? []);

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
