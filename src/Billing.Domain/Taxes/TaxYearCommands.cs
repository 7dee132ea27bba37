using NodaTime;

namespace Billing.Domain.Taxes;

/// <param name="Profile">In full; it replaces the one before.</param>
public sealed record SetFilingProfile(int Year, string Jurisdiction, FiledProfile Profile, Instant At);

/// <param name="Profile">In full; it replaces the one before.</param>
public sealed record SetGermanProfile(int Year, GermanProfile Profile, Instant At);

/// <param name="Filing">In full; it replaces the one before.</param>
public sealed record SetStateFiling(int Year, string Jurisdiction, StateFiling Filing, Instant At);

/// <param name="Quarter">1 to 4: which instalment the filer names.</param>
/// <param name="AmountMinor">Cents of the jurisdiction's currency.</param>
/// <param name="Confirmation">What the payment service answered.</param>
public sealed record RecordEstimatedPayment(
    int Year, string Jurisdiction, Guid PaymentId, int Quarter, long AmountMinor, LocalDate PaidOn, string? Confirmation,
    Instant At);

public sealed record RemoveEstimatedPayment(int Year, string Jurisdiction, Guid PaymentId, Instant At);

/// <summary>Writes down an estimate that somebody is given, as <see cref="TaxYearEvent.EstimateGiven"/> says
/// it.</summary>
public sealed record GiveEstimate(
    int Year, string Jurisdiction, Guid EstimateId, string ParameterVersion, LocalDate AsOf, long BookPlace, string Projection,
    long TotalTaxMinor, long RequiredAnnualPaymentMinor, long NextPaymentMinor, LocalDate? NextDueOn, Instant At)
{
    /// <inheritdoc cref="TaxYearEvent.EstimateGiven.ProjectionCode"/>
    public string? ProjectionCode { get; init; }

    /// <inheritdoc cref="TaxYearEvent.EstimateGiven.OwnNetProfitMinor"/>
    public long? OwnNetProfitMinor { get; init; }
}
