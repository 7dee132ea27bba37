using Billing.Domain.Taxes.Parameters;

namespace Billing.Domain.Taxes.Germany;

/// <summary>
/// The figures of German tax for one year, as one file holds them. Made by <see cref="GermanTaxFile"/>, which checks them; found through
/// <see cref="GermanTaxLibrary"/>. Amounts are euros.
/// </summary>
/// <param name="Version">Id of this file, such as <c>de-2026.1</c>; every estimate names it.</param>
/// <param name="TradeTaxFreeUpTo">Profit of a trade up to which there is no trade tax (section 11 GewStG).</param>
public sealed record GermanTaxParameters(
    string Version,
    string Jurisdiction,
    int Year,
    string Provenance,
    IReadOnlyDictionary<string, string> Sources,
    GermanTariffParameters IncomeTax,
    SolidarityParameters Solidarity,
    ChurchTaxParameters ChurchTax,
    PrepaymentParameters Prepayments,
    VatReturnParameters VatReturns,
    SmallBusinessParameters SmallBusiness,
    TaxFigure TradeTaxFreeUpTo,
    GermanProfitParameters Profit);

/// <summary>The tariff of section 32a (1) EStG, by the names of its zones.</summary>
public sealed record GermanTariffParameters(
    TaxFigure BasicAllowance,
    TaxFigure FirstZoneEnd,
    TaxFigure FirstZoneFactor,
    TaxFigure FirstZoneRate,
    TaxFigure SecondZoneEnd,
    TaxFigure SecondZoneFactor,
    TaxFigure SecondZoneRate,
    TaxFigure SecondZoneBase,
    TaxFigure ThirdZoneEnd,
    TaxFigure ThirdRate,
    TaxFigure ThirdSubtract,
    TaxFigure FourthRate,
    TaxFigure FourthSubtract);

/// <summary>The solidarity surcharge (sections 3 and 4 SolzG).</summary>
/// <param name="FreeUpTo">Income tax up to which there is none.</param>
/// <param name="FadingRate">Of what is over it: the surcharge is never more.</param>
public sealed record SolidarityParameters(TaxFigure Rate, TaxFigure FreeUpTo, TaxFigure FreeUpToJoint, TaxFigure FadingRate);

public sealed record ChurchTaxParameters(TaxFigure Rate, TaxFigure RateInBavariaAndBadenWurttemberg);

/// <summary>Prepayments of income tax (section 37 EStG).</summary>
/// <param name="YearAtLeast">Less than this in a year is not set.</param>
/// <param name="DateAtLeast">Nor less than this at a date.</param>
/// <param name="RaiseAtLeast">A raise for dates still to come is at least this much at each.</param>
/// <param name="LateRaiseAtLeast">A raise after the last date is at least this much.</param>
/// <param name="AdjustableMonths">How long after the year they may be adjusted.</param>
public sealed record PrepaymentParameters(
    TaxFigure YearAtLeast, TaxFigure DateAtLeast, TaxFigure RaiseAtLeast, TaxFigure LateRaiseAtLeast, TaxFigure AdjustableMonths);

/// <summary>Advance returns of VAT (section 18 (2) UStG).</summary>
/// <param name="MonthlyOver">Last year's tax above which they are monthly.</param>
/// <param name="NoneUpTo">Last year's tax up to which the office may free from them.</param>
/// <param name="DueDay">Day of the month after the period.</param>
public sealed record VatReturnParameters(TaxFigure MonthlyOver, TaxFigure NoneUpTo, TaxFigure DueDay);

/// <summary>Small businesses (section 19 UStG).</summary>
/// <param name="EndsAtOnce">Whether what crosses the second limit is taxed at once.</param>
public sealed record SmallBusinessParameters(TaxFigure PriorYearUpTo, TaxFigure CurrentYearUpTo, TaxTable<bool> EndsAtOnce);

/// <summary>Where expenses go in the statement of receipts and expenses (EÜR).</summary>
public sealed record GermanProfitParameters(TaxTable<IReadOnlyList<GermanCategory>> Categories);

/// <param name="Code">As expenses are recorded with it.</param>
/// <param name="Label">What the form calls it, in German.</param>
/// <param name="DeductibleShare">How much of the amount counts.</param>
public sealed record GermanCategory(string Code, string Label, decimal DeductibleShare);
