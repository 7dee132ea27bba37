using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;

namespace Billing.Domain.Invoicing;

/// <summary>The streams that an invoice is computed from, as far as its selection names them.</summary>
/// <param name="Engagements">Of every selected entry and expense, and of the fees of a new draft, by id.</param>
/// <param name="Timesheets">Every selected timesheet, by stream name.</param>
/// <param name="Expenses">Every selected expense, by id.</param>
/// <param name="Retainers">Every selected retainer, by id.</param>
public sealed record BillingSources(
    BusinessState.Open Business, ClientState Client, IReadOnlyDictionary<Guid, EngagementState> Engagements,
    IReadOnlyDictionary<string, TimesheetState> Timesheets, IReadOnlyDictionary<Guid, ExpenseState> Expenses,
    IReadOnlyDictionary<Guid, RetainerState> Retainers)
{
    /// <summary>Further timesheets, by stream name, whose work prices depend on: those of <see cref="PriceNeighbours"/>.</summary>
    public IReadOnlyDictionary<string, TimesheetState> Neighbours { get; init; } = new Dictionary<string, TimesheetState>();

    /// <summary>Which invoices may hold credit of the client, where the practice has it applied by itself.</summary>
    public IReadOnlyList<CreditHolder> Credit { get; init; } = [];

    /// <summary>By which rules an invoice was taxed that is computed again; null for those that hold now.</summary>
    public TaxRules? FrozenTax { get; init; }

    public TaxRules TaxRules => FrozenTax ?? TaxRules.Of(Business.SalesTax, Client.Details?.Tax ?? ClientTax.None);

    /// <summary>The same under the rounding that an invoice was computed with.</summary>
    internal BillingSources Under(RoundingPolicy rounding) =>
        this with { Business = Business with { Invoicing = Business.Invoicing with { Rounding = rounding } } };

    /// <summary>Not agreed where there is none.</summary>
    public RetainerState RetainerOf(Guid? id) =>
        id is { } key && Retainers.TryGetValue(key, out var retainer) ? retainer : Retainer.Stream.Initial;
}

/// <summary>What an invoice is to bill.</summary>
public sealed record Selection(
    Guid InvoiceId, Guid ClientId, IReadOnlyList<SelectedTime> Time, IReadOnlyList<Guid> ExpenseIds,
    IReadOnlyList<Guid> RetainerIds)
{
    /// <summary>What is taken off, in the order in which it is.</summary>
    public IReadOnlyList<InvoiceDiscount> Discounts { get; init; } = [];

    /// <summary>Agreed amounts besides.</summary>
    internal IReadOnlyList<DescribedLine> Fees { get; init; } = [];

    /// <summary>What a draft bills, drawing on these retainers.</summary>
    internal static Selection Of(InvoiceEvent.InvoiceDrafted draft, IReadOnlyList<Guid> retainerIds) =>
        new(draft.InvoiceId, draft.ClientId, draft.Time, draft.ExpenseIds, retainerIds)
        {
            Discounts = draft.Discounts ?? [],
            Fees = AgreedFees.Lines(draft),
        };
}

/// <summary>One event for one timesheet.</summary>
/// <param name="Timesheet">Name of the stream.</param>
public sealed record TimesheetWrite(string Timesheet, TimesheetEvent Event);

/// <summary>One event for one expense.</summary>
public sealed record ExpenseWrite(Guid ExpenseId, ExpenseEvent Event);

/// <summary>One event for another invoice.</summary>
public sealed record InvoiceWrite(Guid InvoiceId, InvoiceEvent Event);

/// <summary>One event for one engagement.</summary>
public sealed record EngagementWrite(Guid EngagementId, EngagementEvent Event);
