using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>What a retainer costs period by period.</summary>
public static class RetainerFee
{
    /// <summary>Whether it has a fee for each of its periods, as agreed last.</summary>
    public static bool IsRecurring(RetainerState.Agreed retainer) => retainer.Terms[^1].Terms is { FeeMinor: > 0, Period: not null };

    /// <summary>The fees of the retainer's periods that begin within some days, in minor units, each prorated as the terms say; 0
    /// where none begins, and of a retainer that was closed. Each period begins once, so that days which neither overlap nor leave
    /// a gap ask for each fee once.</summary>
    public static long BeginningWithin(RetainerState.Agreed retainer, LocalDate from, LocalDate endExclusive)
    {
        if (retainer.LastDay is not null) return 0;
        var sum = 0L;
        for (var day = from; day < endExclusive;)
        {
            var period = RetainerPeriods.At(retainer.Terms, null, day);
            if (period is { EndExclusive: { } end })
            {
                if (period.From >= from && period.Terms.FeeMinor is { } fee) sum += period.ShareOf(fee);
                day = end;
                continue;
            }
            // Before its first terms, or under terms without periods.
            var next = retainer.Terms.Where(terms => terms.From > day).Select(terms => (LocalDate?)terms.From).FirstOrDefault();
            if (next is null) break;
            day = next.Value;
        }
        return sum;
    }
}
