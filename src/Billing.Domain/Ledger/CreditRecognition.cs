using Billing.Domain.Invoicing;
using Billing.Domain.Values;

namespace Billing.Domain.Ledger;

/// <summary>
/// What credit notes do to the cash clock. What was never paid is never received, so later receipts fall on what is then open of
/// the lines; what is given back is received less on that day, by the lines that were credited.
/// </summary>
public static class CreditRecognition
{
    /// <summary>What is open of each line once a credit note has taken its part off: first off the credited lines, as far as they
    /// are open, and what exceeds them off the others, each by the largest remainder.</summary>
    /// <param name="alreadyAppliedMinor">What receipts applied to the invoice before.</param>
    /// <param name="reducedMinor">What the credit note takes off what is due.</param>
    public static long[] OpenAfter(
        IReadOnlyList<InvoiceLine> lines, long alreadyAppliedMinor, IReadOnlyList<CreditedLine> credited, long reducedMinor)
    {
        var open = CashRecognition.OpenOf(lines, alreadyAppliedMinor);
        var wished = credited.ToDictionary(line => line.LineNumber, line => line.AmountMinor);
        var first = lines.Select((line, i) => Math.Min(open[i], wished.GetValueOrDefault(line.LineNumber))).ToArray();
        var rest = reducedMinor - first.Sum();
        Take(open, first, Math.Min(reducedMinor, first.Sum()));
        if (rest > 0) Take(open, [.. open], rest);
        return open;
    }

    /// <summary>What giving so much of a credit note back takes from the income of its lines; the amounts are negative.</summary>
    public static IReadOnlyList<RecognisedIncome> GivenBack(
        IReadOnlyList<InvoiceLine> lines, IReadOnlyList<CreditedLine> credited, long amountMinor)
    {
        var byNumber = lines.ToDictionary(line => line.LineNumber);
        var shares = LargestRemainder.Split(amountMinor, [.. credited.Select(line => line.AmountMinor)]);
        return
        [
            .. credited.Zip(shares, (line, minor) => (Line: byNumber[line.LineNumber], Minor: minor)).Where(share => share.Minor != 0)
                .Select(share => new RecognisedIncome(
                    share.Line.LineNumber, CashRecognition.KindOf(share.Line), share.Line.EngagementId, share.Line.ExpenseId,
                    -share.Minor)),
        ];
    }

    private static void Take(long[] open, long[] weights, long minor)
    {
        if (minor == 0) return;
        var shares = LargestRemainder.Split(minor, weights);
        for (var i = 0; i < open.Length; i++) open[i] -= shares[i];
    }
}
