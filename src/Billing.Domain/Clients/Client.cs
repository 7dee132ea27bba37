using System.Diagnostics;
using Billing.Domain.Engagements.Pricing;
using Billing.Domain.SalesTax;
using Billing.Domain.Values;
using static Billing.Domain.Clients.ClientEvent;

namespace Billing.Domain.Clients;

/// <summary>One client. The stream is <c>client-{id}</c>.</summary>
public static partial class Client
{
    public static readonly StreamType<ClientState, ClientEvent> Stream = new("client", new ClientState.NotAdded(), Evolve);

    public static ClientState Evolve(ClientState state, ClientEvent @event) => (state, @event) switch
    {
        (_, ClientAdded e) => new ClientState.Active(new ClientDetails(
            e.ClientId, e.Name, e.Email, e.AddressLines ?? [], Currency.Of(e.Currency), e.PaymentTermsDays, e)),
        (_, ClientDescribed e) =>
            With(state, client => client with { Name = e.Name, Email = e.Email, AddressLines = e.AddressLines ?? [] }),
        (_, PaymentTermsAgreed e) => With(state, client => client with { PaymentTermsDays = e.PaymentTermsDays }),
        (_, ClientLanguageSet e) => With(state, client => client with { Language = e.Language }),
        (_, ClientTaxAgreed e) =>
            With(state, client => client with { Tax = new ClientTax(e.Treatment, e.PricesInclude, e.VatId) }),
        (_, EInvoicingAgreed e) => With(state, client => client with { EInvoicing = e.Buyer }),
        (_, ClientRateCardSet e) => With(state, client => client with { Cards = client.Cards.Add(CardOf(e)) }),
        ({ Details: { } client }, ClientArchived e) => new ClientState.Archived(client, e.ArchivedAt),
        (_, ClientErased e) => new ClientState.Archived(
            Blank(state.Details!) with { Erased = e }, state is ClientState.Archived before ? before.ArchivedAt : e.ErasedAt),
        _ => throw new UnreachableException(),
    };

    /// <summary>Also what was written before there were keys, and so is still there to be read.</summary>
    private static ClientDetails Blank(ClientDetails client) => client with
    {
        Name = null,
        Email = null,
        AddressLines = [],
        Tax = client.Tax with { VatId = null },
        EInvoicing = null,
        AddedAs = client.AddedAs with { Name = null, Email = null, AddressLines = null },
    };

    private static RateCard CardOf(ClientRateCardSet e)
    {
        var currency = Currency.Of(e.Currency);
        return new RateCard(
            e.CardId, AssistantId: null, new Money(e.PerHourMinor, currency), e.ValidFrom, e.ValidUntilExclusive, e.Task,
            e.TierSeconds, e.AbovePerHourMinor is { } above ? new Money(above, currency) : null);
    }

    private static ClientState With(ClientState state, Func<ClientDetails, ClientDetails> change) => state switch
    {
        ClientState.Active active => new ClientState.Active(change(active.Client)),
        ClientState.Archived archived => archived with { Client = change(archived.Client) },
        _ => throw new UnreachableException(),
    };
}
