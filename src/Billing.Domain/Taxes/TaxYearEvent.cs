using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Taxes;

/// <summary>What happens in one tax year of a practice in one jurisdiction.</summary>
public abstract record TaxYearEvent
{
    private TaxYearEvent() { }

    /// <summary>What the books cannot know about the filer, in full; a later one replaces it.</summary>
    public sealed record FilingProfileSet(
        int Year, string Jurisdiction, [property: Confidential] FiledProfile? Profile, Instant SetAt) : TaxYearEvent;

    /// <summary>The office at home, in full; a later one replaces it.</summary>
    /// <param name="Office">Null where there is none any more.</param>
    public sealed record HomeOfficeSet(
        int Year, string Jurisdiction, [property: Confidential] StatedHomeOffice? Office, Instant SetAt) : TaxYearEvent;

    /// <summary>What a state's return says that neither the books nor the federal profile know, in full; a later one replaces
    /// it.</summary>
    public sealed record StateFilingSet(
        int Year, string Jurisdiction, [property: Confidential] StateFiling? Filing, Instant SetAt) : TaxYearEvent;

    /// <summary>What the books cannot know about somebody taxed in Germany, in full; a later one replaces it.</summary>
    public sealed record GermanProfileSet(
        int Year, [property: Confidential] GermanProfile? Profile, Instant SetAt) : TaxYearEvent;

    /// <param name="Quarter">1 to 4: which instalment the filer named.</param>
    /// <param name="Confirmation">What the payment service answered.</param>
    public sealed record EstimatedTaxPaid(
        Guid PaymentId, int Quarter, long AmountMinor, LocalDate PaidOn, [property: Confidential] string? Confirmation,
        Instant RecordedAt) : TaxYearEvent;

    public sealed record EstimatedTaxPaymentRemoved(Guid PaymentId, Instant RemovedAt) : TaxYearEvent;

    /// <summary>An estimate somebody was given, with what it takes to give it again.</summary>
    /// <param name="ParameterVersion">Version of the tax parameters that it used.</param>
    /// <param name="BookPlace">The place in the book up to which facts were counted.</param>
    public sealed record EstimateGiven(
        Guid EstimateId, string ParameterVersion, LocalDate AsOf, long BookPlace, string Projection,
        long TotalTaxMinor, long RequiredAnnualPaymentMinor, long NextPaymentMinor, LocalDate? NextDueOn,
        Instant GivenAt) : TaxYearEvent
    {
        /// <summary>Code of the projection, which <c>Projection</c> puts in words; null for run-rate, while there was no choice.</summary>
        public string? ProjectionCode { get; init; }

        /// <summary>The whole year's profit, where the projection is the filer's own number.</summary>
        public long? OwnNetProfitMinor { get; init; }
    }
}

/// <summary>The filing profile as it is stored. Amounts are cents of US dollars.</summary>
/// <param name="FilingStatus">single, mfj, mfs, hoh or qss.</param>
/// <param name="PriorYearTaxMinor">Form 2210 line 8; null where it is not known.</param>
public sealed record FiledProfile(
    string FilingStatus, bool Is65OrOlder, bool IsBlind, bool SpouseIs65OrOlder, bool SpouseIsBlind,
    long WagesMinor, long SpouseWagesMinor, long SpouseSelfEmploymentMinor, long WithholdingMinor, long InterestMinor,
    long OtherIncomeMinor, int ChildrenUnder17, int OtherDependants, bool IsSpecifiedService,
    long HealthInsurancePremiumsMinor, long SepContributionMinor, long? PriorYearTaxMinor, long? PriorYearAgiMinor,
    bool PriorYearFiledInFull, long PriorOverpaymentAppliedMinor, FiledFurther? Further = null);

/// <summary>What only some filers have to say. Amounts are cents of US dollars for the whole year.</summary>
/// <param name="Age">At the end of the year.</param>
/// <param name="IsDependent">Somebody else can claim the filer.</param>
/// <param name="ItemizedDeductionsMinor">Schedule A line 17.</param>
/// <param name="ItemizedTaxesMinor">Schedule A line 7, among them.</param>
/// <param name="CashCharityMinor">Cash gifts of those who do not itemize.</param>
/// <param name="OtherAdjustmentsMinor">Such as an HSA or an IRA contribution (Schedule 1 part II).</param>
/// <param name="RefundableCreditsMinor">Form 1040-ES line 11b.</param>
/// <param name="SocialSecurityWagesMinor">W-2 boxes 3 and 7 where they differ from the wages.</param>
/// <param name="DeferralsElsewhereMinor">Into an employer's plan.</param>
/// <param name="QualifiedBusinessLossMinor">Brought from last year (Form 8995 line 3), as a positive amount.</param>
/// <param name="EmployeeWagesPaidMinor">W-2 wages that the business paid.</param>
/// <param name="ChoosesAnnualizedMethod">Whether instalments follow Schedule AI instead of four equal parts.</param>
public sealed record FiledFurther(
    int? Age, int? SpouseAge, bool IsDependent, long ItemizedDeductionsMinor, long ItemizedTaxesMinor, long CashCharityMinor,
    long OtherAdjustmentsMinor, long RefundableCreditsMinor, long? SocialSecurityWagesMinor, long? SpouseSocialSecurityWagesMinor,
    long SimpleContributionMinor, long Solo401kContributionMinor, long DeferralsElsewhereMinor,
    long SpouseHealthInsurancePremiumsMinor, long SpouseSepContributionMinor, long QualifiedBusinessLossMinor,
    long EmployeeWagesPaidMinor, bool ChoosesAnnualizedMethod);

/// <summary>What is said of a state's return as it is stored. Amounts are cents of US dollars.</summary>
/// <param name="WithholdingMinor">The state's income tax withheld over the whole year.</param>
/// <param name="PriorYearTaxMinor">Total tax of last year's return to the state; null where it is not known.</param>
/// <param name="PriorYearAgiMinor">Adjusted gross income of that return.</param>
/// <param name="PriorYearFiledInFull">Whether it was filed and covered twelve months.</param>
public sealed record StateFiling(
    long WithholdingMinor, long? PriorYearTaxMinor, long? PriorYearAgiMinor, bool PriorYearFiledInFull,
    long PriorOverpaymentAppliedMinor);

/// <summary>The German profile as it is stored. Amounts are cents of euros for the whole year.</summary>
/// <param name="IsJoint">Whether a couple is assessed together.</param>
/// <param name="OtherIncomeMinor">Other taxable income of both, after what goes off it; below zero for a loss.</param>
/// <param name="DeductionsMinor">Special expenses and allowances.</param>
/// <param name="WithheldMinor">Wage tax withheld, with solidarity surcharge and church tax.</param>
/// <param name="ChurchTax"><see cref="InTheSouth"/> or <see cref="Elsewhere"/>; null for none.</param>
/// <param name="IsTrade">Whether the business is a trade.</param>
/// <param name="SetPrepaymentsMinor">What the office has set for each of the four dates; null while it has set nothing.</param>
/// <param name="IsSmallBusiness">Whether section 19 UStG is used.</param>
/// <param name="HasVatExtension">Whether advance returns are due a month later.</param>
/// <param name="PriorYearVatMinor">Last year's VAT after input tax; null where it is not known.</param>
/// <param name="PriorYearTurnoverMinor">Last year's turnover for section 19 UStG; null where it is not known.</param>
public sealed record GermanProfile(
    bool IsJoint, long OtherIncomeMinor, long DeductionsMinor, long WithheldMinor, string? ChurchTax, bool IsTrade,
    IReadOnlyList<long>? SetPrepaymentsMinor, bool IsSmallBusiness, bool HasVatExtension, long? PriorYearVatMinor,
    long? PriorYearTurnoverMinor)
{
    /// <summary>Bavaria or Baden-Württemberg, with their lower rate of church tax.</summary>
    public const string InTheSouth = "south";

    public const string Elsewhere = "elsewhere";
}

/// <summary>A home office as it is stored. Amounts are cents of US dollars, over the time of use in the year.</summary>
/// <param name="Method"><see cref="Simplified"/> or <see cref="Actual"/>.</param>
/// <param name="HomeSquareFeet">Of the whole home; null for the simplified method.</param>
/// <param name="Costs">Empty for the simplified method.</param>
/// <param name="CarriedOverMinor">What last year's limit left over.</param>
public sealed record StatedHomeOffice(
    string Method, int OfficeSquareFeet, int? HomeSquareFeet, LocalDate UsedFrom, LocalDate UsedUntil,
    IReadOnlyList<HomeCost> Costs, long CarriedOverMinor)
{
    public const string Simplified = "simplified", Actual = "actual";
}

/// <param name="Kind">In the filer's words, such as rent.</param>
/// <param name="IsDirect">For the office alone, and so in full; otherwise for the whole home, by the office's share.</param>
public sealed record HomeCost(string Kind, long AmountMinor, bool IsDirect);
