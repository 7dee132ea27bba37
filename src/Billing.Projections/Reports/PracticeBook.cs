using Billing.Domain;
using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.Retainers;
using Billing.Domain.SalesTax;
using Billing.Domain.Taxes;
using Billing.Domain.TimeTracking;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;

namespace Billing.Projections.Reports;

/// <summary>
/// A practice's whole book, folded by the same functions that commands decide on. It can be taken further, event by event, and
/// is not safe for use by several threads.
/// </summary>
public sealed class PracticeBook
{
    private readonly EventTrail trail = new();
    private readonly Dictionary<string, TimesheetState> timesheets = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, string> timesheetOf = [];
    private readonly Dictionary<Guid, BudgetState> budgets = [];
    private readonly Dictionary<Guid, ClientState> clients = [];
    private readonly Dictionary<Guid, EngagementState> engagements = [];
    private readonly Dictionary<Guid, ExpenseState> expenses = [];
    private readonly Dictionary<Guid, InvoiceState> invoices = [];
    private readonly Dictionary<Guid, PaymentState> payments = [];
    private readonly Dictionary<Guid, PayoutState> payouts = [];
    private readonly Dictionary<Guid, RetainerState> retainers = [];
    private readonly Dictionary<Guid, SalesTaxPaymentState> salesTaxPayments = [];
    private readonly Dictionary<string, TaxYearState> taxYears = new(StringComparer.Ordinal);
    private BusinessState business = Domain.Access.Business.Stream.Initial;

    /// <summary>The last place that is in it; 0 for an empty book.</summary>
    public long Place { get; private set; }

    /// <summary>Null where the events do not tell of the practice's opening.</summary>
    public BusinessState.Open? Business => business as BusinessState.Open;

    /// <summary>By engagement.</summary>
    public IReadOnlyDictionary<Guid, BudgetState> Budgets => budgets;

    public IReadOnlyDictionary<Guid, ClientState> Clients => clients;

    public IReadOnlyDictionary<Guid, EngagementState> Engagements => engagements;

    public IReadOnlyDictionary<Guid, ExpenseState> Expenses => expenses;

    public IReadOnlyDictionary<Guid, InvoiceState> Invoices => invoices;

    public IReadOnlyDictionary<Guid, PaymentState> Payments => payments;

    public IReadOnlyDictionary<Guid, PayoutState> Payouts => payouts;

    public IReadOnlyDictionary<Guid, RetainerState> Retainers => retainers;

    public IReadOnlyDictionary<Guid, SalesTaxPaymentState> SalesTaxPayments => salesTaxPayments;

    /// <summary>By year and jurisdiction, as their streams are named.</summary>
    public IReadOnlyDictionary<string, TaxYearState> TaxYears => taxYears;

    /// <summary>By the names of their streams.</summary>
    public IReadOnlyDictionary<string, TimesheetState> Timesheets => timesheets;

    /// <summary>
    /// Every entry of every week, in no particular order. A timer that still runs is none yet. Where two weeks were given the same id at
    /// the same moment, the one that was written last is the entry, as in the read models.
    /// </summary>
    public IEnumerable<TimeEntry> Entries => timesheets.SelectMany(week =>
        week.Value.Entries.Values.Where(entry => timesheetOf[entry.EntryId] == week.Key));

    /// <summary>Where in the book these things were written about: what a figure made of them rests on.</summary>
    public IReadOnlyList<long> PlacesOf(IEnumerable<Thing> things) => trail.Of(things);

    /// <summary>Folds the next event of the book in.</summary>
    /// <exception cref="UnknownEventException">A newer program wrote it.</exception>
    public void Add(StoredEvent stored)
    {
        var id = stored.Stream[(stored.Stream.IndexOf('-', StringComparison.Ordinal) + 1)..];
        switch (EventCodec.Decode(stored))
        {
            case TimesheetEvent e:
                Fold(timesheets, Timesheet.Stream, stored.Stream, e);
                foreach (var entryId in EntriesOf(e)) trail.Add(new Thing(ThingKind.Entry, entryId), stored.Place);
                if (EnteredBy(e) is { } entered) timesheetOf[entered] = stored.Stream;
                break;
            case BusinessEvent e:
                business = Domain.Access.Business.Evolve(business, e);
                Note(ThingKind.Practice, id, stored.Place);
                break;
            case BudgetEvent e:
                Fold(budgets, Budget.Stream, Note(ThingKind.Budget, id, stored.Place), e);
                break;
            case ClientEvent e:
                Fold(clients, Client.Stream, Note(ThingKind.Client, id, stored.Place), e);
                break;
            case EngagementEvent e:
                Fold(engagements, Engagement.Stream, Note(ThingKind.Engagement, id, stored.Place), e);
                break;
            case ExpenseEvent e:
                Fold(expenses, Expense.Stream, Note(ThingKind.Expense, id, stored.Place), e);
                break;
            case InvoiceEvent e:
                Fold(invoices, Invoice.Stream, Note(ThingKind.Invoice, id, stored.Place), e);
                break;
            case PaymentEvent e:
                Fold(payments, Payment.Stream, Note(ThingKind.Payment, id, stored.Place), e);
                break;
            case PayoutEvent e:
                Fold(payouts, Payout.Stream, Note(ThingKind.Payout, id, stored.Place), e);
                break;
            case RetainerEvent e:
                Fold(retainers, Retainer.Stream, Note(ThingKind.Retainer, id, stored.Place), e);
                break;
            case SalesTaxPaymentEvent e:
                Fold(salesTaxPayments, SalesTaxPayment.Stream, Note(ThingKind.SalesTaxPayment, id, stored.Place), e);
                break;
            case TaxYearEvent e:
                Fold(taxYears, TaxYear.Stream, stored.Stream[(TaxYear.Stream.Category.Length + 1)..], e);
                if (PaymentOf(e) is { } paymentId) trail.Add(new Thing(ThingKind.TaxPayment, paymentId), stored.Place);
                break;
        }
        Place = stored.Place;
    }

    private Guid Note(string kind, string streamId, long place)
    {
        var id = Guid.Parse(streamId);
        trail.Add(new Thing(kind, id), place);
        return id;
    }

    private static void Fold<TKey, TState, TEvent>(
        Dictionary<TKey, TState> states, StreamType<TState, TEvent> type, TKey key, TEvent @event)
        where TKey : notnull
        where TState : notnull
        where TEvent : notnull =>
        states[key] = type.Evolve(states.GetValueOrDefault(key, type.Initial), @event);

    private static Guid? PaymentOf(TaxYearEvent @event) => @event switch
    {
        TaxYearEvent.EstimatedTaxPaid e => e.PaymentId,
        TaxYearEvent.EstimatedTaxPaymentRemoved e => e.PaymentId,
        _ => null,
    };

    private static Guid? EnteredBy(TimesheetEvent @event) => @event switch
    {
        TimesheetEvent.TimerStopped e => e.EntryId,
        TimesheetEvent.TimeEntryLogged e => e.EntryId,
        _ => null,
    };

    /// <summary>Handing a week in, and what follows, is about no entry in particular.</summary>
    private static IReadOnlyList<Guid> EntriesOf(TimesheetEvent @event) => @event switch
    {
        TimesheetEvent.TimerStarted e => [e.EntryId],
        TimesheetEvent.TimerStopped e => [e.EntryId],
        TimesheetEvent.TimeEntryLogged e => [e.EntryId],
        TimesheetEvent.TimeEntryCorrected e => [e.EntryId],
        TimesheetEvent.TimeEntryRemoved e => [e.EntryId],
        TimesheetEvent.TimeBilled e => e.EntryIds,
        TimesheetEvent.TimeReleased e => e.EntryIds,
        _ => [],
    };
}
