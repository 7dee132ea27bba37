using System.Text.RegularExpressions;
using Billing.Domain.Taxes.UsFederal;
using NodaTime;

namespace Billing.Domain.Taxes.Parameters;

/// <summary>What the shape of a parameter file alone cannot promise.</summary>
internal static partial class TaxParameterCheck
{
    /// <summary>Sentences about what is wrong; none where all is well.</summary>
    public static IEnumerable<string> Problems(TaxParameters p) =>
    [
        .. Naming(p),
        .. FilingStatuses.All.SelectMany(status =>
            BracketCheck.Problems(p.IncomeTax.RateSchedules.Value.For(status), status, mayBeginUntaxed: false)),
        .. Shares(p),
        .. Days(p.BusinessMileage, new LocalDate(p.Year, 1, 1), new LocalDate(p.Year, 12, 31)),
        .. p.BusinessMileage.Value.Where(rate => rate.Rate is null).Select(_ => "a mileage rate is missing"),
        .. Days(p.EstimatedTax.UnderpaymentRates, new LocalDate(p.Year, 4, 1), new LocalDate(p.Year + 1, 4, 15)),
        .. Categories(p.ScheduleC.Categories.Value),
        .. Columns(p),
    ];

    private static IEnumerable<string> Naming(TaxParameters p)
    {
        if (p.Jurisdiction != "us-federal") yield return $"{p.Jurisdiction} is not the jurisdiction of these figures";
        var prefix = $"{p.Jurisdiction}-{p.Year}.";
        if (!VersionPattern().IsMatch(p.Version) || !p.Version.StartsWith(prefix, StringComparison.Ordinal))
            yield return "the version is not {jurisdiction}-{year}.{revision}";
    }

    /// <summary>Periods that cover the days without a gap or an overlap.</summary>
    private static IEnumerable<string> Days(TaxTable<IReadOnlyList<DatedRate>> table, LocalDate from, LocalDate to)
    {
        foreach (var period in table.Value)
        {
            if (period.From != from || period.To < period.From)
                yield return $"{table.Path} does not go on from {Words.Day(from)}";
            from = period.To.PlusDays(1);
        }
        if (from != to.PlusDays(1)) yield return $"{table.Path} does not end on {Words.Day(to)}";
    }

    /// <summary>Every column of Schedule AI follows from its months and the year's rates.</summary>
    private static IEnumerable<string> Columns(TaxParameters p)
    {
        var columns = p.EstimatedTax.Annualization.Value;
        if (!columns.Select(column => column.Months).SequenceEqual([3, 5, 8, 12]))
        {
            yield return "the columns of Schedule AI do not end with March, May, August and December";
            yield break;
        }
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            var isRight = column.Factor * column.Months == 12
                && column.ApplicableShare == p.EstimatedTax.CurrentYearShare.Value * (i + 1) / 4
                && column.SocialSecurityRate == p.SelfEmployment.SocialSecurityRate.Value * column.Factor
                && column.MedicareRate == p.SelfEmployment.MedicareRate.Value * column.Factor
                && column.HalfDivisor * p.SelfEmployment.DeductibleShare.Value == column.Factor;
            if (!isRight) yield return $"column {i} of Schedule AI does not follow from its months";
        }
    }

    private static IEnumerable<string> Categories(IReadOnlyList<ScheduleCCategory> categories)
    {
        var codes = categories.Select(category => category.Code).Distinct().Count();
        if (codes != categories.Count) yield return "a category stands twice";
        foreach (var category in categories)
        {
            if (category.Line is null != (category.DeductibleShare == 0))
                yield return $"category {category.Code} must have a line just where some of it is deductible";
            if (category.DeductibleShare is < 0 or > 1) yield return $"category {category.Code} has no share";
        }
    }

    private static IEnumerable<string> Shares(TaxParameters p)
    {
        TaxFigure?[] shares =
        [
            p.SelfEmployment.NetEarningsFactor, p.SelfEmployment.SocialSecurityRate, p.SelfEmployment.MedicareRate,
            p.SelfEmployment.DeductibleShare, p.SeniorDeduction?.PhaseOutRate, p.Retirement.SepShare,
            p.Retirement.SimpleMatchShare, p.QualifiedBusinessIncome.Rate, p.QualifiedBusinessIncome.WageShare,
            p.AlternativeMinimumTax.ExemptionPhaseOutRate, p.AlternativeMinimumTax.LowerRate, p.AlternativeMinimumTax.HigherRate,
            p.QualifiedBusinessIncome.WageShareWithProperty, p.QualifiedBusinessIncome.PropertyShare,
            p.AdditionalMedicare.Rate, p.NetInvestmentIncomeTax.Rate,
            p.EstimatedTax.CurrentYearShare, p.EstimatedTax.PriorYearShare,
        ];
        foreach (var share in shares)
            if (share is { Value: <= 0 or > 1 }) yield return $"{share.Path} is no share";
        if (FilingStatuses.All.Any(status => p.QualifiedBusinessIncome.PhaseInRange.Value.For(status) <= 0))
            yield return "a phase-in range of qualified business income is empty";
        if (p.ChildTaxCredit.PhaseOutStep.Value <= 0) yield return "a step of the phase-out of credits is nothing";
    }

    [GeneratedRegex(@"^[a-z-]+-\d{4}\.[1-9]\d*$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionPattern();
}
