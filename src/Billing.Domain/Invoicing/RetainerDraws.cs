using Billing.Domain.Retainers;
using NodaTime;
using static Billing.Domain.Invoicing.InvoiceEvent;

namespace Billing.Domain.Invoicing;

/// <summary>One event for one retainer.</summary>
public sealed record RetainerWrite(Guid RetainerId, RetainerEvent Event);

/// <summary>What finalising and voiding an invoice write to the retainers that it uses.</summary>
public static class RetainerDraws
{
    /// <summary>The retainers that a draft uses: the one that is named, or all of several.</summary>
    public static IReadOnlyList<Guid> Of(InvoiceDrafted draft) =>
        draft.RetainerIds ?? (draft.RetainerId is { } id ? [id] : []);

    /// <summary>The retainers that a finalised invoice has drawn on.</summary>
    public static IReadOnlyList<Guid> Of(InvoiceFinalized invoice) => invoice.Retainers is { } parts
        ?
        [
            .. parts.Where(part => part.AppliedMinor + part.CoveredSeconds + part.BeyondSeconds > 0)
                .Select(part => part.RetainerId),
        ]
        : invoice.RetainerAppliedMinor > 0 ? [invoice.RetainerId!.Value] : [];

    internal static IReadOnlyList<RetainerWrite> Draw(
        Guid invoiceId, LocalDate drawnOn, InvoiceComputation.Computed computed, BillingSources sources) =>
    [
        .. computed.Hours.OrderBy(hours => hours.Key).SelectMany(hours => Retainer
            .Decide(sources.RetainerOf(hours.Key), new DrawHours(hours.Key, invoiceId, hours.Value, drawnOn)).Certain()
            .Select(@event => new RetainerWrite(hours.Key, @event))),
        .. computed.Retainers.Where(part => part.AppliedMinor > 0).SelectMany(part => Retainer
            .Decide(
                sources.RetainerOf(part.RetainerId),
                new DrawRetainer(part.RetainerId, invoiceId, part.AppliedMinor, drawnOn)).Certain()
            .Select(@event => new RetainerWrite(part.RetainerId, @event))),
    ];

    internal static IReadOnlyList<RetainerWrite> PutBack(
        InvoiceFinalized invoice, LocalDate voidedOn, IReadOnlyDictionary<Guid, RetainerState> retainers) =>
    [
        .. Of(invoice).SelectMany(id => Retainer
            .Decide(
                retainers.GetValueOrDefault(id) ?? Retainer.Stream.Initial, new ReverseDraw(id, invoice.InvoiceId, voidedOn))
            .Certain()
            .Select(@event => new RetainerWrite(id, @event))),
    ];
}
