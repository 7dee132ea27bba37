using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>What a retainer costs period by period.</summary>
/// <param name="From">First day of the retainer's period.</param>
public sealed record RetainerFee(LocalDate From, long Minor)
{
    /// <summary>Whether it has a fee for each of its periods, as agreed last.</summary>
    public static bool IsRecurring(RetainerState.Agreed retainer) => retainer.Terms[^1].Terms is { FeeMinor: > 0, Period: not null };

    /// <summary>The fees of the retainer's periods that begin within some days and were not asked for yet, in minor units, each prorated
    /// as the terms say; none of a retainer that was closed. Each period begins once, so that days which neither overlap nor leave a
    /// gap ask for each fee once; and what was asked for is noted, so that two that overlap do too.</summary>
    public static IReadOnlyList<RetainerFee> BeginningWithin(RetainerState.Agreed retainer, LocalDate from, LocalDate endExclusive)
    {
        var fees = new List<RetainerFee>();
        if (retainer.LastDay is not null) return fees;
        for (var day = from; day < endExclusive;)
        {
            var period = RetainerPeriods.At(retainer.Terms, null, day);
            if (period is { EndExclusive: { } end })
            {
                if (period.From >= from && period.Terms.FeeMinor is { } fee && !retainer.FeesRequested.Contains(period.From))
                    fees.Add(new RetainerFee(period.From, period.ShareOf(fee)));
                day = end;
                continue;
            }
            // Before its first terms, or under terms without periods.
            var next = retainer.Terms.Where(terms => terms.From > day).Select(terms => (LocalDate?)terms.From).FirstOrDefault();
            if (next is null) break;
            day = next.Value;
        }
        return fees;
    }
}
