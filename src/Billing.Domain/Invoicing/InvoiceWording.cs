using Billing.Domain.Clients;
using Billing.Domain.Retainers;

namespace Billing.Domain.Invoicing;

/// <summary>The texts that are frozen with an invoice. Texts whose key is erased already are left empty.</summary>
internal static class InvoiceWording
{
    public static InvoiceTexts TextsOf(
        InvoiceComputation.Computed computed, BillingSources sources, ClientDetails client, string? note)
    {
        var business = sources.Business;
        var assistants = computed.Lines.SelectMany(line => line.Hours).Select(hour => hour.AssistantId).Distinct();
        return new InvoiceTexts(
            new PartyTexts(business.Name ?? "", business.AddressLines, business.Email, business.TaxId),
            new PartyTexts(client.Name ?? "", client.AddressLines, client.Email, TaxId: null),
            computed.LineDescriptions, computed.HourNotes,
            assistants.ToDictionary(id => id, id => business.Members.GetValueOrDefault(id)?.Name ?? ""),
            note, (sources.Retainer as RetainerState.Agreed)?.Name);
    }
}
