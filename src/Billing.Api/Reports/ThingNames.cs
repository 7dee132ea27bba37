using Billing.Api.Expenses.Pages;
using Billing.Domain.Expenses;
using Billing.Domain.Retainers;
using Billing.Projections.Reports;

namespace Billing.Api.Reports;

/// <summary>What the things that figures are made of are called, and where they are read.</summary>
internal sealed class ThingNames(PracticeBook book)
{
    private readonly Lazy<Dictionary<Guid, Guid>> engagements = new(
        () => book.Entries.ToDictionary(entry => entry.EntryId, entry => entry.EngagementId));

    /// <summary>Null where it has no name, or where that is erased.</summary>
    public string? LabelOf(Thing thing) => thing.Kind switch
    {
        ThingKind.Assistant => book.Business?.Members.GetValueOrDefault(thing.Id)?.Name,
        ThingKind.Client => ClientOf(thing.Id),
        ThingKind.Engagement or ThingKind.Budget => EngagementOf(thing.Id),
        ThingKind.Entry => engagements.Value.TryGetValue(thing.Id, out var engagement) ? EngagementOf(engagement) : null,
        ThingKind.Expense => ExpenseOf(thing.Id)?.Category,
        ThingKind.Invoice => NumberOf(thing.Id),
        ThingKind.Payment => book.Payments.GetValueOrDefault(thing.Id)?.InvoiceOfIt is { } invoice ? NumberOf(invoice) : null,
        ThingKind.Practice => book.Business?.Name,
        ThingKind.Retainer => (book.Retainers.GetValueOrDefault(thing.Id) as RetainerState.Agreed)?.Name,
        _ => null,
    };

    /// <summary>Null where the API shows it at no address of its own, or where it was removed.</summary>
    public string? AddressOf(Thing thing) => thing.Kind switch
    {
        ThingKind.Budget => $"/v1/engagements/{thing.Id:D}/budget",
        ThingKind.Client => $"/v1/clients/{thing.Id:D}",
        ThingKind.Engagement => $"/v1/engagements/{thing.Id:D}",
        ThingKind.Entry => engagements.Value.ContainsKey(thing.Id) ? $"/v1/time-entries/{thing.Id:D}" : null,
        ThingKind.Expense => ExpenseOf(thing.Id) is { } expense
            ? $"/v1/{(expense.Trip is null ? "expenses" : "trips")}/{thing.Id:D}"
            : null,
        ThingKind.Invoice => $"/v1/invoices/{thing.Id:D}",
        ThingKind.Payment => $"/v1/payments/{thing.Id:D}",
        ThingKind.Practice => "/v1/business",
        ThingKind.Retainer => $"/v1/retainers/{thing.Id:D}",
        _ => null,
    };

    /// <summary>The page of ours that shows it; null for none.</summary>
    public string? PageOf(Thing thing) => thing.Kind switch
    {
        ThingKind.Client => $"/clients/{thing.Id:D}",
        ThingKind.Invoice => InvoicePageOf(thing.Id),
        ThingKind.Payment => book.Payments.GetValueOrDefault(thing.Id)?.InvoiceOfIt is { } invoice ? InvoicePageOf(invoice) : null,
        ThingKind.Retainer => book.Retainers.GetValueOrDefault(thing.Id) is RetainerState.Agreed retainer
            ? $"/clients/{retainer.ClientId:D}"
            : null,
        ThingKind.Expense => ExpenseOf(thing.Id) is { Trip: null } ? ExpenseCorrection.PathOf(thing.Id) : null,
        _ => null,
    };

    private string? InvoicePageOf(Guid invoice) => book.Invoices.GetValueOrDefault(invoice)?.Issued is { Facts: var facts }
        ? $"/clients/{facts.ClientId:D}/invoices/{Uri.EscapeDataString(facts.Number)}.pdf"
        : null;

    private string? NumberOf(Guid invoice) => book.Invoices.GetValueOrDefault(invoice)?.Issued?.Facts.Number;

    private string? ClientOf(Guid client) => book.Clients.GetValueOrDefault(client)?.Details?.Name;

    private string? EngagementOf(Guid engagement) => book.Engagements.GetValueOrDefault(engagement)?.Terms?.Name;

    private ExpenseDetails? ExpenseOf(Guid expense) =>
        book.Expenses.GetValueOrDefault(expense) is { } state and not ExpenseState.Removed ? state.Details : null;
}
