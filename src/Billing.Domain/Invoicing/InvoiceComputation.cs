using System.Collections.Immutable;
using System.Diagnostics;
using Billing.Domain.Clients;
using Billing.Domain.Expenses;
using Billing.Domain.Retainers;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// What an invoice says: computed for the preview of a draft and again, by the same code, when it is finalised. The
/// same selection in another order says the same.
/// </summary>
public abstract record InvoiceComputation
{
    private InvoiceComputation() { }

    /// <param name="RetainerBalanceAfterMinor">What is left of retainers of money; null where none is drawn on.</param>
    /// <param name="LineDescriptions">One for each line, in order.</param>
    /// <param name="HourNotes">One for each entry behind the lines, in the order of the lines and of their
    /// hours.</param>
    public sealed record Computed(
        IReadOnlyList<InvoiceLine> Lines, long TotalMinor, long RetainerAppliedMinor, long? RetainerBalanceAfterMinor,
        RoundingPolicy Rounding, IReadOnlyList<string> LineDescriptions,
        IReadOnlyList<string> HourNotes) : InvoiceComputation
    {
        /// <summary>What each retainer does, in the order in which they are used.</summary>
        public IReadOnlyList<RetainerPart> Retainers { get; init; } = [];

        /// <summary>What each retainer of hours is drawn on for.</summary>
        internal IReadOnlyDictionary<Guid, IReadOnlyList<HoursUse>> Hours { get; init; } =
            ImmutableDictionary<Guid, IReadOnlyList<HoursUse>>.Empty;
    }

    public sealed record Refused(Rejection Rejection) : InvoiceComputation;

    /// <summary>Refuses: <c>client-unknown</c>, <c>nothing-to-bill</c>, <c>selected-twice</c>, <c>entry-unknown</c>,
    /// <c>timer-running</c>, <c>entry-removed</c>, <c>entry-of-other-client</c>, <c>entry-not-billable</c>,
    /// <c>entry-billed</c>, <c>rate-missing</c>, <c>expense-unknown</c>, <c>expense-removed</c>, <c>expense-billed</c>,
    /// <c>expense-not-rebillable</c>, <c>expense-of-other-client</c>, <c>currency-mismatch</c>,
    /// <c>retainer-unknown</c>, <c>retainer-of-other-client</c>, <c>overage-needs-approval</c>.</summary>
    public static InvoiceComputation Compute(Selection selection, BillingSources sources)
    {
        if (sources.Client.Details is not { } client) return new Refused(Client.NoSuchClient);
        if (SelectedWork.Gather(selection, sources, client, out var work) is { } unfit) return new Refused(unfit);
        foreach (var id in selection.RetainerIds)
            if (RefuseRetainer(id, sources.RetainerOf(id), selection.ClientId) is { } why) return new Refused(why);

        var rounding = sources.Business.Invoicing.Rounding;
        var lines = TimeLines(work.Entries, sources, rounding).Concat(ExpenseLines(work.Expenses))
            .Select(line => new PricedLine(line.Line, line.Description, line.HourNotes)).ToList();
        var retainers = RetainerChain.InOrder(
            selection.RetainerIds.Distinct().Select(id => sources.RetainerOf(id)).OfType<RetainerState.Agreed>());
        return RetainerApplication.Apply(lines, retainers, rounding, client.Currency, out var applied) is { } stopped
            ? new Refused(stopped)
            : Sum(applied, rounding, retainers.Any(retainer => !retainer.CountsHours));
    }

    private static Computed Sum(RetainerApplication applied, RoundingPolicy rounding, bool drawsOnMoney)
    {
        var lines = applied.Lines;
        return new Computed(
            [.. lines.Select(line => line.Line)], lines.Sum(line => line.Line.AmountMinor),
            lines.Sum(line => line.Line.RetainerAppliedMinor),
            drawsOnMoney
                ? applied.Parts.Where(part => part.CoveredSeconds + part.BeyondSeconds == 0).Sum(part => part.LeftAfter)
                : null,
            rounding, [.. lines.Select(line => line.Description)], [.. lines.SelectMany(line => line.HourNotes)])
        {
            Retainers = applied.Parts,
            Hours = applied.Hours,
        };
    }

    /// <summary>A deposit has one line and draws on nothing. Refuses: <c>client-unknown</c>, <c>retainer-unknown</c>,
    /// <c>retainer-of-other-client</c>.</summary>
    public static InvoiceComputation ComputeDeposit(InvoiceEvent.DepositDrafted deposit, BillingSources sources)
    {
        if (sources.Client.Details is null) return new Refused(Client.NoSuchClient);
        var retainer = sources.RetainerOf(deposit.RetainerId);
        if (RefuseRetainer(deposit.RetainerId, retainer, deposit.ClientId) is { } why) return new Refused(why);
        var line = new InvoiceLine(1, LineKind.Deposit, null, null, null, deposit.AmountMinor, [], null);
        var description = (retainer as RetainerState.Agreed)?.Name ?? "";
        return new Computed(
            [line], deposit.AmountMinor, 0, null, sources.Business.Invoicing.Rounding, [description], []);
    }

    /// <summary>What a draft would say now.</summary>
    /// <exception cref="ArgumentException">The invoice is no draft.</exception>
    public static InvoiceComputation Compute(InvoiceState draft, BillingSources sources) => draft switch
    {
        InvoiceState.WorkDraft { Facts: var e } =>
            Compute(new Selection(e.InvoiceId, e.ClientId, e.Time, e.ExpenseIds, RetainerDraws.Of(e)), sources),
        InvoiceState.DepositDraft { Facts: var e } => ComputeDeposit(e, sources),
        _ => throw new ArgumentException("Only a draft is computed.", nameof(draft)),
    };

    internal static Rejection? RefuseRetainer(Guid? retainerId, RetainerState state, Guid clientId)
    {
        if (retainerId is not { } id) return null;
        if (state is not RetainerState.Agreed retainer) return Retainer.Unknown(id);
        return retainer.ClientId == clientId
            ? null
            : new Rejection("retainer-of-other-client", "The retainer was agreed with another client.", "/retainerId");
    }

    /// <summary>One line for each engagement and rate, engagements by name; the work behind it by day.</summary>
    private static IEnumerable<DescribedLine> TimeLines(
        IReadOnlyList<PricedEntry> entries, BillingSources sources, RoundingPolicy rounding) => entries
            .GroupBy(priced => (priced.Entry.EngagementId, priced.PerHour))
            .Select(group => (
                group.Key, Name: sources.Engagements[group.Key.EngagementId].Terms?.Name ?? "", Entries: group.ToList()))
            .OrderBy(group => group.Name, StringComparer.Ordinal)
            .ThenBy(group => group.Key.EngagementId)
            .ThenBy(group => group.Key.PerHour)
            .Select(group => TimeLine(group.Key.EngagementId, group.Key.PerHour, group.Name, group.Entries, rounding));

    private static DescribedLine TimeLine(
        Guid engagementId, Money perHour, string name, List<PricedEntry> entries, RoundingPolicy rounding)
    {
        entries.Sort((left, right) => InOrder(left).CompareTo(InOrder(right)));
        var hours = entries.ConvertAll(priced => new InvoiceHours(
            priced.Entry.EntryId, priced.Entry.AssistantId, priced.Entry.WorkedOn, priced.Entry.DurationSeconds,
            rounding.Scope == RoundingPolicy.PerEntry
                ? rounding.Apply(priced.Entry.DurationSeconds)
                : priced.Entry.DurationSeconds,
            priced.RateCardId));
        var sumSeconds = hours.Sum(hour => hour.BilledSeconds);
        var billedSeconds = rounding.Scope switch
        {
            RoundingPolicy.PerEntry => sumSeconds,
            RoundingPolicy.PerLine => rounding.Apply(sumSeconds),
            _ => throw new UnreachableException(),
        };
        var amount = Money.ForTime(perHour, billedSeconds);
        return new DescribedLine(
            new InvoiceLine(0, LineKind.Time, engagementId, billedSeconds, perHour.Minor, amount.Minor, hours, null),
            name, [.. entries.Select(priced => priced.Entry.Note ?? "")]);
    }

    private static (NodaTime.LocalDate, NodaTime.Instant, Guid) InOrder(PricedEntry priced) =>
        (priced.Entry.WorkedOn, priced.Entry.StartedAt ?? NodaTime.Instant.MinValue, priced.Entry.EntryId);

    private static IEnumerable<DescribedLine> ExpenseLines(IReadOnlyList<ExpenseDetails> expenses) => expenses
        .OrderBy(expense => expense.PaidOn).ThenBy(expense => expense.ExpenseId)
        .Select(expense => new DescribedLine(
            new InvoiceLine(
                0, LineKind.Expense, expense.EngagementId, null, null, expense.Amount.Minor, [], expense.ExpenseId),
            expense.Note ?? expense.Payee ?? expense.Category, []));

    private sealed record DescribedLine(InvoiceLine Line, string Description, ImmutableArray<string> HourNotes);
}
