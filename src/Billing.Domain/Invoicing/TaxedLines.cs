using Billing.Domain.Expenses;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>
/// The lines of an invoice with their taxes: every line says how it is taxed, and each category and rate has one line of tax,
/// rounded once (EN 16931, BR-CO-17). Where prices include the tax, the lines lose it and their sum with it stays to the cent.
/// </summary>
/// <param name="Tax">Null where nothing is said of tax.</param>
internal sealed record TaxedLines(IReadOnlyList<DescribedLine> Lines, InvoiceTax? Tax)
{
    /// <summary>Lines as they are priced, less the discounts, with their taxes. Refuses what
    /// <see cref="InvoiceDiscounts.Apply"/> refuses.</summary>
    public static Rejection? Charge(
        IReadOnlyList<DescribedLine> lines, IReadOnlyList<ExpenseDetails> expenses, IReadOnlyList<InvoiceDiscount> discounts,
        TaxRules rules, Currency currency, out TaxedLines taxed)
    {
        var treated = Treated(lines, expenses, rules);
        var refusal = InvoiceDiscounts.Apply(treated, discounts, currency, out var discounted);
        taxed = Of(discounted, rules);
        return refusal;
    }

    /// <summary>Lines as they are priced, each with how it is taxed; those that say so already keep it.</summary>
    private static IReadOnlyList<DescribedLine> Treated(
        IReadOnlyList<DescribedLine> lines, IReadOnlyList<ExpenseDetails> expenses, TaxRules rules)
    {
        if (rules.Default is null) return lines;
        var categories = expenses.ToDictionary(expense => expense.ExpenseId, expense => expense.Category);
        return
        [
            .. lines.Select(priced =>
            {
                var line = priced.Line;
                if (line.TaxCategory is not null) return priced;
                var category = line.ExpenseId is { } id ? categories.GetValueOrDefault(id) : null;
                var treatment = rules.For(line.EngagementId, category)!;
                return priced with
                {
                    Line = line with
                    {
                        TaxCategory = treatment.Category,
                        TaxHundredThousandths = treatment.HundredThousandths,
                    },
                };
            }),
        ];
    }

    private static TaxedLines Of(IReadOnlyList<DescribedLine> lines, TaxRules rules)
    {
        if (rules.Default is null) return new TaxedLines(lines, null);
        var taxed = lines.ToArray();
        var (parts, taxes) = (new List<TaxPart>(), new List<DescribedLine>());
        foreach (var key in KeysOf(lines))
        {
            var rate = key.HundredThousandths ?? 0;
            var under = Enumerable.Range(0, taxed.Length).Where(i => lines[i].Line.TaxedAs() == key).ToList();
            var prices = under.ConvertAll(i => lines[i].Line.AmountMinor);
            var net = rules.PricesInclude ? TaxArithmetic.Without(prices, rate) : [.. prices];
            if (rules.PricesInclude)
            {
                for (var i = 0; i < under.Count; i++)
                {
                    var priced = lines[under[i]];
                    taxed[under[i]] = priced with { Line = priced.Line with { AmountMinor = net[i], InclusiveMinor = prices[i] } };
                }
            }
            var tax = rules.PricesInclude ? prices.Sum() - net.Sum() : TaxArithmetic.On(net.Sum(), rate);
            parts.Add(new TaxPart(key.Category!, rate, net.Sum(), tax, ReasonOf(rules, key)));
            if (tax != 0) taxes.Add(LineOf(key, tax, rules));
        }
        return new TaxedLines([.. taxed, .. taxes], new InvoiceTax(rules, parts));
    }

    /// <summary>The parts of lines that are taxed already, as a correction or a credit note has them.</summary>
    /// <param name="amounts">What of each line counts.</param>
    public static IReadOnlyList<TaxPart> PartsOf(IReadOnlyList<InvoiceLine> lines, IReadOnlyList<long> amounts, TaxRules rules)
    {
        var counted = lines.Zip(amounts).Where(pair => pair.Second != 0 && pair.First.TaxCategory is not null).ToList();
        return
        [
            .. counted.GroupBy(pair => pair.First.TaxedAs()).OrderBy(group => group.Key, ByRate).Select(group => new TaxPart(
                group.Key.Category!, group.Key.HundredThousandths ?? 0,
                group.Where(pair => pair.First.Kind != LineKind.Tax).Sum(pair => pair.Second),
                group.Where(pair => pair.First.Kind == LineKind.Tax).Sum(pair => pair.Second), ReasonOf(rules, group.Key))),
        ];
    }

    /// <summary>The highest rate first.</summary>
    internal static IEnumerable<TaxKey> KeysOf(IEnumerable<DescribedLine> lines) =>
        lines.Select(priced => priced.Line.TaxedAs()).Distinct().Order(ByRate);

    private static Comparer<TaxKey> ByRate { get; } = Comparer<TaxKey>.Create((one, other) =>
    {
        var order = (other.HundredThousandths ?? 0).CompareTo(one.HundredThousandths ?? 0);
        return order != 0 ? order : string.CompareOrdinal(one.Category, other.Category);
    });

    /// <summary>Of several legal texts for one category the first stands for all.</summary>
    private static string? ReasonOf(TaxRules rules, TaxKey key) => rules.Exceptions.Select(exception => exception.Treatment)
        .Prepend(rules.Default!)
        .FirstOrDefault(treatment =>
            treatment.Category == key.Category && treatment.HundredThousandths == key.HundredThousandths && treatment.Reason is not null)
        ?.Reason;

    private static DescribedLine LineOf(TaxKey key, long taxMinor, TaxRules rules) => new(
        new InvoiceLine(0, LineKind.Tax, null, null, null, taxMinor, [], null)
        {
            TaxCategory = key.Category,
            TaxHundredThousandths = key.HundredThousandths,
        },
        $"{rules.Name ?? "Tax"} {TaxTreatment.TextOf(key.HundredThousandths ?? 0)}", []);
}
