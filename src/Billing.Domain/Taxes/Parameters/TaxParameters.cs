using System.Collections.Frozen;
using System.Text.Json.Serialization;
using NodaTime;

namespace Billing.Domain.Taxes.Parameters;

/// <summary>
/// The figures of US federal tax for one year, as one parameter file holds them. Made by <see
/// cref="TaxParameterFile"/>, which checks them; found through <see cref="TaxParameterLibrary"/>.
/// </summary>
/// <param name="Version">Id of this file, such as <c>us-federal-2026.1</c>; every estimate names it.</param>
/// <param name="Jurisdiction">Whose law it is: <c>us-federal</c>.</param>
/// <param name="Year">The tax year.</param>
/// <param name="Provenance">What the sources are worth, and what the words of confidence mean.</param>
/// <param name="Sources">Abbreviations that the figures' sources use.</param>
public sealed record TaxParameters(
    string Version,
    string Jurisdiction,
    int Year,
    string Provenance,
    IReadOnlyDictionary<string, string> Sources,
    IncomeTaxParameters IncomeTax,
    StandardDeductionParameters StandardDeduction,
    SeniorDeductionParameters? SeniorDeduction,
    SelfEmploymentParameters SelfEmployment,
    RetirementParameters Retirement,
    QualifiedBusinessIncomeParameters QualifiedBusinessIncome,
    AlternativeMinimumTaxParameters AlternativeMinimumTax,
    ChildTaxCreditParameters ChildTaxCredit,
    SurtaxParameters AdditionalMedicare,
    SurtaxParameters NetInvestmentIncomeTax,
    EstimatedTaxParameters EstimatedTax,
    TaxTable<IReadOnlyList<DatedRate>> BusinessMileage,
    HomeOfficeParameters HomeOffice,
    InformationReturnParameters InformationReturns,
    ScheduleCParameters ScheduleC);

/// <summary>The rate schedules (Form 1040-ES line 4).</summary>
public sealed record IncomeTaxParameters(TaxTable<ByStatus<IReadOnlyList<TaxBracket>>> RateSchedules);

/// <summary>
/// One bracket: tax is <see cref="BaseTax"/> plus <see cref="Rate"/> of what is over <see cref="Over"/>.
/// </summary>
public sealed record TaxBracket(decimal Over, decimal? UpTo, decimal Rate, decimal BaseTax);

/// <summary>The standard deduction; the charity limit is for cash gifts of those who do not itemize.</summary>
public sealed record StandardDeductionParameters(
    TaxFigureByStatus Amount, TaxFigureByStatus AdditionalPerBox, TaxFigureByStatus? CashCharityLimit,
    TaxFigure DependentFloor, TaxFigure DependentAddition);

/// <summary>The deduction for persons of 65 and older (Schedule 1-A, 2025 to 2028).</summary>
public sealed record SeniorDeductionParameters(
    TaxFigureByStatus AmountEach, TaxFigure PhaseOutRate, TaxFigureByStatus PhaseOutStart);

/// <summary>Schedule SE.</summary>
public sealed record SelfEmploymentParameters(
    TaxFigure NetEarningsFactor,
    TaxFigure SocialSecurityRate,
    TaxFigure MedicareRate,
    TaxFigure Floor,
    TaxFigure DeductibleShare,
    TaxFigure SocialSecurityWageBase);

/// <summary>Limits of what goes into one's own retirement plan.</summary>
/// <param name="CompensationLimit">Section 401(a)(17).</param>
/// <param name="ElectiveDeferralLimit">Section 402(g): of all plans of the 401(k) kind together.</param>
/// <param name="SimpleDeferralLimit">Of an employer with 25 employees or fewer.</param>
public sealed record RetirementParameters(
    TaxFigure SepShare,
    TaxFigure AnnualAdditionsLimit,
    TaxFigure CompensationLimit,
    TaxFigure ElectiveDeferralLimit,
    TaxFigure CatchUpFromFifty,
    TaxFigure? CatchUpSixtyToSixtyThree,
    TaxFigure SimpleDeferralLimit,
    TaxFigure SimpleCatchUpFromFifty,
    TaxFigure? SimpleCatchUpSixtyToSixtyThree,
    TaxFigure SimpleMatchShare);

/// <summary>Section 199A (Forms 8995 and 8995-A).</summary>
public sealed record QualifiedBusinessIncomeParameters(
    TaxFigure Rate,
    TaxFigureByStatus Threshold,
    TaxFigureByStatus PhaseInRange,
    TaxFigure WageShare,
    TaxFigure WageShareWithProperty,
    TaxFigure PropertyShare,
    MinimumQbiDeductionParameters? Minimum);

/// <summary>The least deduction of those with active business income (section 199A(i), from 2026).</summary>
public sealed record MinimumQbiDeductionParameters(TaxFigure Deduction, TaxFigure ActiveIncomeAtLeast);

/// <summary>Form 6251.</summary>
public sealed record AlternativeMinimumTaxParameters(
    TaxFigureByStatus Exemption,
    TaxFigureByStatus ExemptionPhaseOutStart,
    TaxFigure ExemptionPhaseOutRate,
    TaxFigure LowerRate,
    TaxFigure HigherRate,
    TaxFigureByStatus HigherRateOver);

/// <summary>Schedule 8812, the part that is not refunded.</summary>
public sealed record ChildTaxCreditParameters(
    TaxFigure PerChildUnder17,
    TaxFigure PerOtherDependant,
    TaxFigureByStatus PhaseOutStart,
    TaxFigure PhaseOutStep,
    TaxFigure PhaseOutPerStep);

/// <summary>A rate on what is over a threshold (Forms 8959 and 8960).</summary>
public sealed record SurtaxParameters(TaxFigure Rate, TaxFigureByStatus Threshold);

/// <summary>Form 1040-ES lines 12 to 15 and Form 2210.</summary>
public sealed record EstimatedTaxParameters(
    TaxFigure CurrentYearShare,
    TaxFigure PriorYearShare,
    TaxFigure PriorYearShareHighIncome,
    TaxFigureByStatus HighIncomeOver,
    TaxFigure NoPaymentBelow,
    TaxTable<IReadOnlyList<AnnualizationColumn>> Annualization,
    TaxTable<IReadOnlyList<DatedRate>> UnderpaymentRates);

/// <summary>One column of Schedule AI (Form 2210).</summary>
/// <param name="Months">From January on, that the period has.</param>
/// <param name="Factor">Line 2: makes a year of the period.</param>
/// <param name="ApplicableShare">Line 20: how much of the year's tax is to be paid by then.</param>
/// <param name="SocialSecurityRate">Line 32: the rate times the factor.</param>
/// <param name="MedicareRate">Line 34: the rate times the factor.</param>
/// <param name="HalfDivisor">Makes the deductible half of the period of line 36.</param>
public sealed record AnnualizationColumn(
    int Months, decimal Factor, decimal ApplicableShare, decimal SocialSecurityRate, decimal MedicareRate, decimal HalfDivisor);

/// <summary>The simplified method of the home office (Schedule C line 30), and when a month of use counts.</summary>
public sealed record HomeOfficeParameters(TaxFigure PerSquareFoot, TaxFigure SquareFeetMax, TaxFigure DaysOfAMonth);

/// <summary>From when on others tell the tax office what they paid (Forms 1099-NEC and 1099-K).</summary>
public sealed record InformationReturnParameters(
    TaxFigure NonemployeeCompensationAtLeast, TaxFigure PaymentNetworkOver, TaxFigure PaymentNetworkTransactionsOver);

/// <summary>A rate that holds from a day to a day, both included; null where it was not published yet.</summary>
public sealed record DatedRate(LocalDate From, LocalDate To, decimal? Rate);

/// <summary>Where expenses go on Schedule C.</summary>
public sealed record ScheduleCParameters(TaxTable<IReadOnlyList<ScheduleCCategory>> Categories)
{
    /// <summary>The categories by their codes.</summary>
    [JsonIgnore]
    public FrozenDictionary<string, ScheduleCCategory> ByCode { get; } = Categories.Value
        .DistinctBy(category => category.Code)
        .ToFrozenDictionary(category => category.Code, StringComparer.Ordinal);
}

/// <summary>A kind of expense.</summary>
/// <param name="Code">Stable name, as expenses are recorded with it.</param>
/// <param name="Line">Line of Schedule C; null where nothing of it is deductible.</param>
/// <param name="Label">What belongs here.</param>
/// <param name="DeductibleShare">
/// How much of the amount counts: 1, 0.5 for meals, 0 for what is not deductible.
/// </param>
public sealed record ScheduleCCategory(string Code, string? Line, string Label, decimal DeductibleShare);
