using Billing.Domain.Invoicing;

namespace Billing.Domain.Ledger;

/// <summary>
/// What of an invoice's lines is still to be received, and what was: the books that the cash clock keeps of one invoice. A credit note
/// makes the lines what is open of them, so that what they were paid with before is kept apart.
/// </summary>
/// <param name="Lines">What the client owes, before <paramref name="AppliedMinor"/>.</param>
/// <param name="AppliedMinor">Received since the last credit note and not gone back.</param>
/// <param name="Before">What was received of each line before the last credit note and did not go back; null before there was
/// one.</param>
public sealed record OpenLines(IReadOnlyList<InvoiceLine> Lines, long AppliedMinor, IReadOnlyList<InvoiceLine>? Before)
{
    public static OpenLines Of(IReadOnlyList<InvoiceLine> lines) => new(lines, 0, null);

    /// <summary>Of each line in order.</summary>
    public IReadOnlyList<long> OpenMinor => CashRecognition.OpenOf(Lines, AppliedMinor);

    public (OpenLines After, IReadOnlyList<RecognisedIncome> Income) Receive(long amountMinor) =>
        (this with { AppliedMinor = AppliedMinor + amountMinor }, CashRecognition.Recognise(Lines, amountMinor, AppliedMinor));

    /// <summary>Received less, line by line as it was received: first what came since the last credit note, then what came before. The
    /// amounts are negative.</summary>
    public (OpenLines After, IReadOnlyList<RecognisedIncome> Income) TakeBack(long amountMinor)
    {
        var since = Math.Min(amountMinor, AppliedMinor);
        var after = this with { AppliedMinor = AppliedMinor - since };
        var taken = CashRecognition.Recognise(Lines, since, after.AppliedMinor).ToList();
        if (amountMinor > since) taken.AddRange(after.TakeFromBefore(amountMinor - since, out after));
        return (after,
        [
            .. taken.GroupBy(income => income.LineNumber).OrderBy(line => line.Key)
                .Select(line => line.First() with { AmountMinor = -line.Sum(income => income.AmountMinor) }),
        ]);
    }

    /// <summary>What of the lines is open once a credit note took its part off.</summary>
    public OpenLines Reduce(IReadOnlyList<CreditedLine> credited, long reducedMinor)
    {
        var open = CreditRecognition.OpenAfter(Lines, AppliedMinor, credited, reducedMinor);
        var received = ByLine(CashRecognition.Recognise(Lines, AppliedMinor, 0));
        return new OpenLines(
            [.. Lines.Select((line, i) => line with { AmountMinor = open[i], RetainerAppliedMinor = 0 })], 0,
            [
                .. (Before ?? [.. Lines.Select(line => line with { AmountMinor = 0 })]).Select(line => line with
                {
                    AmountMinor = line.AmountMinor + received.GetValueOrDefault(line.LineNumber),
                    RetainerAppliedMinor = 0,
                }),
            ]);
    }

    /// <summary>What is taken of a line is open on it again.</summary>
    private IReadOnlyList<RecognisedIncome> TakeFromBefore(long amountMinor, out OpenLines after)
    {
        var before = Before ?? [];
        var sum = before.Sum(line => line.AmountMinor);
        var taken = CashRecognition.Recognise(before, Math.Min(amountMinor, sum), Math.Max(0, sum - amountMinor));
        var of = ByLine(taken);
        after = this with
        {
            Before = [.. before.Select(line => line with { AmountMinor = line.AmountMinor - of.GetValueOrDefault(line.LineNumber) })],
            Lines = [.. Lines.Select(line => line with { AmountMinor = line.AmountMinor + of.GetValueOrDefault(line.LineNumber) })],
        };
        return taken;
    }

    private static Dictionary<int, long> ByLine(IEnumerable<RecognisedIncome> income) =>
        income.ToDictionary(line => line.LineNumber, line => line.AmountMinor);
}
