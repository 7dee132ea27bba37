using Billing.Domain.EInvoicing;
using Billing.Domain.SalesTax;
using static Billing.Domain.Clients.ClientEvent;

namespace Billing.Domain.Clients;

public static partial class Client
{
    /// <summary>Refuses: <c>client-unknown</c>, <c>client-erased</c> and what <see cref="ClientTax.Refuse"/> refuses.</summary>
    public static Decision<ClientEvent> Decide(ClientState state, AgreeClientTax command)
    {
        if (state.Known is not { } client) return RefusalOf(state);
        if (client.Tax == command.Tax) return Decision<ClientEvent>.AlreadyDone;
        if (command.Tax.Refuse() is { } refusal) return refusal;
        return new ClientTaxAgreed(command.Tax.Treatment, command.Tax.PricesInclude, command.Tax.VatId, command.At);
    }

    /// <summary>
    /// Refuses: <c>client-unknown</c>, <c>client-erased</c> and what <see cref="EInvoiceRules.Refuse(EInvoiceBuyer)"/> refuses.
    /// </summary>
    public static Decision<ClientEvent> Decide(ClientState state, AgreeEInvoicing command)
    {
        if (state.Known is not { } client) return RefusalOf(state);
        if (client.EInvoicing == command.Buyer) return Decision<ClientEvent>.AlreadyDone;
        if (EInvoiceRules.Refuse(command.Buyer) is { } refusal) return refusal;
        return new EInvoicingAgreed(command.Buyer, command.At);
    }
}
