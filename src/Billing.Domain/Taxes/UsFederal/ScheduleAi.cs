using System.Collections.Immutable;
using System.Globalization;
using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>One column of Schedule AI.</summary>
/// <param name="TaxableIncome">Line 13.</param>
/// <param name="IncomeTax">Line 14.</param>
/// <param name="SelfEmploymentTax">Line 15, annualized.</param>
/// <param name="Tax">Line 19: the year's tax if the whole year went like the period.</param>
/// <param name="Required">Line 27: the required instalment.</param>
public sealed record AnnualizedColumn(
    TaxLine TaxableIncome, TaxLine IncomeTax, TaxLine SelfEmploymentTax, TaxLine Tax, TaxLine Required);

/// <summary>
/// The annualized income instalment method (Form 2210 Schedule AI): instalments that follow when in the year the income
/// came. A column asks less than the regular method where little had come in by then, and later columns make it up.
/// </summary>
/// <param name="Columns">The four.</param>
public sealed record ScheduleAi(ImmutableArray<AnnualizedColumn> Columns)
{
    private static readonly string[] Letters = ["a", "b", "c", "d"];

    /// <summary>Where Schedule AI has the lines that it works out like the return.</summary>
    private static readonly Dictionary<string, string> FormLines = new()
    {
        ["agi"] = "Schedule AI line 1",
        ["deduction.standard"] = "Schedule AI line 7",
        ["deduction.standard-and-charity"] = "Schedule AI line 7",
        ["deduction.taken"] = "Schedule AI line 8",
        ["deduction.senior"] = "Schedule AI line 8",
        ["qbi.deduction"] = "Schedule AI line 9",
        ["taxable-income"] = "Schedule AI line 13",
        ["income-tax"] = "Schedule AI line 14",
        ["amt"] = "Schedule AI line 16",
        ["additional-medicare"] = "Schedule AI line 16",
        ["net-investment-income-tax"] = "Schedule AI line 16",
        ["credit"] = "Schedule AI line 18",
    };

    private const string Prefix = "annualized.";

    /// <summary>What stands before the names of a column's lines and facts.</summary>
    /// <param name="column">0 to 3.</param>
    public static string PartName(int column) => Prefix + Letters[column];

    /// <summary>Whether the line was worked out in a column, and not for the year.</summary>
    public static bool Holds(TaxLine line) => line.Code.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>The part of a sheet that a column, 0 to 3, is worked out in.</summary>
    public static Worksheet PartOf(Worksheet sheet, int column) => sheet.Part(PartName(column), FormLines);

    /// <param name="p">The figures.</param>
    /// <param name="sheet">Where the lines go.</param>
    /// <param name="periods">
    /// The household with its amounts from January through the end of each of the four periods; persons and credits that are
    /// refunded as for the whole year.
    /// </param>
    /// <param name="quarters">A quarter each of the required annual payment (line 24).</param>
    public static ScheduleAi Compute(
        TaxParameters p, Worksheet sheet, IReadOnlyList<Household> periods, IReadOnlyList<decimal> quarters)
    {
        var columns = ImmutableArray.CreateBuilder<AnnualizedColumn>(periods.Count);
        var (before, saved) = (0m, 0m);
        for (var i = 0; i < periods.Count; i++)
        {
            var part = PartOf(sheet, i);
            var column = TaxOf(p, part, i, periods[i]);
            var required = Required(p, part, i, column.Tax, before, quarters[i], saved);
            saved = quarters[i] + saved - required.Exact;
            before += required.Exact;
            columns.Add(column with { Required = required });
        }
        return new ScheduleAi(columns.MoveToImmutable());
    }

    /// <summary>Lines 1 to 19; the required instalment is still to be worked out.</summary>
    private static AnnualizedColumn TaxOf(TaxParameters p, Worksheet sheet, int i, Household period)
    {
        var table = p.EstimatedTax.Annualization;
        var c = table.Value[i];
        var place = i.ToString(CultureInfo.InvariantCulture);
        var factor = table.Part($"{place}.factor", c.Factor);
        var months = table.Part($"{place}.months", c.Months);

        var persons = period.Persons()
            .Where(entry => entry.Role == "taxpayer" || entry.Person.NetProfit != 0)
            .Select(entry => AnnualizedSe.Compute(p, sheet, i, entry.Role, entry.Person, months))
            .ToList();
        var selfEmployment = sheet.Add(
            "se.tax", "Annualized self-employment tax", "Schedule AI line 15", persons.Sum(person => person.Tax.Exact),
            "sum over the persons", [.. persons.Select(person => (TaxInput)person.Tax)]);
        var half = sheet.Add(
            "se.half", "Deductible part of self-employment tax in the period", null, persons.Sum(person => person.Half.Exact),
            "sum over the persons", [.. persons.Select(person => (TaxInput)person.Half)]);
        var business = AnnualTax.BusinessIncome(sheet, period, half, [.. persons.Select(person => person.Adjustments)]);
        var agi = AnnualTax.AdjustedGross(sheet, period, business);

        var rest = ReturnTax.Compute(
            p, sheet, period.Times(c.Factor), Annualized(sheet, half, factor),
            Annualized(sheet, business, factor), Annualized(sheet, agi, factor),
            [.. persons.Select(person => Annualized(sheet, person.NetEarnings, factor))]);
        var refundable = TaxInput.Fact("household.refundableCredits", period.RefundableCredits);
        var tax = sheet.Add(
            "tax", "Annualized tax after credits", "Schedule AI line 19",
            Math.Max(
                0,
                rest.IncomeTax.Exact + selfEmployment.Exact + rest.AlternativeMinimumTax.Exact + rest.AdditionalMedicare.Exact
                + rest.NetInvestmentIncomeTax.Exact - rest.Credits.Exact - refundable.Value),
            "income tax + self-employment tax + other taxes − credits, not below 0",
            rest.IncomeTax, selfEmployment, rest.AlternativeMinimumTax, rest.AdditionalMedicare, rest.NetInvestmentIncomeTax,
            rest.Credits, refundable);
        return new AnnualizedColumn(rest.TaxableIncome, rest.IncomeTax, selfEmployment, tax, tax);
    }

    private static TaxLine Annualized(Worksheet sheet, TaxLine line, TaxInput factor)
    {
        var name = line.Code[(line.Code.IndexOf('.', Prefix.Length) + 1)..];
        return sheet.Add(
            $"{name}.annualized", $"{line.Label}, annualized", name == "agi" ? "Schedule AI line 3" : null,
            line.Exact * factor.Value, "of the period × factor", line, factor);
    }

    /// <summary>Lines 20 to 27.</summary>
    private static TaxLine Required(
        TaxParameters p, Worksheet sheet, int i, TaxLine tax, decimal before, decimal quarter, decimal saved)
    {
        var table = p.EstimatedTax.Annualization;
        var share = table.Part($"{i.ToString(CultureInfo.InvariantCulture)}.applicableShare", table.Value[i].ApplicableShare);
        var applicable = sheet.AddInCents(
            "applicable", "Tax to be paid by then", "Schedule AI line 21", tax.Exact * share.Value,
            "annualized tax × applicable share", tax, share);
        var earlier = TaxInput.Fact("instalments.before", before);
        var byPeriod = sheet.AddInCents(
            "instalment.annualized", "Instalment by the period's income", "Schedule AI line 23",
            Math.Max(0, applicable.Exact - before), "tax to be paid by then − earlier instalments, not below 0", applicable,
            earlier);
        var regular = TaxInput.Fact("instalments.quarter", quarter);
        var left = TaxInput.Fact("instalments.savedBefore", saved);
        var most = sheet.AddInCents(
            "instalment.most", "Instalment by the regular method with what earlier columns saved", "Schedule AI line 26",
            quarter + saved, "quarter of the required annual payment + what earlier columns asked less", regular, left);
        return sheet.AddInCents(
            "instalment", "Required instalment", "Schedule AI line 27", Math.Min(byPeriod.Exact, most.Exact),
            "the smaller of both", byPeriod, most);
    }
}
