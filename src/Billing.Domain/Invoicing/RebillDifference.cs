using System.Globalization;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>What lines of one sort, price and rule came to on an invoice, and come to now.</summary>
/// <param name="Sort">What the lines hold in common.</param>
internal sealed record RebillDifference(InvoiceLine Sort, string Description, LineSum Before, LineSum Now)
{
    /// <summary>Where the amounts differ; each stands for an amount of its own, since two rounded lines differ by what no
    /// quantity times the price would come to.</summary>
    public static IReadOnlyList<RebillDifference> Between(IReadOnlyList<DescribedLine> before, IReadOnlyList<DescribedLine> now)
    {
        var (sums, sumsNow) = (Sums(before), Sums(now));
        var descriptions = before.Concat(now).GroupBy(line => SortOf(line.Line))
            .ToDictionary(group => group.Key, group => group.Last().Description);
        return
        [
            .. descriptions.Select(pair => new RebillDifference(
                    pair.Key, pair.Value, sums.GetValueOrDefault(pair.Key), sumsNow.GetValueOrDefault(pair.Key)))
                .Where(difference => difference.Before.AmountMinor != difference.Now.AmountMinor),
        ];
    }

    /// <summary>The same text for the same difference, whatever things are called.</summary>
    public string Canonical => string.Create(
        CultureInfo.InvariantCulture,
        $"{Sort.Kind}|{Sort.EngagementId}|{Sort.PerHourMinor}|{Sort.SurchargeTenThousandths}|{Sort.Period}|{Sort.ExpenseId}|"
        + $"{Before.Seconds}|{Before.AmountMinor}|{Now.Seconds}|{Now.AmountMinor}")
        + (Sort.TaxCategory is null ? "" : $"|{Sort.TaxCategory}|{Sort.TaxHundredThousandths}")
        + (Sort.CoveredBy is null && Sort.BeyondOf is null ? "" : $"|{Sort.CoveredBy}|{Sort.BeyondOf}");

    public ProposedLine ToLine(Currency currency) => new(
        Sort.Kind, $"{Description}: {Text(Now, currency)} instead of {Text(Before, currency)}", Sort.EngagementId, null, null, null,
        Now.AmountMinor - Before.AmountMinor)
    {
        TaxedAs = Sort.TaxedAs(),
    };

    private string Text(LineSum sum, Currency currency)
    {
        var amount = new Money(sum.AmountMinor, currency);
        if (Sort.PerHourMinor is not { } perHour) return amount.ToString();
        var price = new HourlyPrice(perHour, Sort.SurchargeTenThousandths ?? 0);
        var perHourText = (decimal)price.TenThousandths / HourlyPrice.Scale / currency.MinorPerMajor;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{sum.Seconds / 3600}:{sum.Seconds / 60 % 60:00}:{sum.Seconds % 60:00} h at {perHourText:0.00####} = {amount}");
    }

    private static Dictionary<InvoiceLine, LineSum> Sums(IReadOnlyList<DescribedLine> lines) => lines
        .GroupBy(line => SortOf(line.Line))
        .ToDictionary(
            group => group.Key,
            group => new LineSum(group.Sum(line => line.Line.QuantitySeconds ?? 0), group.Sum(line => line.Line.AmountMinor)));

    /// <summary>The line without what is counted.</summary>
    private static InvoiceLine SortOf(InvoiceLine line) => line with
    {
        LineNumber = 0,
        QuantitySeconds = null,
        AmountMinor = 0,
        Hours = [],
        RetainerAppliedMinor = 0,
        InclusiveMinor = null,
    };
}

internal readonly record struct LineSum(long Seconds, long AmountMinor);
