using System.Collections.Immutable;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Retainers;
using Billing.Domain.Values;
using NodaTime.Text;

namespace Billing.Domain.Invoicing;

/// <summary>What retainers of hours make of the time on an invoice, by entry.</summary>
/// <param name="Taken">By entry, in the order in which it was taken.</param>
internal sealed record CoveredHours(
    IReadOnlyList<RetainerState.Agreed> Retainers, IReadOnlyList<RetainerAccount> Accounts,
    IReadOnlyDictionary<Guid, ImmutableList<TakenHours>> Taken)
{
    private static CoveredHours None { get; } = new([], [], ImmutableDictionary<Guid, ImmutableList<TakenHours>>.Empty);

    public static CoveredHours Of(
        IReadOnlyList<DescribedLine> lines, IReadOnlyList<RetainerState.Agreed> retainers)
    {
        if (retainers.Count == 0) return None;
        var work = lines.Where(IsTime).SelectMany(WorkOf).GroupBy(item => item.WorkId).Select(RetainerWork.Joined).ToList();
        if (work.Count == 0) return None;
        var accounts = RetainerChain.Reckon(retainers, work, work.Max(item => item.Day));
        var taken = accounts.SelectMany((account, i) => account.Uses
            .Where(use => use is { WorkId: not null } and not { How: UseOf.PaidOff })
            .Select(use => (Entry: use.WorkId!.Value, Hours: new TakenHours(retainers[i], use))));
        return new CoveredHours(retainers, accounts, taken.GroupBy(use => use.Entry, use => use.Hours)
            .ToImmutableDictionary(entry => entry.Key, entry => entry.ToImmutableList()));
    }

    /// <summary>What each invoice draws of each retainer, to be frozen.</summary>
    public IReadOnlyDictionary<Guid, IReadOnlyList<HoursUse>> Uses => Taken.Values.SelectMany(hours => hours)
        .GroupBy(hours => hours.Retainer.RetainerId)
        .ToImmutableDictionary(retainer => retainer.Key, retainer => (IReadOnlyList<HoursUse>)
        [
            .. retainer.GroupBy(hours => (hours.Use.Day, hours.Use.LotId, hours.Use.How))
                .OrderBy(use => use.Key.Day).ThenBy(use => use.Key.LotId).ThenBy(use => use.Key.How, StringComparer.Ordinal)
                .Select(use => new HoursUse(
                    use.Key.Day, use.Key.LotId, use.Sum(hours => hours.Use.Quantity), use.Key.How,
                    use.Sum(hours => hours.Use.ValueMinor))
                {
                    SurchargeMinor = use.Sum(hours => hours.Use.SurchargeMinor) is > 0 and var more ? more : null,
                }),
        ]);

    public IEnumerable<RetainerPart> Parts => Retainers
        .Select((retainer, i) => (
            retainer.RetainerId, Uses: Uses.GetValueOrDefault(retainer.RetainerId) ?? [], Account: Accounts[i]))
        .Where(part => part.Uses.Count > 0)
        .Select(part => new RetainerPart(
            part.RetainerId, 0, part.Uses.Where(use => use.How != UseOf.Billed).Sum(use => use.Seconds),
            part.Uses.Where(use => use.How == UseOf.Billed).Sum(use => use.Seconds), part.Account.Balance));

    public Rejection? Refuse() => Taken.Values.SelectMany(hours => hours).FirstOrDefault(hours => hours.Use.How == UseOf.Stopped)
        is { } stopped
            ? new Rejection("overage-needs-approval",
                $"Work of {LocalDatePattern.Iso.Format(stopped.Use.Day)} goes beyond what retainer {stopped.Retainer.Name} "
                + $"({stopped.Retainer.RetainerId:D}) allows without approval. Approve it for the period of that day, or leave the "
                + "entries out.")
            : null;

    /// <summary>One line for each retainer, price and way in which hours were taken, and one for the rest.</summary>
    public IReadOnlyList<DescribedLine> Split(IReadOnlyList<DescribedLine> lines, RoundingPolicy rounding)
    {
        // An entry with several prices stands on several lines: what was taken of it is taken from these in their order.
        var left = Taken.ToDictionary(
            entry => entry.Key,
            entry => new Queue<Unplaced>(entry.Value.Where(taken => taken.Use.Quantity > 0).Select(taken => new Unplaced(taken))));
        return [.. lines.SelectMany(priced => Split(priced, rounding, left))];
    }

    private IEnumerable<DescribedLine> Split(DescribedLine priced, RoundingPolicy rounding, Dictionary<Guid, Queue<Unplaced>> left)
    {
        var line = priced.Line;
        if (Taken.Count == 0 || !IsTime(priced) || !line.Hours.Any(hour => Taken.ContainsKey(hour.EntryId))) return [priced];
        var portions = line.Hours.Zip(SecondsOf(line))
            .SelectMany((hour, i) => Portions(priced.Price, hour.First, hour.Second, left.GetValueOrDefault(hour.First.EntryId) ?? [])
                .Select(portion => (Portion: portion, Note: priced.HourNotes[i])))
            .ToList();
        return portions.GroupBy(part => part.Portion.Place).OrderBy(group => group.Key.Rank).Select(group =>
        {
            var seconds = group.Sum(part => part.Portion.Seconds);
            var place = group.Key;
            return new DescribedLine(
                line with
                {
                    QuantitySeconds = seconds,
                    PerHourMinor = place.Price.BaseMinor,
                    SurchargeTenThousandths = place.Price.SurchargeTenThousandths == 0 ? null : place.Price.SurchargeTenThousandths,
                    Surcharge = place.Price.SurchargeTenThousandths == 0 ? null : line.Surcharge,
                    AmountMinor = place.Price.For(seconds).RoundedMinor,
                    Hours = [.. group.Select(part => part.Portion.Hour(line.Rounding ?? rounding))],
                    CoveredBy = place.IsBeyond ? null : place.RetainerId,
                    BeyondOf = place.IsBeyond ? place.RetainerId : null,
                },
                Words(priced, place), [.. group.Select(part => part.Note)]);
        });
    }

    /// <summary>An entry's time by what became of it; the rest, if any, is billed as it was priced.</summary>
    private IEnumerable<Portion> Portions(HourlyPrice priced, InvoiceHours hour, long billedSeconds, Queue<Unplaced> taken)
    {
        var (worked, left) = (hour.WorkedSeconds, billedSeconds);
        while (left > 0 && taken.TryPeek(out var next))
        {
            var (retainer, use) = next.Taken;
            var quantity = Math.Min(left, next.Seconds);
            if (quantity == next.Seconds) taken.Dequeue();
            else next.Seconds -= quantity;
            left -= quantity;
            var part = left == 0 ? worked : Math.Min(worked, quantity);
            worked -= part;
            var price = RetainerChain.PriceOf(priced, retainer, use.Day, use.How);
            yield return new Portion(
                new Place(Retainers.ToList().IndexOf(retainer) + 1, use.How == UseOf.Billed, retainer.RetainerId, retainer.Name, price),
                hour, quantity, part);
        }
        if (left > 0 || billedSeconds == 0)
            yield return new Portion(new Place(int.MaxValue, false, null, null, priced), hour, left, worked);
    }

    /// <summary>What a line says is what it costs: hours that are paid for ahead have no surcharge.</summary>
    private static string Words(DescribedLine priced, Place place)
    {
        var words = place.Price.SurchargeTenThousandths == 0 ? priced.PlainDescription ?? priced.Description : priced.Description;
        return place switch
        {
            { RetainerId: null } => words,
            { IsBeyond: true } => $"{words} (beyond {place.Name})",
            _ => $"{words} (covered by {place.Name})",
        };
    }

    /// <summary>Time at a price of its own: what a fixed fee or a cap stands for is no retainer's.</summary>
    private static bool IsTime(DescribedLine priced) => priced.Line is
    {
        Kind: LineKind.Time, QuantitySeconds: not null, PerHourMinor: > 0, Period: null, Hours.Count: > 0
    };

    private static IEnumerable<RetainerWork> WorkOf(DescribedLine priced) => priced.Line.Hours.Zip(SecondsOf(priced.Line))
        .Where(hour => hour.Second > 0)
        .Select(hour => RetainerWork.Of(
            hour.First.EntryId, priced.Line.EngagementId, hour.First.WorkedOn, hour.Second, priced.Price));

    /// <summary>Billed time by entry. Where the line was rounded as a whole, its last entries take the difference.</summary>
    private static long[] SecondsOf(InvoiceLine line)
    {
        var seconds = line.Hours.Select(hour => hour.BilledSeconds).ToArray();
        var difference = line.QuantitySeconds!.Value - seconds.Sum();
        for (var i = seconds.Length - 1; i >= 0 && difference != 0; i--)
        {
            var moved = Math.Max(-seconds[i], difference);
            seconds[i] += moved;
            difference -= moved;
        }
        return seconds;
    }

    /// <summary>What was taken of an entry and stands on no line yet.</summary>
    private sealed class Unplaced(TakenHours taken)
    {
        public TakenHours Taken => taken;

        public long Seconds { get; set; } = taken.Use.Quantity;
    }

    /// <summary>Which line a portion stands on.</summary>
    private sealed record Place(int Order, bool IsBeyond, Guid? RetainerId, string? Name, HourlyPrice Price)
    {
        public (int, bool, long, long) Rank => (Order, IsBeyond, Price.BaseMinor, Price.SurchargeTenThousandths);
    }

    private sealed record Portion(Place Place, InvoiceHours Entry, long Seconds, long WorkedSeconds)
    {
        public InvoiceHours Hour(RoundingPolicy rounding) => Entry with
        {
            WorkedSeconds = WorkedSeconds,
            BilledSeconds = rounding.Scope == RoundingPolicy.PerEntry ? Seconds : WorkedSeconds,
        };
    }
}

/// <summary>Time of one entry that a retainer took.</summary>
internal sealed record TakenHours(RetainerState.Agreed Retainer, RetainerUse Use);
