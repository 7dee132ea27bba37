using System.Collections.Immutable;
using Billing.Domain.Retainers;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// What retainers do to an invoice. Hours that one covers stand on a line of their own at no charge, or at the first tier's
/// rate; what is beyond stands on another, at the rate for it. What is then to be paid is paid from retainers of money, as
/// far as each reaches, in proportion over the lines that it covers.
/// </summary>
internal sealed record RetainerApplication(
    IReadOnlyList<DescribedLine> Lines, IReadOnlyList<RetainerPart> Parts,
    IReadOnlyDictionary<Guid, IReadOnlyList<HoursUse>> Hours)
{
    /// <summary>Refuses: <c>overage-needs-approval</c>.</summary>
    /// <param name="retainers">As <see cref="RetainerChain.InOrder"/> has them.</param>
    public static Rejection? Apply(
        IReadOnlyList<DescribedLine> lines, IReadOnlyList<RetainerState.Agreed> retainers, RoundingPolicy rounding,
        Currency currency, out RetainerApplication applied)
    {
        applied = new RetainerApplication(lines, [], ImmutableDictionary<Guid, IReadOnlyList<HoursUse>>.Empty);
        var hours = CoveredHours.Of(lines, [.. retainers.Where(retainer => retainer.CountsHours)]);
        if (hours.Refuse() is { } refusal) return refusal;
        var split = hours.Split(lines, rounding);
        var money = retainers.Where(retainer => !retainer.CountsHours).ToList();
        var shares = MoneyShares(split, money, currency);
        applied = new RetainerApplication(
            [.. split.Select((priced, i) => priced with
            {
                Line = priced.Line with { LineNumber = i + 1, RetainerAppliedMinor = shares.Sum(share => share[i]) },
            })],
            [
                .. hours.Parts,
                .. money.Select((retainer, i) => new RetainerPart(
                    retainer.RetainerId, shares[i].Sum(), 0, 0, retainer.BalanceMinor - shares[i].Sum())),
            ],
            hours.Uses);
        return null;
    }

    /// <summary>For each retainer what it pays of each line.</summary>
    private static List<long[]> MoneyShares(
        IReadOnlyList<DescribedLine> lines, List<RetainerState.Agreed> retainers, Currency currency)
    {
        var open = NetAmounts.Of([.. lines.Select(priced => priced.Line)]);
        var shares = new List<long[]>();
        foreach (var retainer in retainers)
        {
            var covered = open.Select((minor, i) => retainer.Covers(lines[i].Line.EngagementId) ? minor : 0).ToArray();
            var applied = new Money(Math.Min(Math.Max(0, retainer.BalanceMinor), covered.Sum()), currency);
            var share = applied.Minor == 0
                ? new long[open.Length]
                : Array.ConvertAll(applied.Allocate(covered), part => part.Minor);
            shares.Add(share);
            for (var i = 0; i < open.Length; i++) open[i] -= share[i];
        }
        return shares;
    }
}
