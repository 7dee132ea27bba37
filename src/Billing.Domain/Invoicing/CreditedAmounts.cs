using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>What is left of an invoice's lines to be credited, and what of them a credit note takes.</summary>
internal static class CreditedAmounts
{
    /// <summary>Of each line in order: its amount, less what of a cap falls on it, less what was credited before.</summary>
    public static long[] LeftOf(IssuedInvoice invoice)
    {
        var net = NetAmounts.Of(invoice.Facts.Lines);
        return [.. invoice.Facts.Lines.Select((line, i) => net[i] - invoice.CreditedOf(line.LineNumber))];
    }

    /// <summary>Refuses: <c>currency-mismatch</c>, <c>credit-said-twice</c>, <c>amount-not-positive</c>,
    /// <c>credit-exceeds-invoice</c>, <c>line-unknown</c>, <c>line-named-twice</c>, <c>credit-exceeds-line</c>,
    /// <c>nothing-to-credit</c>.</summary>
    public static Rejection? Of(IssuedInvoice invoice, IssueCreditNote wish, out IReadOnlyList<CreditedLine> lines)
    {
        lines = [];
        var (left, currency) = (LeftOf(invoice), invoice.Currency);
        var said = wish.Lines.Select(line => line.Amount).Append(wish.Amount).OfType<Money>().ToList();
        if (said.Concat(wish.Settlement.Parts).Any(money => money.Currency != currency))
        {
            return new Rejection(
                "currency-mismatch", $"The invoice is in {currency}. Say every amount in it.", Kind: RejectionKind.Invalid);
        }
        if (said.Any(money => !money.IsPositive))
            return Invalid("amount-not-positive", "What is credited is more than zero.", wish.Amount is null ? "/lines" : "/amount");
        if (left.Sum() == 0) return new Rejection("nothing-to-credit", "All of the invoice was credited already.");

        var (refusal, parts) = wish switch
        {
            { Lines.Count: > 0, Amount: not null } => (
                Invalid("credit-said-twice", "Say either which lines are credited or one amount, not both.", "/amount"), left),
            { Lines.Count: > 0 } => OfLines(invoice, wish, left),
            { Amount: { } amount } when amount.Minor > left.Sum() => (
                new Rejection(
                    "credit-exceeds-invoice", $"Only {new Money(left.Sum(), currency)} of the invoice is left to be credited.",
                    "/amount"),
                left),
            { Amount: { } amount } => (null, SharedOut(invoice.Facts.Lines, amount.Minor, left)),
            _ => (null, left),
        };
        lines =
        [
            .. invoice.Facts.Lines.Zip(parts, (line, minor) => new CreditedLine(line.LineNumber, minor))
                .Where(line => line.AmountMinor > 0),
        ];
        return refusal;
    }

    /// <summary>By what is left: over what is taxed alike, then its tax by the running sum, and what remains over its lines. Each
    /// line's share rounded by itself would let many notes take no tax at all and a last one nothing else.</summary>
    private static long[] SharedOut(IReadOnlyList<InvoiceLine> lines, long amount, long[] left)
    {
        var (net, parts) = (NetAmounts.Of(lines), new long[left.Length]);
        var alike = Enumerable.Range(0, left.Length).GroupBy(at => lines[at].TaxedAs()).Select(group => group.ToList()).ToList();
        var shares = LargestRemainder.Split(amount, alike.ConvertAll(group => group.Sum(at => left[at])));
        foreach (var (group, share) in alike.Zip(shares))
        {
            var (rest, room) = (share, group.Sum(at => left[at]));
            var (whole, credited) = (group.Sum(at => net[at]), group.Sum(at => net[at] - left[at]) + share);
            foreach (var tax in group.Where(at => lines[at].Kind == LineKind.Tax && left[at] > 0))
            {
                room -= left[tax];
                parts[tax] = Math.Clamp(DueOf(net[tax], left[tax], credited, whole), Math.Max(0, rest - room), Math.Min(rest, left[tax]));
                rest -= parts[tax];
            }
            if (rest == 0) continue;
            var others = group.FindAll(at => lines[at].Kind != LineKind.Tax);
            var split = LargestRemainder.Split(rest, others.ConvertAll(at => left[at]));
            for (var i = 0; i < others.Count; i++) parts[others[i]] = split[i];
        }
        return parts;
    }

    private static (Rejection?, long[]) OfLines(IssuedInvoice invoice, IssueCreditNote wish, long[] left)
    {
        var refusal = Named(invoice, wish.Lines, left, out var parts);
        if (refusal is null && wish.TakesTaxAlong) AddTax(invoice, wish.Lines, left, parts);
        return (refusal, parts);
    }

    /// <summary>Each tax has been credited, as often as something is, by as much as the lines that it is on: what rounding leaves
    /// open goes with the last of them.</summary>
    private static void AddTax(IssuedInvoice invoice, IReadOnlyList<CreditWish> wishes, long[] left, long[] parts)
    {
        var lines = invoice.Facts.Lines;
        var net = NetAmounts.Of(lines);
        for (var i = 0; i < parts.Length; i++)
        {
            if (lines[i].Kind != LineKind.Tax || wishes.Any(wish => wish.LineNumber == i + 1)) continue;
            var under = Enumerable.Range(0, parts.Length).Where(at => lines[at].IsTaxedAs(lines[i])).ToList();
            var whole = under.Sum(at => net[at]);
            if (whole == 0 || under.All(at => parts[at] == 0)) continue;
            var credited = under.Sum(at => net[at] - left[at] + parts[at]);
            parts[i] = Math.Clamp(DueOf(net[i], left[i], credited, whole), 0, left[i]);
        }
    }

    /// <summary>The running sum: what of a tax is credited with so much of the whole that it goes by, less what was before.</summary>
    private static long DueOf(long taxMinor, long leftMinor, long credited, long whole) =>
        Rounding.DivideHalfAwayFromZero((Int128)taxMinor * credited, whole) - (taxMinor - leftMinor);

    private static Rejection? Named(IssuedInvoice invoice, IReadOnlyList<CreditWish> wishes, long[] left, out long[] parts)
    {
        parts = new long[left.Length];
        for (var i = 0; i < wishes.Count; i++)
        {
            var (wish, field) = (wishes[i], $"/lines/{i}");
            var at = wish.LineNumber - 1;
            if (at < 0 || at >= left.Length)
                return Invalid("line-unknown", $"The invoice has no line {wish.LineNumber}.", field);
            if (wishes.Take(i).Any(other => other.LineNumber == wish.LineNumber))
                return Invalid("line-named-twice", $"Line {wish.LineNumber} is named twice; say its amount once.", field);
            parts[at] = wish.Amount?.Minor ?? left[at];
            if (parts[at] > left[at] || parts[at] == 0)
            {
                return new Rejection(
                    "credit-exceeds-line",
                    $"Only {new Money(left[at], invoice.Currency)} of line {wish.LineNumber} is left to be credited.", field);
            }
        }
        return null;
    }

    private static Rejection Invalid(string code, string detail, string field) => new(code, detail, field, RejectionKind.Invalid);
}
