using Billing.Api.Commands;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using Billing.Projections.Retainers;
using NodaTime;

namespace Billing.Api.Retainers;

/// <summary>
/// Answers how a client's retainers stand. Which there are is read from the read models; what was agreed and drawn comes
/// from their own streams, so that the figures are those that an invoice would be computed from.
/// </summary>
public sealed class RetainerDesk(RetainerQueries retainers, WorkOfClient work)
{
    /// <summary>
    /// Every retainer of the client with its account on a day, in the order in which they are used. Work that is not billed
    /// goes to the automatic ones, as it would on the next invoice; one that is used by hand is shown as if it were named
    /// beside them.
    /// </summary>
    public async ValueTask<IReadOnlyList<RetainerOnDay>> OfClient(BookSession session, Guid clientId, LocalDate day)
    {
        var states = RetainerChain.InOrder(await States(session, clientId));
        var unbilled = await work.Unbilled(session, clientId, day);
        return
        [
            .. states.Select(state =>
            {
                var used = states.Where(other => other == state || other.Terms[^1].Terms.Automatic).ToList();
                var account = RetainerChain.Reckon(used, unbilled, day)[used.IndexOf(state)];
                return new RetainerOnDay(state, account, RetainerFacts.Account(state, day), day);
            }),
        ];
    }

    /// <summary>Null where there is no such retainer.</summary>
    public async ValueTask<RetainerOnDay?> One(BookSession session, Guid retainerId, LocalDate day)
    {
        if (await session.Load(Retainer.Stream, retainerId) is not RetainerState.Agreed agreed) return null;
        var all = await OfClient(session, agreed.ClientId, day);
        // The read models may not know yet of one that was agreed a moment ago; then nothing has been worked on it either.
        return all.FirstOrDefault(retainer => retainer.State.RetainerId == retainerId)
            ?? new RetainerOnDay(agreed, RetainerFacts.Account(agreed, day), RetainerFacts.Account(agreed, day), day);
    }

    /// <summary>Earned and unearned of every client that has a retainer, by client.</summary>
    public async ValueTask<IReadOnlyList<UnearnedView>> Unearned(BookSession session, LocalDate day)
    {
        var views = new List<UnearnedView>();
        foreach (var client in retainers.Retainers(session.Context.Book).Select(view => view.ClientId).Distinct().Order())
        {
            var states = await States(session, client);
            if (states.Count == 0) continue;
            var currency = states[0].Currency;
            var accounts = states.ConvertAll(state => RetainerFacts.Account(state, day));
            views.Add(new UnearnedView(
                client, new Money(accounts.Sum(account => account.ReceivedMinor), currency),
                new Money(accounts.Sum(account => account.EarnedMinor(day)), currency),
                new Money(accounts.Sum(account => account.UnearnedMinor(day)), currency)));
        }
        return views;
    }

    /// <summary>The retainer's own terms and others over the same work of its scope.</summary>
    public async ValueTask<SimulationView> Simulate(
        BookSession session, RetainerState.Agreed retainer, RetainerTerms other, LocalDate from, LocalDate through)
    {
        var worked = (await work.All(session, retainer.ClientId, from, through))
            .Where(item => retainer.Covers(item.EngagementId)).ToList();
        var agreedPolicy = RetainerSimulation.Run(
            retainer.Terms, worked.Select(item => item.Under(RetainerPeriods.On(retainer.Terms, item.Day))), from, through);
        var otherPolicy = RetainerSimulation.Run(
            [new DatedTerms(from, other)], worked.Select(item => item.Under(other)), from, through);
        var (agreed, currency) = (retainer.Terms[^1].Terms, retainer.Currency);
        var areHours = agreed.CountsHours() && other.CountsHours();
        return new SimulationView(
            from, through, worked.Sum(item => item.Seconds), new Money(worked.Sum(item => item.ValueMinor), currency),
            SimulatedView.Of(agreed, agreedPolicy, currency), SimulatedView.Of(other, otherPolicy, currency),
            new Money(otherPolicy.CostMinor - agreedPolicy.CostMinor, currency),
            areHours ? otherPolicy.Expired - agreedPolicy.Expired : null,
            areHours ? otherPolicy.Overage - agreedPolicy.Overage : null);
    }

    private async ValueTask<List<RetainerState.Agreed>> States(BookSession session, Guid clientId)
    {
        var states = new List<RetainerState.Agreed>();
        foreach (var view in retainers.Retainers(session.Context.Book, clientId))
            if (await session.Load(Retainer.Stream, view.RetainerId) is RetainerState.Agreed agreed) states.Add(agreed);
        return states;
    }
}

/// <param name="Account">With the work that no invoice bills yet.</param>
/// <param name="Invoiced">Without it.</param>
public sealed record RetainerOnDay(RetainerState.Agreed State, RetainerAccount Account, RetainerAccount Invoiced, LocalDate Day)
{
    public StandingView Standing()
    {
        var currency = State.Currency;
        var period = Account.Current;
        var used = Invoiced.Current?.Used ?? 0;
        return new StandingView(
            Day, period is null ? null : TermsBody.Of(period.Period.Terms, currency),
            period is null ? null : PeriodView.Of(period, currency), In(used), In((period?.Used ?? 0) - used),
            In(Account.Balance), In(Invoiced.Balance), Warnings(),
            Invoiced.TopUpDueMinor() is > 0 and var due ? new Money(due, currency) : null,
            period?.Period.Terms.Cycle is { } cycle ? InvoiceCycle.NextFrom(cycle, Day) : null,
            new Money(Invoiced.ReceivedMinor, currency), new Money(Invoiced.EarnedMinor(Day), currency),
            new Money(Invoiced.UnearnedMinor(Day), currency));
    }

    /// <summary>Of the work as it stands; a top-up is due by what invoices drew, as the request is decided by.</summary>
    private IReadOnlyList<string> Warnings() =>
    [
        .. Account.Warnings().Where(warning => warning != RetainerWarning.TopUpDue),
        .. Invoiced.Warnings().Where(warning => warning == RetainerWarning.TopUpDue),
    ];

    private Quantity In(long quantity) => Quantity.Of(quantity, State.CountsHours, State.Currency);
}
