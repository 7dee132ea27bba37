using Billing.Domain.Retainers;
using Billing.Domain.Tests.Invoicing;
using CsCheck;
using NodaTime;
using static Billing.Domain.Tests.Retainers.Terms;

namespace Billing.Domain.Tests.Retainers;

/// <summary>What holds whatever was agreed and whatever happened.</summary>
public class RetainerAccountProperties
{
    private static readonly Gen<RetainerTerms> AnyTerms = Gen.Select(
        Gen.OneOfConst([.. RetainerKind.All]), Gen.OneOfConst([.. OverageRule.All]), Gen.OneOfConst([.. OrderOfUse.All]),
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[-1, 20]), Gen.Int[100, 140],
        Gen.Select(Gen.Int[1, 3], Gen.Int[0, 40], Gen.Bool),
        (kind, overage, order, unused, hard, period) => RetainerTerms.Plain(kind) with
        {
            FeeMinor = 100_01,
            IncludedSeconds = 11 * Hour,
            Overage = new OverageTerms(overage, hard % 2 == 0 ? 61_00 : null),
            OrderOfUse = order,
            Unused = new UnusedTerms(
                unused.Item1 == 0 ? UnusedRule.Expire : UnusedRule.RollOver, unused.Item1 == 1 ? unused.Item2 : null,
                unused.Item3 < 0 ? null : unused.Item3 * Hour),
            Caps = hard < 120 ? null : new CapTerms(110, hard),
            Period = new PeriodTerms(
                period.Item1 == 1 ? PeriodTerms.Week : PeriodTerms.Month, period.Item1, January1.PlusDays(period.Item2),
                period.Item3),
            Block = new BlockTerms(40, 30, 90),
        });

    private static readonly Gen<RetainerFact> AnyFact = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 200], Gen.Int[1, 40], Gen.Long[1, 9 * Hour], (kind, day, id, quantity) =>
        {
            var on = January1.PlusDays(day);
            return kind switch
            {
                0 => new RetainerFact.Funded(on, Id(id + 100 * day), quantity),
                1 => new RetainerFact.Bought(on, Id(id + 1000 * day), quantity, 300_00),
                2 => new RetainerFact.Renewed(on, Id(id)),
                3 => new RetainerFact.Approved(on, Id(id), quantity),
                4 => new RetainerFact.Refunded(on, Id(id), PeriodLots.IdOf(Id(1), January1), quantity, quantity),
                _ => (RetainerFact)Worked(on, quantity, id),
            };
        });

    /// <summary>A payment funds once, and a block is bought once.</summary>
    private static readonly Gen<RetainerFact[]> AnyHistory = AnyFact.Array[0, 60].Select(
        facts => facts.DistinctBy(fact => (fact.GetType(), fact.Id, fact is RetainerFact.Worked ? fact.Day : default)).ToArray());

    [Fact]
    public void Lots_are_conserved_and_never_overdrawn() => Gen.Select(AnyTerms, AnyHistory).Sample((terms, facts) =>
    {
        var account = terms.Reckon(January1.PlusDays(210), facts);
        foreach (var lot in account.Lots)
        {
            Assert.Equal(lot.Granted, lot.Used + lot.Expired + lot.Refunded + lot.Left);
            Assert.True(lot.Left >= 0 && lot.Used >= 0 && lot.Expired >= 0);
            Assert.Equal(
                lot.Used, account.Uses.Where(use => use.LotId == lot.LotId).Sum(use => use.Quantity));
            Assert.Equal(lot.PriceMinor, lot.EarnedMinor + lot.UnearnedMinor + lot.RefundedMinor);
        }
        Assert.True(account.Balance >= 0 || terms.Overage.Rule == OverageRule.Carry);
    });

    [Fact]
    public void Periods_follow_on_each_other_and_balance() => Gen.Select(AnyTerms, AnyHistory).Sample((terms, facts) =>
    {
        var account = terms.Reckon(January1.PlusDays(210), facts);
        long? forward = null;
        LocalDate? end = null;
        foreach (var period in account.Periods)
        {
            Assert.True(forward is null || forward == period.BroughtForward);
            Assert.True(end is null || end == period.Period.From);
            var left = period.BroughtForward + period.Granted - period.UsedFromLots - period.Carried - period.Expired - period.Refunded;
            Assert.Equal(period.CarriedForward ?? account.Balance, left);
            (forward, end) = (period.CarriedForward, period.Period.EndExclusive);
        }
    });

    [Fact]
    public void All_work_is_accounted_for_to_the_second() => Gen.Select(AnyTerms, AnyHistory).Sample((terms, facts) =>
    {
        var account = terms.Reckon(January1.PlusDays(210), facts);
        var worked = facts.OfType<RetainerFact.Worked>().Sum(fact => terms.CountsHours() ? fact.Seconds : fact.ValueMinor);
        Assert.Equal(worked, account.Periods.Sum(period => period.Used));
        Assert.Equal(worked, account.Uses.Where(use => use.How != UseOf.PaidOff).Sum(use => use.Quantity));
    });

    [Fact]
    public void The_order_in_which_a_history_comes_changes_nothing() => Gen.Select(AnyTerms, AnyHistory, Gen.Int).Sample(
        (terms, facts, seed) =>
        {
            var shuffled = facts.ToArray();
            new Random(seed).Shuffle(shuffled);
            Canonical.Same(terms.Reckon(January1.PlusDays(210), facts), terms.Reckon(January1.PlusDays(210), shuffled));
        }, iter: 50);

    [Fact]
    public void A_history_folded_in_two_parts_gives_what_it_gives_whole() => Gen.Select(AnyTerms, AnyHistory, Gen.Double[0, 1])
        .Sample((terms, facts, at) =>
        {
            var ordered = RetainerFact.InOrder(facts).ToList();
            var cut = (int)(at * ordered.Count);
            var opened = RetainerAccount.Open(Id(1), [new DatedTerms(January1, terms)], null, facts);
            var first = ordered.Take(cut).Aggregate(opened, (account, fact) => account.Take(fact));
            if (cut < ordered.Count) first = first.Through(ordered[cut].Day);
            var both = ordered.Skip(cut).Aggregate(first, (account, fact) => account.Take(fact)).Through(January1.PlusDays(210));
            Canonical.Same(terms.Reckon(January1.PlusDays(210), facts), both);
        }, iter: 50);

    /// <summary>Freezing what an account has drawn, whatever the rest, and reckoning again gives the same periods.</summary>
    [Fact]
    public void What_invoices_have_drawn_stands_when_the_account_is_reckoned_again() => Gen.Select(AnyTerms, AnyHistory, Gen.Int)
        .Sample((terms, facts, seed) =>
        {
            var free = terms.Reckon(January1.PlusDays(210), facts);
            var frozen = facts.Where(fact => fact is not RetainerFact.Worked).Concat(free.Uses
                .Where(use => use.How is not (UseOf.PaidOff or UseOf.Stopped))
                .Select(use => new RetainerFact.Drawn(use.Day, use.WorkId!.Value, use.LotId, use.Quantity, use.How, use.ValueMinor)));
            var again = terms.Reckon(January1.PlusDays(210), [.. frozen]);
            Assert.Equal(
                free.Periods.Select(p => (p.BroughtForward, p.Granted, p.UsedFromLots, p.Billed, p.Carried, p.Expired, p.CarriedForward)),
                again.Periods.Select(p => (p.BroughtForward, p.Granted, p.UsedFromLots, p.Billed, p.Carried, p.Expired, p.CarriedForward)));
        });
}
