using System.Diagnostics;
using Billing.Domain.Taxes.Parameters;
using static Billing.Domain.Taxes.Words;

namespace Billing.Domain.Taxes.UsFederal;

/// <summary>Says which safe harbour governs and why, in words for the person who pays.</summary>
internal sealed record RequirementReason(
    EstimatedTaxParameters P,
    FilingStatus Status,
    TaxLine Current,
    TaxLine? ByPrior,
    TaxLine Required,
    TaxLine Left,
    decimal PriorShare,
    decimal Withholding,
    PriorYear? Prior)
{
    public string Text(RequirementBasis basis) => basis switch
    {
        RequirementBasis.NoTaxLastYear =>
            "Nothing has to be paid during the year: last year's return covered twelve months and showed no tax.",
        RequirementBasis.UnderThreshold =>
            $"Nothing has to be paid during the year: {Dollars(Left.Exact)} of tax is left after withholding, "
            + $"less than {Dollars(P.NoPaymentBelow.Value)}.",
        RequirementBasis.WithheldEnough =>
            $"Nothing has to be paid beyond withholding: the {Dollars(Withholding)} withheld cover the required "
            + $"{Dollars(Required.Exact)}.",
        RequirementBasis.PriorYear =>
            $"Last year's tax governs: {Percent(PriorShare)} of it is {Dollars(ByPrior!.Exact)}, less than "
            + $"{Percent(P.CurrentYearShare.Value)} of this year's expected tax, {Dollars(Current.Exact)}. "
            + $"Paying it on time is enough, however much more you earn.{HighIncome}",
        RequirementBasis.CurrentYear when ByPrior is null =>
            $"{Percent(P.CurrentYearShare.Value)} of this year's expected tax governs, {Dollars(Current.Exact)}: "
            + (Prior is null
                ? "last year's return is not known. If you tell it, less may be enough."
                : "last year's return was not filed or did not cover twelve months."),
        RequirementBasis.CurrentYear =>
            $"{Percent(P.CurrentYearShare.Value)} of this year's expected tax governs: {Dollars(Current.Exact)}, not "
            + $"more than {Percent(PriorShare)} of last year's tax, {Dollars(ByPrior.Exact)}. It moves with the "
            + $"projection; paying by last year's tax is enough in any case.{HighIncome}",
        _ => throw new UnreachableException(),
    };

    private string HighIncome => PriorShare != P.PriorYearShareHighIncome.Value ? "" :
        $" Last year's tax counts at {Percent(PriorShare)} because that year's adjusted gross income was over "
        + $"{Dollars(P.HighIncomeOver.Value.For(Status))}.";
}
