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
    /// <param name="lines">What is charged, tax and discounts among it, once <paramref name="hours"/> has split it.</param>
    /// <param name="retainers">As <see cref="RetainerChain.InOrder"/> has them.</param>
    public static RetainerApplication Of(
        IReadOnlyList<DescribedLine> lines, CoveredHours hours, IReadOnlyList<RetainerState.Agreed> retainers, Currency currency)
    {
        var money = retainers.Where(retainer => !retainer.CountsHours).ToList();
        var shares = MoneyShares(lines, money, currency);
        return new RetainerApplication(
            [.. lines.Select((priced, i) => priced with
            {
                Line = priced.Line with { LineNumber = i + 1, RetainerAppliedMinor = shares.Sum(share => share[i]) },
            })],
            [
                .. hours.Parts,
                .. money.Select((retainer, i) => new RetainerPart(
                    retainer.RetainerId, shares[i].Sum(), 0, 0, retainer.BalanceMinor - shares[i].Sum())),
            ],
            hours.Uses);
    }

    /// <summary>For each retainer what it pays of each line.</summary>
    private static List<long[]> MoneyShares(
        IReadOnlyList<DescribedLine> lines, List<RetainerState.Agreed> retainers, Currency currency)
    {
        var open = NetAmounts.Of([.. lines.Select(priced => priced.Line)]);
        var shares = new List<long[]>();
        foreach (var retainer in retainers)
        {
            var covered = Covered(lines, open, retainer);
            var applied = new Money(Math.Min(Math.Max(0, retainer.BalanceMinor), covered.Sum()), currency);
            var share = applied.Minor == 0
                ? new long[open.Length]
                : Array.ConvertAll(applied.Allocate(covered), part => part.Minor);
            shares.Add(share);
            for (var i = 0; i < open.Length; i++) open[i] -= share[i];
        }
        return shares;
    }

    /// <summary>What of each line a retainer could pay: of a line of tax, as much as it pays of what is taxed by it.</summary>
    private static long[] Covered(IReadOnlyList<DescribedLine> lines, long[] open, RetainerState.Agreed retainer)
    {
        var covered = open.Select((minor, i) =>
            lines[i].Line.Kind != LineKind.Tax && retainer.Covers(lines[i].Line.EngagementId) ? minor : 0).ToArray();
        for (var i = 0; i < open.Length; i++)
        {
            if (lines[i].Line.Kind != LineKind.Tax) continue;
            var under = Enumerable.Range(0, open.Length).Where(at => lines[at].Line.IsTaxedAs(lines[i].Line)).ToList();
            var whole = under.Sum(at => open[at]);
            if (whole > 0) covered[i] = Rounding.DivideHalfAwayFromZero((Int128)open[i] * under.Sum(at => covered[at]), whole);
        }
        return covered;
    }
}
