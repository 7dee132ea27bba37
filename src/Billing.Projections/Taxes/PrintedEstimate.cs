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
    /// <summary>Parts of the working, each with the first words of the codes of its lines.</summary>
    private static readonly (string Part, string[] Codes)[] Parts =
    [
        ("profit", ["schedule-c"]),
        ("year", ["year", "projection", "household"]),
        ("se", ["se"]),
        ("agi", ["sep", "simple", "solo-401k", "health-insurance", "business-income", "agi"]),
        ("deductions", ["deduction", "qbi", "taxable-income"]),
        ("tax", ["income-tax", "amt", "credit", "additional-medicare", "net-investment-income-tax", "total-tax", "net-tax"]),
        ("required", ["required"]),
        ("set-aside", ["set-aside"]),
    ];

    /// <summary>Lines that sum up the ones above them.</summary>
    private static readonly string[] Results =
    [
        "schedule-c.net-profit", "projection.net-profit", "se.tax", "agi", "taxable-income", "net-tax", "required",
    ];

    /// <param name="known">What the estimate was made of.</param>
    /// <param name="since">Null where no estimate was given before.</param>
    public static TaxReportModel Of(
        TaxEstimate estimate, TaxParameters parameters, string practice, FilingStatus status, TaxFactsView known, SinceGiven? since,
        DocumentLanguage language)
    {
        var words = new TaxWords(language);
        var plain = PlainEstimate.Of(estimate, parameters, language);
        var chart = YearInMonths.Of(estimate, parameters, known, language);
        return new TaxReportModel
        {
            Language = language,
            Title = words.Of("title"),
            Practice = practice,
            TaxYear = estimate.Year,
            FilingStatus = words.Of($"status-{status.Code()}"),
            AsOf = estimate.AsOf,
            Headline = plain.Headline,
            PlainWords = plain.Sentences,
            HowToPay = plain.HowToPay,
            Instalments =
            [
                .. estimate.ChosenPlan.Instalments.Select(i => new TaxInstalmentModel(
                    words.Quarter(i.Due.Number), i.Due.DeadlineOn, ToMoney(i.Required), ToMoney(i.Covered), ToMoney(i.Remaining))),
            ],
            Methods = PrintedMethods.Of(estimate, words),
            SetAside = Shares(estimate.SetAside, words),
            Payments =
            [
                .. known.EstimatedPayments.Where(payment => payment.PaidOn <= estimate.AsOf).Select(payment => new TaxPaymentModel(
                    payment.PaidOn, words.Quarter(payment.Quarter), new Money(payment.AmountMinor, Currency.Usd), payment.Confirmation)),
            ],
            Chart = chart.IsEmpty ? null : chart,
            Changes = since is null ? null : PrintedChanges.Of(since, words),
            Working =
            [
                .. Working(estimate.Lines, words), .. PrintedMethods.Working(estimate, words, line => Row(line, words)),
            ],
            ParameterVersion = parameters.Version,
            Sources = [.. parameters.Sources.Select(source => $"{source.Key}: {source.Value}")],
            Disclaimer = words.Of("disclaimer"),
            Provenance = parameters.Provenance,
        };
    }

    private static List<TaxShareModel> Shares(SetAside setAside, TaxWords words) =>
    [
        .. new (string Share, TaxLine? Line)[]
        {
            ("all", setAside.NoSurprise.OfEachPayment), ("dates", setAside.NoPenalty.OfEachPayment),
            ("from-now", setAside.NoSurprise.FromNowOn), ("next", setAside.MarginalOfGross),
        }.Where(share => share.Line is not null)
            .Select(share => new TaxShareModel(words.Of($"aside-{share.Share}"), OfPayment(share.Line!.Exact, words))),
    ];

    /// <summary>What is at the limit may be more than can still be put aside.</summary>
    private static string OfPayment(decimal share, TaxWords words) => share == SetAside.MostOfAPayment
        ? words.Of("or-more", ("share", words.Percent(share)))
        : words.Percent(share);

    private static List<TaxWorkingModel> Working(IReadOnlyList<TaxLine> lines, TaxWords words)
    {
        var year = lines.Where(line => !ScheduleAi.Holds(line));
        var parts = year.GroupBy(PartOf).OrderBy(part => part.Key);
        return
        [
            .. parts.Select(part => new TaxWorkingModel(
                words.Of($"part-{(part.Key < Parts.Length ? Parts[part.Key].Part : "further")}"),
                [.. part.Select(line => Row(line, words))])),
        ];

        static int PartOf(TaxLine line)
        {
            var word = line.Code.Split('.')[0];
            var part = Array.FindIndex(Parts, candidate => candidate.Codes.Contains(word));
            return part < 0 ? Parts.Length : part;
        }
    }

    private static TaxWorkingRowModel Row(TaxLine line, TaxWords words) => new(
        line.Label, line.FormLine, line.Unit == TaxUnit.Dollars ? words.Exact(line.Amount) : words.Number(line.Exact),
        Results.Contains(line.Code))
    {
        Code = line.Code,
    };
}
