using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>Work that no invoice has drawn for yet.</summary>
/// <param name="Seconds">As it would be billed.</param>
/// <param name="ValueMinor">What it costs at its engagement's rate.</param>
public sealed record RetainerWork(Guid WorkId, Guid? EngagementId, LocalDate Day, long Seconds, long ValueMinor)
{
    /// <summary>Its parts with a surcharge, and what an hour of each costs.</summary>
    public IReadOnlyList<(long Seconds, HourlyPrice Price)> Surcharged { get; init; } = [];

    /// <summary>Work at one price.</summary>
    public static RetainerWork Of(Guid workId, Guid? engagementId, LocalDate day, long seconds, HourlyPrice price) =>
        new(workId, engagementId, day, seconds, price.For(seconds).RoundedMinor)
        {
            Surcharged = price.SurchargeTenThousandths == 0 ? [] : [(seconds, price)],
        };

    /// <summary>The parts of one entry.</summary>
    public static RetainerWork Joined(IEnumerable<RetainerWork> parts)
    {
        var all = parts.ToList();
        return all[0] with
        {
            Seconds = all.Sum(part => part.Seconds),
            ValueMinor = all.Sum(part => part.ValueMinor),
            Surcharged = [.. all.SelectMany(part => part.Surcharged)],
        };
    }

    /// <summary>As an account under these terms takes it.</summary>
    public RetainerFact.Worked Under(RetainerTerms terms, bool mayExceed = true) => new(Day, WorkId, Seconds, ValueMinor, mayExceed)
    {
        CoveredSurchargeMinor = SurchargeAt(terms.CoveredPerHourMinor),
        BeyondSurchargeMinor = SurchargeAt(terms.Overage.PerHourMinor),
    };

    /// <summary>What surcharges add where an hour costs so much; nothing where hours cost nothing.</summary>
    private long SurchargeAt(long? perHourMinor) => perHourMinor is not > 0 || Surcharged.Count == 0
        ? 0
        : new ExactAmount(Surcharged.Aggregate(
            (Int128)0, (sum, part) => sum + ((Int128)part.Price.At(perHourMinor.Value).SurchargeTenThousandths * part.Seconds)))
            .RoundedMinor;
}

/// <summary>
/// Several retainers of a client at once. Those of hours come before those of money, then by priority, then the older one.
/// What one has no lot for is left to the next of hours that covers it; what the last of these cannot cover is beyond, by
/// its rule, and is paid from money like any other work.
/// </summary>
public static class RetainerChain
{
    public static IReadOnlyList<RetainerState.Agreed> InOrder(IEnumerable<RetainerState.Agreed> retainers) =>
    [
        .. retainers.OrderBy(retainer => retainer.CountsHours ? 0 : 1).ThenBy(retainer => retainer.Priority)
            .ThenBy(retainer => retainer.AgreedAt).ThenBy(retainer => retainer.RetainerId),
    ];

    /// <summary>Each retainer's account at the end of a day.</summary>
    /// <param name="retainers">As <see cref="InOrder"/> has them.</param>
    public static IReadOnlyList<RetainerAccount> Reckon(
        IReadOnlyList<RetainerState.Agreed> retainers, IReadOnlyList<RetainerWork> work, LocalDate through)
    {
        var accounts = new List<RetainerAccount>();
        var left = work.ToDictionary(item => item.WorkId);
        for (var i = 0; i < retainers.Count; i++)
        {
            var retainer = retainers[i];
            var later = retainers.Skip(i + 1).Where(other => other.CountsHours).ToList();
            var facts = left.Values
                .Where(item => Takes(retainer, item) && (retainer.CountsHours ? item.Seconds : item.ValueMinor) > 0)
                .Select(item => item.Under(
                    TermsOn(retainer, item.Day), mayExceed: retainer.CountsHours && !later.Exists(other => Takes(other, item))));
            var account = RetainerAccount.Reckon(
                retainer.RetainerId, retainer.Terms, retainer.LastDay, [.. RetainerFacts.Of(retainer), .. facts], through);
            accounts.Add(account);
            foreach (var use in account.Uses.Where(use => use is { WorkId: not null } and not { How: UseOf.PaidOff }))
                left[use.WorkId!.Value] = After(left[use.WorkId.Value], use, retainer);
        }
        return accounts;
    }

    private static bool Takes(RetainerState.Agreed retainer, RetainerWork item) =>
        retainer.Covers(item.EngagementId) && RetainerPeriods.At(retainer.Terms, retainer.LastDay, item.Day) is not null;

    private static RetainerWork After(RetainerWork item, RetainerUse use, RetainerState.Agreed retainer)
    {
        if (!retainer.CountsHours) return item with { Seconds = 0, ValueMinor = item.ValueMinor - use.Quantity };
        var (price, left) = (PriceOf(use, retainer), item.Seconds - use.Quantity);
        return item with
        {
            Seconds = left,
            ValueMinor = item.ValueMinor - use.ValueMinor + price,
            // The rest has its share of the surcharges.
            Surcharged = [.. item.Surcharged.Select(part => (
                Rounding.DivideHalfAwayFromZero((Int128)part.Seconds * left, item.Seconds), part.Price))],
        };
    }

    /// <summary>What is still to be paid for hours that a retainer took.</summary>
    private static long PriceOf(RetainerUse use, RetainerState.Agreed retainer)
    {
        if (use.How is UseOf.Carried or UseOf.Stopped) return 0;
        return PerHourMinor(retainer, use.Day, use.How) is { } perHour
            ? Rounding.DivideHalfAwayFromZero((Int128)perHour * use.Quantity, 3600) + use.SurchargeMinor
            : use.ValueMinor;
    }

    /// <summary>What an hour that a retainer took costs: at the retainer's rate instead of the engagement's where it has one, with the
    /// same surcharges; nothing at all where it is paid for ahead.</summary>
    public static HourlyPrice PriceOf(HourlyPrice agreed, RetainerState.Agreed retainer, LocalDate day, string how) =>
        PerHourMinor(retainer, day, how) switch
        {
            null => agreed,
            0 => default,
            { } own => agreed.At(own),
        };

    /// <summary>What an hour that a retainer took costs without surcharges; null for the engagement's own rate.</summary>
    private static long? PerHourMinor(RetainerState.Agreed retainer, LocalDate day, string how)
    {
        var terms = TermsOn(retainer, day);
        return how == UseOf.Billed ? terms.Overage.PerHourMinor : how == UseOf.Lot ? terms.CoveredPerHourMinor ?? 0 : 0;
    }

    private static RetainerTerms TermsOn(RetainerState.Agreed retainer, LocalDate day) =>
        RetainerPeriods.At(retainer.Terms, retainer.LastDay, day)!.Terms;
}
