using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>
/// A retainer's account, reckoned from its terms and its history alone: by the books for what happened, by the simulation
/// for what would have. It is a fold, so that a history taken in two parts gives what it gives whole.
/// </summary>
/// <param name="RetainerId">From which the ids of the periods' lots follow.</param>
/// <param name="LastDay">The day on which it was closed.</param>
/// <param name="Early">Drawn on a day before the lot was granted, as an invoice may be dated before the deposit.</param>
/// <param name="Approvals">What was approved beyond caps, by a day of the period that it is for.</param>
/// <param name="Owed">Carried overage that no grant has covered yet, oldest first.</param>
/// <param name="Ended">Periods that are over.</param>
/// <param name="Current">Null before the first period and after the last.</param>
/// <param name="ReceivedMinor">What was paid in, less what was paid back.</param>
public sealed partial record RetainerAccount(
    Guid RetainerId, ImmutableList<DatedTerms> Terms, LocalDate? LastDay, ImmutableDictionary<Guid, long> Reserved,
    ImmutableDictionary<Guid, long> Early, ImmutableList<RetainerFact.Approved> Approvals, ImmutableList<LotAccount> Lots,
    ImmutableList<RetainerUse> Uses, ImmutableList<RetainerUse> Owed, ImmutableList<PeriodAccount> Ended, PeriodAccount? Current,
    long ReceivedMinor)
{
    /// <summary>An account before anything happened.</summary>
    /// <param name="terms">One at least, in the order of their days.</param>
    /// <param name="facts">What invoices drew among them is kept free for them, whenever its day comes. An approval is for all of
    /// its period, since it is mostly given when the work is done.</param>
    public static RetainerAccount Open(
        Guid retainerId, IEnumerable<DatedTerms> terms, LocalDate? lastDay, IEnumerable<RetainerFact> facts) => new(
            retainerId, [.. terms], lastDay,
            facts.OfType<RetainerFact.Drawn>().Where(drawn => drawn.LotId is not null)
                .GroupBy(drawn => drawn.LotId!.Value)
                .ToImmutableDictionary(lot => lot.Key, lot => lot.Sum(drawn => drawn.Quantity)),
            ImmutableDictionary<Guid, long>.Empty,
            [.. RetainerFact.InOrder(facts).OfType<RetainerFact.Approved>()], [], [], [], [], null, 0);

    /// <summary>The account at the end of a day.</summary>
    /// <param name="facts">In any order; later ones are left out, but for what invoices drew and what was approved.</param>
    public static RetainerAccount Reckon(
        Guid retainerId, IEnumerable<DatedTerms> terms, LocalDate? lastDay, IReadOnlyCollection<RetainerFact> facts,
        LocalDate through) => RetainerFact.InOrder(facts).TakeWhile(fact => fact.Day <= through)
            .Aggregate(Open(retainerId, terms, lastDay, facts), (account, fact) => account.Take(fact))
            .Through(through);

    /// <summary>What is left to use, less what is owed and what was drawn ahead.</summary>
    public long Balance =>
        Lots.Where(lot => !lot.IsOver).Sum(lot => lot.Left) - Owed.Sum(use => use.Quantity) - Early.Values.Sum();

    /// <summary>What is left and not drawn by an invoice of a later day either.</summary>
    public long Free => Lots.Where(lot => !lot.IsOver).Sum(lot => lot.Free);

    /// <summary>The periods up to now, the running one last.</summary>
    public IEnumerable<PeriodAccount> Periods => Current is null ? Ended : Ended.Append(Current);

    /// <summary>Takes the next fact; their order is that of <see cref="RetainerFact.InOrder"/>.</summary>
    public RetainerAccount Take(RetainerFact fact)
    {
        var account = Through(fact.Day);
        return fact switch
        {
            RetainerFact.Funded e => account.Fund(e),
            RetainerFact.Bought e => account.Buy(e),
            RetainerFact.Renewed e => account.Renew(e),
            RetainerFact.Approved => account,
            RetainerFact.Drawn e => account.Draw(e),
            RetainerFact.Worked e => account.Work(e),
            RetainerFact.Refunded e => account.Refund(e),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    /// <summary>Lets lots expire, ends periods and begins others, up to the morning of a day.</summary>
    public RetainerAccount Through(LocalDate day)
    {
        var account = this;
        while (account.NextMoment() is { } moment && moment <= day) account = account.At(moment);
        return account;
    }

    /// <summary>The day on which something happens by itself.</summary>
    private LocalDate? NextMoment()
    {
        var next = Current is not null ? Current.Period.EndExclusive : NextStart();
        foreach (var lot in Lots)
        {
            if (!lot.IsOver && lot.LastDay?.PlusDays(1) is { } over && (next is null || over < next)) next = over;
        }
        return next;
    }

    /// <summary>After the last period there is none.</summary>
    private LocalDate? NextStart() => Ended.IsEmpty && Terms[0].From is var first && !(first > LastDay) ? first : null;

    private RetainerAccount At(LocalDate moment)
    {
        var account = this with { Lots = Lots.ConvertAll(lot => lot.LastDay < moment ? Expire(lot) : lot) };
        account = account.WithExpired(account.Lots.Sum(lot => lot.Expired) - Lots.Sum(lot => lot.Expired));
        if (Current is null) return NextStart() == moment ? account.Begin(moment) : account;
        return Current.Period.EndExclusive == moment ? account.End(moment).Begin(moment) : account;
    }

    private static LotAccount Expire(LotAccount lot) =>
        lot.IsOver ? lot : lot with { Expired = lot.Expired + lot.Free, IsOver = true };

    private RetainerAccount WithExpired(long quantity) => Current is null || quantity == 0
        ? this
        : this with { Current = Current with { Expired = Current.Expired + quantity } };

    /// <summary>A retainer of hours that is closed takes its rest with it. What is more than may be carried goes too, the
    /// oldest first.</summary>
    private RetainerAccount End(LocalDate end)
    {
        var account = this;
        var isLast = end > LastDay;
        if (isLast && Current!.Period.Terms.CountsHours())
            account = account.ExpireDownTo(0);
        else if (Current!.Period.Terms.Unused.MaxCarried is { } most)
            account = account.ExpireDownTo(most);
        var ended = account.Current! with { CarriedForward = account.Balance };
        return account with { Ended = account.Ended.Add(ended), Current = null };
    }

    private RetainerAccount ExpireDownTo(long most)
    {
        var lots = Lots;
        var excess = lots.Where(lot => !lot.IsOver).Sum(lot => lot.Left) - most;
        foreach (var lot in Lots.Where(lot => lot.IsUsable).OrderBy(lot => lot.GrantedOn).ThenBy(lot => lot.LotId))
        {
            if (excess <= 0) break;
            var gone = Math.Min(excess, lot.Free);
            lots = lots.Replace(lot, lot with { Expired = lot.Expired + gone });
            excess -= gone;
        }
        var expired = lots.Sum(lot => lot.Expired) - Lots.Sum(lot => lot.Expired);
        return (this with { Lots = lots }).WithExpired(expired);
    }

    private RetainerAccount Begin(LocalDate day)
    {
        if (RetainerPeriods.At(Terms, LastDay, day) is not { } period) return this;
        var fee = period.Terms.Period is null ? 0 : period.ShareOf(period.Terms.FeeMinor ?? 0);
        var account = this with
        {
            Current = new PeriodAccount(
                period, Balance, 0, fee, 0, 0, 0, 0, ApprovedIn(period), 0, 0, 0, CarriedForward: null),
        };
        var granted = period.Terms.Kind switch
        {
            RetainerKind.HoursPerPeriod or RetainerKind.Tiers => period.ShareOf(period.Terms.IncludedSeconds ?? 0),
            RetainerKind.FlatFee => 0,
            _ => (long?)null,
        };
        if (granted is not { } quantity) return account;
        return account.Grant(
            PeriodLots.IdOf(RetainerId, day), day, day, period.ValidThrough, quantity, fee);
    }

    private RetainerAccount Grant(
        Guid lotId, LocalDate day, LocalDate? periodFrom, LocalDate? lastDay, long quantity, long priceMinor)
    {
        var early = Early.GetValueOrDefault(lotId);
        var lot = new LotAccount(
            lotId, day, periodFrom, lastDay, quantity, priceMinor, early, 0, 0,
            Reserved.GetValueOrDefault(lotId), IsOver: lastDay < day);
        var account = this with { Lots = Lots.Add(lot), Early = Early.Remove(lotId) };
        if (Current is { } current) account = account with { Current = current with { Granted = current.Granted + quantity } };
        return account.PayOff(lot);
    }

    /// <summary>What is owed is taken from the new lot, as far as no invoice has drawn it.</summary>
    private RetainerAccount PayOff(LotAccount lot)
    {
        var account = this;
        foreach (var owed in Owed)
        {
            var taken = Math.Min(owed.Quantity, lot.Free);
            if (taken == 0) break;
            var paid = lot with { Used = lot.Used + taken };
            account = account with
            {
                Lots = account.Lots.Replace(lot, paid),
                Owed = taken == owed.Quantity
                    ? account.Owed.Remove(owed)
                    : account.Owed.Replace(owed, owed with { Quantity = owed.Quantity - taken }),
                Uses = account.Uses.Add(owed with { LotId = lot.LotId, Quantity = taken, How = UseOf.PaidOff, ValueMinor = 0 }),
            };
            lot = paid;
        }
        return account;
    }
}
