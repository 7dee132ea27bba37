using System.Collections.Immutable;
using NodaTime;

namespace Billing.Domain.Taxes;

/// <summary>What was told about one tax year; a year of which nothing was told is empty.</summary>
/// <param name="Profile">Null while none is set, and once the key it was sealed with is erased.</param>
/// <param name="Payments">Estimated tax paid, by payment, without the removed ones.</param>
/// <param name="RemovedPaymentIds">So that neither a retry nor another payment brings an id back.</param>
public sealed record TaxYearState(
    FiledProfile? Profile, ImmutableDictionary<Guid, EstimatedTaxPayment> Payments, ImmutableHashSet<Guid> RemovedPaymentIds,
    ImmutableHashSet<Guid> EstimateIds)
{
    /// <summary>Null while none is set, and once the key it was sealed with is erased.</summary>
    public StatedHomeOffice? HomeOffice { get; init; }

    /// <summary>Null while none is set, and once the key it was sealed with is erased.</summary>
    public StateFiling? StateFiling { get; init; }

    /// <summary>Null while none is set, and once the key it was sealed with is erased.</summary>
    public GermanProfile? GermanProfile { get; init; }

    public static TaxYearState Empty { get; } = new(null, ImmutableDictionary<Guid, EstimatedTaxPayment>.Empty, [], []);

    /// <summary>Paid so far, in cents.</summary>
    public long PaidMinor => Payments.Values.Sum(payment => payment.AmountMinor);
}

/// <param name="Quarter">1 to 4: which instalment the filer named.</param>
public sealed record EstimatedTaxPayment(int Quarter, long AmountMinor, LocalDate PaidOn);
