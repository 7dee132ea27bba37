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

    /// <summary>The retainers that an invoice was to draw on, whether or not they had anything for it.</summary>
    public static IReadOnlyList<Guid> ChosenFor(IssuedInvoice invoice)
    {
        if (invoice.Facts.Kind != InvoiceKind.Work) return [];
        var parts = (invoice.Facts.Retainers ?? []).Select(part => part.RetainerId);
        return [.. invoice.ChosenRetainerIds.Concat(parts).Concat(invoice.Facts.RetainerId is { } id ? [id] : []).Distinct()];
    }

    /// <summary>Those of hours that an invoice was to draw on, as they are but for what it drew.</summary>
    internal static IReadOnlyList<RetainerState.Agreed> WithoutDrawsOf(IssuedInvoice invoice, BillingSources sources) =>
        RetainerChain.InOrder(HoursOf(invoice, sources).Select(retainer => Retainer
            .Decide(retainer, new RedrawHours(retainer.RetainerId, invoice.Facts.InvoiceId, [], invoice.Facts.IssuedOn)).Certain()
            .Aggregate((RetainerState)retainer, Retainer.Evolve)).Cast<RetainerState.Agreed>());

    /// <summary>What it used goes back, and is used again as it would be now.</summary>
    internal static IReadOnlyList<RetainerWrite> Redraw(
        IssuedInvoice invoice, LocalDate redrawnOn, IReadOnlyDictionary<Guid, IReadOnlyList<HoursUse>> uses, BillingSources sources) =>
    [
        .. HoursOf(invoice, sources).OrderBy(retainer => retainer.RetainerId).SelectMany(retainer => Retainer
            .Decide(retainer, new RedrawHours(
                retainer.RetainerId, invoice.Facts.InvoiceId, uses.GetValueOrDefault(retainer.RetainerId) ?? [], redrawnOn)).Certain()
            .Select(@event => new RetainerWrite(retainer.RetainerId, @event))),
    ];

    internal static IEnumerable<RetainerState.Agreed> HoursOf(IssuedInvoice invoice, BillingSources sources) =>
        ChosenFor(invoice).Select(id => sources.RetainerOf(id)).OfType<RetainerState.Agreed>().Where(retainer => retainer.CountsHours);

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
