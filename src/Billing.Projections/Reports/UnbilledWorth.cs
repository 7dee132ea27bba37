using Billing.Domain;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;
using NodaTime;

namespace Billing.Projections.Reports;

/// <summary>
/// What a client's unbilled work up to a day would bring, were all of it on one invoice now: its fixed fees, its caps and the
/// retainers that are used without being named count, as the invoice has them.
/// </summary>
/// <param name="entries">The work; what has no rate is not in it.</param>
/// <param name="retainers">All of the client's, as they would be then.</param>
/// <param name="shares">Null where no invoice can be made, such as for want of an approval.</param>
internal sealed class UnbilledWorth(
    IReadOnlyList<TimeEntry> entries, IReadOnlyList<RetainerState.Agreed> retainers, IReadOnlyList<HoursShare>? shares)
{
    public IReadOnlyList<TimeEntry> Entries => entries;

    public IReadOnlyList<RetainerState.Agreed> Retainers => retainers;

    /// <summary>What the entries of a period bring; null where that cannot be said.</summary>
    public IEnumerable<Part>? PartsFrom(LocalDate from) => shares?.Where(share => share.Hours.WorkedOn >= from)
        .Select(share => new Part(new Thing(ThingKind.Entry, share.Hours.EntryId), share.Minor, share.Hours.WorkedOn));

    public static UnbilledWorth Of(PracticeBook book, Guid client, LocalDate through)
    {
        var retainers = book.Retainers.Values.OfType<RetainerState.Agreed>().Where(retainer => retainer.ClientId == client)
            .OrderBy(retainer => retainer.RetainerId).ToList();
        var time = Unbilled(book, client, through);
        if (time.Count == 0) return new UnbilledWorth([], retainers, []);
        var automatic = retainers.Where(retainer => retainer.Terms[^1].Terms.Automatic).Select(retainer => retainer.RetainerId).ToList();
        var sources = SourcesOf(book, client, time);
        if (sources?.Client.Details is not { } details) return new UnbilledWorth([], retainers, null);
        var prices = PricedWork.Of(sources, details);
        time =
        [
            .. time.Select(week => week with
            {
                EntryIds = [.. week.EntryIds.Where(id => prices.GetValueOrDefault(id)?.HasRate == true)],
            }).Where(week => week.EntryIds.Count > 0),
        ];
        var entries = time.SelectMany(week => week.EntryIds.Select(id => book.Timesheets[week.Timesheet].Entries[id])).ToList();
        if (entries.Count == 0) return new UnbilledWorth([], retainers, []);
        return InvoiceComputation.Compute(new Selection(Guid.Empty, client, time, [], automatic), sources)
            is InvoiceComputation.Computed computed
                ? new UnbilledWorth(
                    entries, [.. retainers.Select(retainer => After(retainer, computed, through))],
                    HoursShare.Of(computed.Lines, NetAmounts.Of(computed.Lines)))
                : new UnbilledWorth(entries, retainers, null);
    }

    private static RetainerState.Agreed After(RetainerState.Agreed retainer, InvoiceComputation.Computed computed, LocalDate day) =>
        computed.Hours.TryGetValue(retainer.RetainerId, out var uses)
        && Retainer.Decide(retainer, new DrawHours(retainer.RetainerId, Guid.Empty, uses, day))
            is Decision<RetainerEvent>.Accepted { Events: var drawn }
            ? (RetainerState.Agreed)drawn.Aggregate((RetainerState)retainer, Retainer.Evolve)
            : retainer;

    private static List<SelectedTime> Unbilled(PracticeBook book, Guid client, LocalDate through) =>
    [
        .. book.Timesheets.OrderBy(week => week.Key, StringComparer.Ordinal).Select(week => new SelectedTime(week.Key,
            [
                .. week.Value.Entries.Values
                    .Where(entry => entry is { Billable: true, InvoiceId: null } && entry.ClientId == client && entry.WorkedOn <= through
                        && book.Engagements.GetValueOrDefault(entry.EngagementId)?.Terms is not null)
                    .Select(entry => entry.EntryId).Order(),
            ]))
            .Where(week => week.EntryIds.Count > 0),
    ];

    private static BillingSources? SourcesOf(PracticeBook book, Guid client, List<SelectedTime> time)
    {
        if (book.Business is not { } practice || !book.Clients.TryGetValue(client, out var state)) return null;
        var sources = new BillingSources(
            practice, state, book.Engagements, time.ToDictionary(week => week.Timesheet, week => book.Timesheets[week.Timesheet]),
            book.Expenses, book.Retainers);
        return sources with
        {
            Neighbours = PriceNeighbours.Of(time, sources).Where(book.Timesheets.ContainsKey)
                .ToDictionary(name => name, name => book.Timesheets[name]),
        };
    }
}
