using Billing.Domain.EInvoicing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Clients;

public abstract record ClientEvent
{
    private ClientEvent() { }

    /// <param name="Currency">ISO 4217 code of everything billed to this client; it never changes.</param>
    /// <param name="PaymentTermsDays">Days from issue to due; null follows the practice.</param>
    public sealed record ClientAdded(
        Guid ClientId, [property: Confidential] string? Name, [property: Confidential] string? Email,
        [property: Confidential] IReadOnlyList<string>? AddressLines, string Currency, int? PaymentTermsDays,
        Instant AddedAt) : ClientEvent;

    public sealed record ClientDescribed(
        [property: Confidential] string? Name, [property: Confidential] string? Email,
        [property: Confidential] IReadOnlyList<string>? AddressLines, Instant DescribedAt) : ClientEvent;

    public sealed record PaymentTermsAgreed(int? PaymentTermsDays, Instant AgreedAt) : ClientEvent;

    /// <param name="Language">ISO 639-1 code of what is written to the client; null follows the default.</param>
    public sealed record ClientLanguageSet(string? Language, Instant SetAt) : ClientEvent;

    /// <summary>How the client is taxed from now on.</summary>
    /// <param name="Treatment">Null follows the practice, as does <paramref name="PricesInclude"/>.</param>
    public sealed record ClientTaxAgreed(
        TaxTreatment? Treatment, bool? PricesInclude, [property: Confidential] string? VatId, Instant AgreedAt) : ClientEvent;

    /// <summary>In which electronic form the client gets invoices from now on, and what they say of it.</summary>
    public sealed record EInvoicingAgreed([property: Confidential] EInvoiceBuyer? Buyer, Instant AgreedAt) : ClientEvent;

    /// <summary>No new work is taken for the client; what is open stays open.</summary>
    public sealed record ClientArchived(Instant ArchivedAt) : ClientEvent;

    /// <summary>
    /// The keys of the client were erased: what was sealed with them is gone. A client that was not archived is from then on.
    /// </summary>
    /// <param name="DocumentsUntil">The last day on which names and texts of issued documents are kept; null where none were.</param>
    public sealed record ClientErased(LocalDate? DocumentsUntil, Instant ErasedAt) : ClientEvent;

    /// <summary>What an hour costs this client wherever no engagement has a card of its own.</summary>
    /// <param name="PerHourMinor">Minor units of <paramref name="Currency"/>, which is the client's.</param>
    /// <param name="Task">The one task that it is for; null for any.</param>
    /// <param name="TierSeconds">So much time of a month is at the rate, the rest at
    /// <paramref name="AbovePerHourMinor"/>; null where all time costs the same.</param>
    public sealed record ClientRateCardSet(
        Guid CardId, string Currency, long PerHourMinor, LocalDate ValidFrom, LocalDate? ValidUntilExclusive, string? Task,
        long? TierSeconds, long? AbovePerHourMinor, Instant SetAt) : ClientEvent;
}
