using System.Collections.Immutable;
using Billing.Domain.EInvoicing;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Clients;

/// <summary>A client of the practice. An archived one gives no new work, but what is open stays open.</summary>
public abstract record ClientState
{
    private ClientState() { }

    public sealed record NotAdded : ClientState;

    public sealed record Active(ClientDetails Client) : ClientState;

    public sealed record Archived(ClientDetails Client, Instant ArchivedAt) : ClientState;

    /// <summary>Who it is, archived or not; null where there is no such client.</summary>
    public ClientDetails? Details => this switch
    {
        Active active => active.Client,
        Archived archived => archived.Client,
        _ => null,
    };

    /// <summary>The same, unless the client was erased.</summary>
    internal ClientDetails? Known => Details is { Erased: null } known ? known : null;
}

/// <param name="Name">Null once the client's key is erased; so are the other texts.</param>
/// <param name="Currency">Of everything billed to this client; it never changes.</param>
/// <param name="PaymentTermsDays">Days from issue to due; null follows the practice.</param>
/// <param name="AddedAs">What it was added with, to know a retry by.</param>
public sealed record ClientDetails(
    Guid ClientId, string? Name, string? Email, IReadOnlyList<string> AddressLines, Currency Currency, int? PaymentTermsDays,
    ClientEvent.ClientAdded AddedAs)
{
    /// <summary>That the client was erased; null until then.</summary>
    public ClientEvent.ClientErased? Erased { get; init; }

    /// <summary>In which the client is written to; null for the default.</summary>
    public string? Language { get; init; }

    /// <summary>How the client is taxed.</summary>
    public ClientTax Tax { get; init; } = ClientTax.None;

    /// <summary>What electronic invoices say of the client; null while nothing is said.</summary>
    public EInvoiceBuyer? EInvoicing { get; init; }

    /// <summary>What an hour costs where no engagement has a card; in the order in which they were set.</summary>
    public ImmutableList<RateCard> Cards { get; init; } = [];
}
