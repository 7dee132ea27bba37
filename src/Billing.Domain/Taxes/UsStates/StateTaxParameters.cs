using Billing.Domain.Taxes.Parameters;
using Billing.Domain.Taxes.UsFederal;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>
/// The figures of one state's income tax for one year, as one file holds them. Made by <see cref="StateTaxFile"/>, which checks them;
/// found through <see cref="StateTaxLibrary"/>.
/// </summary>
/// <param name="Version">Id of this file, such as <c>us-ca-2026.1</c>; every estimate names it.</param>
/// <param name="Jurisdiction">Whose law it is, such as <c>us-ca</c>.</param>
/// <param name="Name">The state's name.</param>
/// <param name="Provenance">What the sources are worth, and what the words of confidence mean.</param>
/// <param name="Sources">Abbreviations that the figures' sources use.</param>
/// <param name="WithoutIncomeTax">True for a state that has no tax on the income of persons.</param>
/// <param name="IncomeTax">Of every other state.</param>
public sealed record StateTaxParameters(
    string Version,
    string Jurisdiction,
    int Year,
    string Name,
    string Provenance,
    IReadOnlyDictionary<string, string> Sources,
    TaxTable<bool>? WithoutIncomeTax = null,
    StateIncomeTaxParameters? IncomeTax = null);

/// <summary>What a state's income tax starts from.</summary>
public enum StateBase
{
    /// <summary>Federal adjusted gross income.</summary>
    FederalAgi,

    /// <summary>Federal taxable income: the federal deductions are in it.</summary>
    FederalTaxableIncome,

    /// <summary>Pay, net profits, interest and other income, each not below nothing and without any federal adjustment.</summary>
    Classes,
}

/// <summary>A state's income tax. A section that a state does not have is left out, and then it has no line in the working.</summary>
/// <param name="AddsBackHalfSelfEmploymentTax">Whether the federal deduction of self-employment tax is taken back.</param>
/// <param name="DeductionAddBack">From which income on the federal deduction is taken back beyond an allowance.</param>
/// <param name="QbiAddBack">Above which adjusted gross income the federal deduction for business income is taken back.</param>
/// <param name="Deductions">Standard deductions and exemptions, by a code of our own.</param>
/// <param name="Credits">What is taken off the tax, by a code of our own.</param>
/// <param name="Surtax">A further rate on taxable income above a threshold; credits do not lower it.</param>
/// <param name="FixedTax">An amount on every return with taxable income.</param>
/// <param name="Limits">Sentences on what is not provided for, as a person is told them.</param>
public sealed record StateIncomeTaxParameters(
    TaxTable<StateBase> Base,
    IReadOnlyDictionary<string, StateAllowance> Deductions,
    TaxTable<ByStatus<IReadOnlyList<TaxBracket>>> Rates,
    IReadOnlyDictionary<string, StateAllowance> Credits,
    StateInstalmentParameters Instalments,
    IReadOnlyList<string> Limits,
    TaxTable<bool>? AddsBackHalfSelfEmploymentTax = null,
    DeductionAddBackParameters? DeductionAddBack = null,
    TaxFigureByStatus? QbiAddBack = null,
    BusinessIncomeDeductionParameters? BusinessIncomeDeduction = null,
    CreditReductionParameters? CreditReduction = null,
    TaxpayerCreditParameters? TaxpayerCredit = null,
    SurtaxParameters? Surtax = null,
    TaxFigure? FixedTax = null);

/// <summary>By what an allowance is multiplied.</summary>
public enum AllowanceCount
{
    /// <summary>Once a return.</summary>
    Return,

    /// <summary>Two for a joint return and a surviving spouse, else one.</summary>
    Personal,

    /// <summary>Those who file, and their dependants.</summary>
    Person,

    /// <summary>Children under 17 and other dependants.</summary>
    Dependant,

    /// <summary>Children under 17.</summary>
    Child,

    /// <summary>Dependants who are no children under 17.</summary>
    OtherDependant,

    /// <summary>Those who file and are 65 or older.</summary>
    Aged,

    /// <summary>Those who file and are blind.</summary>
    Blind,

    /// <summary>One for each of both.</summary>
    AgedOrBlind,
}

/// <summary>A deduction, exemption or credit: an amount by status and federal adjusted gross income, times a count.</summary>
/// <param name="For">What it is multiplied by.</param>
/// <param name="Label">What it is, for a person.</param>
/// <param name="Value">The first step whose limit the income does not exceed gives the amount.</param>
public sealed record StateAllowance(
    AllowanceCount For, string Label, ByStatus<IReadOnlyList<AllowanceStep>> Value, string Source, Confidence Confidence, string Path,
    string? Note = null)
    : Sourced(Source, Confidence, Path, Note)
{
    /// <summary>The amount at an income.</summary>
    public TaxInput Amount(FilingStatus status, decimal income)
    {
        var steps = Value.For(status);
        var i = 0;
        while (income > steps[i].UpTo) i++;
        return new TaxInput(TaxInputKind.Parameter, $"{Path}.{status.Code()}.{i}.amount", steps[i].Amount, Source, Confidence);
    }
}

/// <param name="UpTo">The highest federal adjusted gross income that it holds for; null for the last step.</param>
public sealed record AllowanceStep(decimal Amount, decimal? UpTo = null);

/// <param name="FromIncome">The federal adjusted gross income from which on it holds.</param>
/// <param name="Allowance">What of the federal deduction stays.</param>
public sealed record DeductionAddBackParameters(TaxFigure FromIncome, TaxFigureByStatus Allowance);

/// <param name="Limit">Business income up to here is deducted.</param>
/// <param name="Rate">On business income above it, instead of the other rates.</param>
public sealed record BusinessIncomeDeductionParameters(TaxFigureByStatus Limit, TaxFigure Rate);

/// <summary>What a step of the reduction of credits takes away.</summary>
public enum CreditReductionKind
{
    /// <summary>A share of each credit.</summary>
    Share,

    /// <summary>Dollars of each single credit.</summary>
    Amount,
}

/// <param name="Start">The federal adjusted gross income above which credits shrink.</param>
/// <param name="Step">Each of these, or part of one, is a step.</param>
public sealed record CreditReductionParameters(
    CreditReductionKind Of, TaxFigureByStatus Start, TaxFigureByStatus Step, TaxFigure PerStep);

/// <summary>A credit of a share of the federal deduction, which fades out.</summary>
public sealed record TaxpayerCreditParameters(
    TaxFigure Rate, TaxFigure PerDependant, TaxFigureByStatus PhaseOutStart, TaxFigure PhaseOutRate);

/// <summary>When and how much a state wants during the year.</summary>
/// <param name="CumulativeShares">Of the required payment, at each of the four dates.</param>
/// <param name="PriorYearShareHighIncome">Instead of the other, above <paramref name="HighIncomeOver"/> of last year's income.</param>
/// <param name="PriorYearNotFromIncome">This year's income from which on last year's tax is no safe harbour.</param>
/// <param name="NoPaymentBelow">Tax left after withholding below which nothing is to be paid; null where it is not known.</param>
/// <param name="PenaltyRate">Yearly rate on what is late; null where it is not known.</param>
public sealed record StateInstalmentParameters(
    TaxTable<IReadOnlyList<decimal>> CumulativeShares,
    TaxFigure CurrentYearShare,
    TaxFigure PriorYearShare,
    TaxFigure? PriorYearShareHighIncome = null,
    TaxFigureByStatus? HighIncomeOver = null,
    TaxFigureByStatus? PriorYearNotFromIncome = null,
    TaxFigureByStatus? NoPaymentBelow = null,
    TaxFigure? PenaltyRate = null);
