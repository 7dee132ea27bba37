using Billing.Domain.Clients;
using Billing.Domain.Retainers;

namespace Billing.Domain.Invoicing;

/// <summary>The texts that are frozen with an invoice. Texts whose key is erased already are left empty.</summary>
internal static class InvoiceWording
{
    public static InvoiceTexts TextsOf(
        InvoiceComputation.Computed computed, BillingSources sources, ClientDetails client,
        IReadOnlyList<Guid> retainerIds, string? note)
    {
        var business = sources.Business;
        var assistants = computed.Lines.SelectMany(line => line.Hours).Select(hour => hour.AssistantId).Distinct();
        var names = retainerIds.ToDictionary(id => id, id => (sources.RetainerOf(id) as RetainerState.Agreed)?.Name ?? "");
        return new InvoiceTexts(
            new PartyTexts(business.Name ?? "", business.AddressLines, business.Email, business.TaxId)
            {
                VatId = business.SalesTax?.VatId,
                TaxNumber = business.SalesTax?.TaxNumber,
            },
            new PartyTexts(client.Name ?? "", client.AddressLines, client.Email, TaxId: null) { VatId = client.Tax.VatId },
            computed.LineDescriptions, computed.HourNotes,
            assistants.ToDictionary(id => id, id => business.Members.GetValueOrDefault(id)?.Name ?? ""),
            note, names.Count == 1 && names.Values.Single() is { Length: > 0 } only ? only : null)
        {
            RetainerNames = names.Count > 1 ? names : null,
        };
    }
}
