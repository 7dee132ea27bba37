using System.Globalization;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;
using Billing.Domain.Values;
using Billing.Projections.Documents;
using static Billing.Domain.Taxes.Cents;

namespace Billing.Projections.Taxes;

/// <summary>A quarterly estimate as it is printed: what to pay by when and why, the four dates, and the whole working.</summary>
public static class PrintedEstimate
{
    internal static readonly string[] Ordinals = ["1st", "2nd", "3rd", "4th"];

    /// <summary>Parts of the working, each with the first words of the codes of its lines.</summary>
    private static readonly (string Heading, string[] Codes)[] Parts =
    [
        ("Profit of the business", ["schedule-c"]),
        ("The year's profit", ["year", "projection", "household"]),
        ("Self-employment tax", ["se"]),
        ("Adjusted gross income", ["sep", "simple", "solo-401k", "health-insurance", "business-income", "agi"]),
        ("Deductions and taxable income", ["deduction", "qbi", "taxable-income"]),
        ("Tax of the year", ["income-tax", "amt", "credit", "additional-medicare", "net-investment-income-tax", "total-tax", "net-tax"]),
        ("Required annual payment", ["required"]),
        ("What to put aside", ["set-aside"]),
    ];

    /// <summary>Lines that sum up the ones above them.</summary>
    private static readonly string[] Results =
    [
        "schedule-c.net-profit", "projection.net-profit", "se.tax", "agi", "taxable-income", "net-tax", "required",
    ];

    /// <param name="known">What the estimate was made of.</param>
    /// <param name="since">Null where no estimate was given before.</param>
    public static TaxReportModel Of(
        TaxEstimate estimate, TaxParameters parameters, string practice, FilingStatus status, TaxFactsView known, SinceGiven? since)
    {
        var plan = estimate.ChosenPlan;
        var plain = PlainEstimate.Of(estimate);
        var chart = YearInMonths.Of(estimate, parameters, known);
        return new TaxReportModel
        {
            Title = "Quarterly tax estimate",
            Practice = practice,
            TaxYear = estimate.Year,
            FilingStatus = StatusInWords(status),
            AsOf = estimate.AsOf,
            Headline = plain.Headline,
            PlainWords = plain.Sentences,
            HowToPay = plain.HowToPay,
            Instalments =
            [
                .. plan.Instalments.Select(i => new TaxInstalmentModel(
                    $"{Ordinals[i.Due.Number - 1]} quarter", i.Due.DeadlineOn, ToMoney(i.Required), ToMoney(i.Covered),
                    ToMoney(i.Remaining))),
            ],
            Methods = PrintedMethods.Of(estimate),
            SetAside = Shares(estimate.SetAside),
            Payments =
            [
                .. known.EstimatedPayments.Where(payment => payment.PaidOn <= estimate.AsOf).Select(payment => new TaxPaymentModel(
                    payment.PaidOn, $"{Ordinals[payment.Quarter - 1]} quarter", new Money(payment.AmountMinor, Currency.Usd),
                    payment.Confirmation)),
            ],
            Chart = chart.IsEmpty ? null : chart,
            Changes = since is null ? null : PrintedChanges.Of(since),
            Working = [.. Working(estimate.Lines), .. PrintedMethods.Working(estimate, Row)],
            ParameterVersion = parameters.Version,
            Sources = [.. parameters.Sources.Select(source => $"{source.Key}: {source.Value}")],
            Disclaimer = $"An estimate from the books as of the date above, not tax advice. {parameters.Provenance}",
        };
    }

    private static List<TaxShareModel> Shares(SetAside setAside) =>
    [
        .. new (string Label, TaxLine? Line)[]
        {
            ("Of each payment you receive, so that nothing is left to pay in April", setAside.NoSurprise.OfEachPayment),
            ("Of each payment you receive, only so that no date is missed", setAside.NoPenalty.OfEachPayment),
            ("From now on, if nothing lies aside yet and nothing is to be left in April", setAside.NoSurprise.FromNowOn),
            ("Of the next dollar you receive, what goes to tax", setAside.MarginalOfGross),
        }.Where(share => share.Line is not null).Select(share => new TaxShareModel(share.Label, OfPayment(share.Line!.Exact))),
    ];

    /// <summary>What is at the limit may be more than can still be put aside.</summary>
    private static string OfPayment(decimal share) => share == SetAside.MostOfAPayment ? $"{Percent(share)} or more" : Percent(share);

    internal static string Percent(decimal share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

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
        var year = lines.Where(line => !ScheduleAi.Holds(line));
        var parts = year.GroupBy(PartOf).OrderBy(part => part.Key);
        return
        [
            .. parts.Select(part => new TaxWorkingModel(
                part.Key < Parts.Length ? Parts[part.Key].Heading : "Further lines", [.. part.Select(Row)])),
        ];

        static int PartOf(TaxLine line)
        {
            var word = line.Code.Split('.')[0];
            var part = Array.FindIndex(Parts, candidate => candidate.Codes.Contains(word));
            return part < 0 ? Parts.Length : part;
        }
    }

    private static TaxWorkingRowModel Row(TaxLine line)
    {
        var isResult = Results.Contains(line.Code);
        return line.Unit == TaxUnit.Dollars
            ? new TaxWorkingRowModel(line.Label, line.FormLine, ToMoney(line.Amount), isResult) { Code = line.Code }
            : new TaxWorkingRowModel(line.Label, line.FormLine, Number(line.Exact), isResult) { Code = line.Code };
    }

    internal static string Number(decimal exact) => exact.ToString("0.######", CultureInfo.InvariantCulture);
}
