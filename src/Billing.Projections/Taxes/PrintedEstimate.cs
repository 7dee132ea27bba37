using System.Globalization;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Documents;

namespace Billing.Projections.Taxes;

/// <summary>A quarterly estimate as it is printed: what to pay by when and why, the four dates, and the whole working.</summary>
public static class PrintedEstimate
{
    private static readonly string[] Ordinals = ["1st", "2nd", "3rd", "4th"];

    /// <summary>Parts of the working by the first word of a line's code; lines of no part go under the last.</summary>
    private static readonly (string Prefix, string Heading)[] Parts =
    [
        ("schedule-c", "Profit of the business (Schedule C)"),
        ("projection", "The year's profit"),
        ("se", "Self-employment tax (Schedule SE)"),
        ("adjustments", "Adjustments and adjusted gross income"),
        ("deductions", "Deductions"),
        ("qbi", "Qualified business income deduction (section 199A)"),
        ("tax", "Income tax"),
        ("required", "Required annual payment (Form 1040-ES)"),
    ];

    public static TaxReportModel Of(TaxEstimate estimate, TaxParameters parameters, string practice, FilingStatus status)
    {
        var plan = estimate.Plan;
        return new TaxReportModel
        {
            Title = "Quarterly tax estimate",
            Practice = practice,
            TaxYear = estimate.Year,
            FilingStatus = StatusInWords(status),
            AsOf = estimate.AsOf,
            NextDue = plan.Next is { } next
                ? new TaxDueModel(Usd(plan.RecommendedPayment), next.DeadlineOn, $"{estimate.Advice} {estimate.Required.Reason}")
                : null,
            Instalments =
            [
                .. plan.Instalments.Select(i => new TaxInstalmentModel(
                    $"{Ordinals[i.Due.Number - 1]} quarter", i.Due.DeadlineOn, Usd(i.Required), Usd(i.Covered), Usd(i.Remaining))),
            ],
            Working = Working(estimate.Lines),
            ParameterVersion = parameters.Version,
            Sources = [.. parameters.Sources.Select(source => $"{source.Key}: {source.Value}")],
            Disclaimer = $"An estimate from the books as of the date above, not tax advice. {parameters.Provenance}",
        };
    }

    public static string StatusInWords(FilingStatus status) => status switch
    {
        FilingStatus.Single => "Single",
        FilingStatus.MarriedFilingJointly => "Married filing jointly",
        FilingStatus.MarriedFilingSeparately => "Married filing separately",
        FilingStatus.HeadOfHousehold => "Head of household",
        FilingStatus.QualifyingSurvivingSpouse => "Qualifying surviving spouse",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static List<TaxWorkingModel> Working(IReadOnlyList<TaxLine> lines)
    {
        var sections = new List<TaxWorkingModel>();
        foreach (var group in lines.GroupBy(line => line.Code.Split('.')[0]))
        {
            var heading = Parts.FirstOrDefault(part => part.Prefix == group.Key).Heading ?? char.ToUpperInvariant(group.Key[0]) + group.Key[1..];
            sections.Add(new TaxWorkingModel(heading, [.. group.Select(Row)]));
        }
        return sections;
    }

    private static TaxWorkingRowModel Row(TaxLine line) => line.Unit == TaxUnit.Dollars
        ? new TaxWorkingRowModel(line.Label, line.FormLine, Usd(line.Amount))
        : new TaxWorkingRowModel(line.Label, line.FormLine, line.Exact.ToString("0.######", CultureInfo.InvariantCulture));

    private static Money Usd(decimal dollars) => new((long)(Cents.Round(dollars) * 100), Currency.Usd);
}
