using Billing.Domain.Invoicing;

namespace Billing.Domain.Ledger;

/// <summary>
/// How the lines of one invoice stand on the cash clock. A credit note makes the lines what is open of them, so that what they were
/// paid with before is kept apart.
/// </summary>
/// <param name="Lines">What was owed of each after the last credit note, or from the beginning.</param>
/// <param name="AppliedMinor">What receipts brought since, less what of it went back.</param>
/// <param name="Before">What receipts before the last credit note brought of each line; null before the first one.</param>
public sealed record CashStanding(IReadOnlyList<InvoiceLine> Lines, long AppliedMinor, IReadOnlyList<InvoiceLine>? Before)
{
    /// <summary>What is open of each line, in order.</summary>
    public IReadOnlyList<long> OpenMinor => CashRecognition.OpenOf(Lines, AppliedMinor);

    /// <param name="received">Line by line.</param>
    public CashStanding Receive(long amountMinor, out IReadOnlyList<RecognisedIncome> received)
    {
        received = CashRecognition.Recognise(Lines, amountMinor, AppliedMinor);
        return this with { AppliedMinor = AppliedMinor + amountMinor };
    }

    /// <summary>First what receipts since the last credit note brought, then what those before it did.</summary>
    /// <param name="taken">Line by line, below zero.</param>
    public CashStanding TakeBack(long amountMinor, out IReadOnlyList<RecognisedIncome> taken)
    {
        var sinceMinor = Math.Min(amountMinor, AppliedMinor);
        var after = this with { AppliedMinor = AppliedMinor - sinceMinor };
        var parts = CashRecognition.Recognise(Lines, sinceMinor, after.AppliedMinor).ToList();
        if (amountMinor > sinceMinor)
        {
            after = after.TakeFromBefore(amountMinor - sinceMinor, out var before);
            parts.AddRange(before);
        }
        taken =
        [
            .. parts.GroupBy(income => income.LineNumber).OrderBy(line => line.Key)
                .Select(line => line.First() with { AmountMinor = -line.Sum(income => income.AmountMinor) }),
        ];
        return after;
    }

    public CashStanding Credit(InvoiceEvent.CreditNoteIssued note)
    {
        var open = CreditRecognition.OpenAfter(Lines, AppliedMinor, note.Lines, note.ReducedMinor);
        var received = CashRecognition.Recognise(Lines, AppliedMinor, 0)
            .ToDictionary(income => income.LineNumber, income => income.AmountMinor);
        var before = Before ?? [.. Lines.Select(line => line with { AmountMinor = 0 })];
        return new CashStanding(
            [.. Lines.Select((line, i) => line with { AmountMinor = open[i], RetainerAppliedMinor = 0 })], 0,
            [
                .. before.Select(line => line with
                {
                    AmountMinor = line.AmountMinor + received.GetValueOrDefault(line.LineNumber),
                    RetainerAppliedMinor = 0,
                }),
            ]);
    }

    /// <summary>What is taken of a line is open on it again.</summary>
    private CashStanding TakeFromBefore(long amountMinor, out IReadOnlyList<RecognisedIncome> taken)
    {
        var before = Before ?? [];
        var sumMinor = before.Sum(line => line.AmountMinor);
        taken = CashRecognition.Recognise(before, Math.Min(amountMinor, sumMinor), Math.Max(0, sumMinor - amountMinor));
        var of = taken.ToDictionary(income => income.LineNumber, income => income.AmountMinor);
        return this with
        {
            Before = [.. before.Select(line => line with { AmountMinor = line.AmountMinor - of.GetValueOrDefault(line.LineNumber) })],
            Lines = [.. Lines.Select(line => line with { AmountMinor = line.AmountMinor + of.GetValueOrDefault(line.LineNumber) })],
        };
    }
}
