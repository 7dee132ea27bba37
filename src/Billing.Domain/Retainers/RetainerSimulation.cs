using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>
/// What a policy would have cost: the books' own account over the work that was done, with the purchases that the policy
/// calls for. A block is bought when the work at hand does not fit or when the next is due; an evergreen retainer is filled
/// to its target on the first day and whenever a top-up is due, and each is paid at once.
/// </summary>
public static class RetainerSimulation
{
    /// <param name="terms">In the order of their days. Those before the first day count from it on.</param>
    /// <param name="work">In any order; what lies outside of the days is left out.</param>
    public static SimulatedPolicy Run(
        IReadOnlyList<DatedTerms> terms, IEnumerable<RetainerFact.Worked> work, LocalDate from, LocalDate through)
    {
        var dated = terms.Where((held, i) => held.From > from || i == terms.Count - 1 || terms[i + 1].From > from)
            .Select(held => held.From < from ? held with { From = from } : held).ToList();
        var account = RetainerAccount.Open(Guid.Empty, dated, lastDay: null, []);
        var (granted, outsideMinor) = (0, 0L);
        if (dated[0].Terms.Evergreen is { } evergreen)
            account = account.Take(new RetainerFact.Funded(dated[0].From, Numbered(++granted), evergreen.TargetMinor));
        foreach (var fact in RetainerFact.InOrder(work.Where(fact => from <= fact.Day && fact.Day <= through)))
        {
            var worked = (RetainerFact.Worked)fact;
            account = account.Through(fact.Day);
            if (account.Current is not { } current)
            {
                outsideMinor += worked.ValueMinor;
                continue;
            }
            var held = current.Period.Terms;
            if (held.Kind == RetainerKind.HourBlock && (account.Free < worked.Seconds || account.IsRebillDue()))
                account = account.Take(Blocks(held, worked, account.Free, ++granted));
            account = account.Take(fact);
            if (account.TopUpDueMinor() is > 0 and var due)
                account = account.Take(new RetainerFact.Funded(fact.Day, Numbered(++granted), due));
        }
        return Sum(account.Through(through), outsideMinor);
    }

    private static SimulatedPolicy Sum(RetainerAccount account, long outsideMinor)
    {
        var periods = account.Periods.ToList();
        return new SimulatedPolicy(
            account, periods.Sum(period => period.CostMinor) + outsideMinor, periods.Sum(period => period.Used),
            periods.Sum(period => period.Expired), periods.Sum(period => period.Billed + period.Carried),
            periods.Sum(period => period.Stopped));
    }

    /// <summary>As many as the work needs, and one at least.</summary>
    private static RetainerFact.Bought Blocks(RetainerTerms terms, RetainerFact.Worked work, long free, int number)
    {
        var seconds = terms.IncludedSeconds!.Value;
        var blocks = Math.Max(1, (work.Seconds - free + seconds - 1) / seconds);
        return new RetainerFact.Bought(work.Day, Numbered(number), blocks * seconds, blocks * (terms.FeeMinor ?? 0));
    }

    private static Guid Numbered(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}

/// <summary>Quantities are seconds or minor units, as the policy counts.</summary>
/// <param name="CostMinor">Fees, blocks, tiers and billed overage; of prepaid money, and before the first terms, the work
/// itself.</param>
/// <param name="Expired">Granted and never used.</param>
/// <param name="Overage">Beyond what was there, billed or carried.</param>
/// <param name="Stopped">Beyond the cap, and in no cost: it would have needed approval.</param>
public sealed record SimulatedPolicy(
    RetainerAccount Account, long CostMinor, long Used, long Expired, long Overage, long Stopped);
