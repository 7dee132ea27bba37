using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Retainers;

/// <summary>Work that no invoice has drawn for yet.</summary>
/// <param name="Seconds">As it would be billed.</param>
/// <param name="ValueMinor">What it costs at its engagement's rate.</param>
public sealed record RetainerWork(Guid WorkId, Guid? EngagementId, LocalDate Day, long Seconds, long ValueMinor);

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
                .Select(item => new RetainerFact.Worked(
                    item.Day, item.WorkId, item.Seconds, item.ValueMinor,
                    MayExceed: retainer.CountsHours && !later.Exists(other => Takes(other, item))));
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
        var price = PriceOf(use, retainer);
        return item with { Seconds = item.Seconds - use.Quantity, ValueMinor = item.ValueMinor - use.ValueMinor + price };
    }

    /// <summary>What is still to be paid for hours that a retainer took.</summary>
    private static long PriceOf(RetainerUse use, RetainerState.Agreed retainer)
    {
        if (use.How is UseOf.Carried or UseOf.Stopped) return 0;
        return PerHourMinor(retainer, use.Day, use.How) is { } perHour
            ? Rounding.DivideHalfAwayFromZero((Int128)perHour * use.Quantity, 3600)
            : use.ValueMinor;
    }

    /// <summary>What an hour that a retainer took costs; null for the engagement's own rate.</summary>
    public static long? PerHourMinor(RetainerState.Agreed retainer, LocalDate day, string how)
    {
        var terms = RetainerPeriods.At(retainer.Terms, retainer.LastDay, day)!.Terms;
        return how == UseOf.Billed ? terms.Overage.PerHourMinor : how == UseOf.Lot ? terms.CoveredPerHourMinor ?? 0 : 0;
    }
}
