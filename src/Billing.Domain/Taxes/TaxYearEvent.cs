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
