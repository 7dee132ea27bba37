using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Retainers;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Domain.Tests.Invoicing;

/// <summary>Given: a practice with two assistants and the client Acme, who has two engagements.</summary>
internal sealed class Practice
{
    public static readonly Guid Ana = Id(1), Ben = Id(2), Acme = Id(3), Other = Id(4);
    public static readonly Guid Inbox = Id(5), Books = Id(6), Elsewhere = Id(7);
    public static readonly Guid RetainerId = Id(8), InvoiceId = Id(9);
    public static readonly Instant At = Instant.FromUtc(2026, 4, 1, 9, 0);
    public static readonly LocalDate March2 = new(2026, 3, 2);
    public static readonly LocalDate April1 = new(2026, 4, 1);

    private readonly Dictionary<string, List<TimesheetEvent>> _timesheets = [];
    private readonly Dictionary<Guid, List<ExpenseEvent>> _expenses = [];
    private readonly List<RetainerEvent> _retainer = [];

    private readonly List<BusinessEvent> _business =
    [
        new BusinessEvent.BusinessOpened(Id(99), "Ana Practice", "America/New_York", "USD", At),
        new BusinessEvent.MemberAdded(Ana, "Ana", Roles.Owner, "America/New_York", At),
        new BusinessEvent.MemberAdded(Ben, "Ben", Roles.Assistant, "Asia/Manila", At),
    ];

    private readonly List<ClientEvent> _client =
        [new ClientEvent.ClientAdded(Acme, "Acme", "pay@acme.example", ["1 Road"], "USD", null, At)];

    private readonly Dictionary<Guid, List<EngagementEvent>> _engagements = new()
    {
        [Inbox] = [new EngagementEvent.EngagementAgreed(Inbox, Acme, "USD", "Inbox", At)],
        [Books] = [new EngagementEvent.EngagementAgreed(Books, Acme, "USD", "Books", At)],
        [Elsewhere] = [new EngagementEvent.EngagementAgreed(Elsewhere, Other, "USD", "Elsewhere", At)],
    };

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    public Practice Rounds(int incrementSeconds, string direction, string scope) => Sets(new InvoicingPolicy(
        "INV", 14, new RoundingPolicy(incrementSeconds, direction, scope)));

    public Practice Sets(InvoicingPolicy policy) => With(_business, new BusinessEvent.InvoicingPolicySet(
        policy.NumberPrefix, policy.PaymentTermsDays, policy.Rounding, At));

    public Practice AgreesOnTerms(int days) => With(_client, new ClientEvent.PaymentTermsAgreed(days, At));

    public Practice Archives() => With(_client, new ClientEvent.ClientArchived(At));

    public Practice Charges(Guid engagement, long perHourMinor, Guid? assistant = null, LocalDate? from = null, int card = 20) =>
        With(_engagements[engagement], new EngagementEvent.RateCardSet(
            Id(card), assistant, perHourMinor, from ?? new LocalDate(2026, 1, 1), null, At));

    public Practice Agrees(Guid engagement, EngagementEvent @event) => With(_engagements[engagement], @event);

    public Practice Sets(BusinessEvent @event) => With(_business, @event);

    public Practice Sets(ClientEvent @event) => With(_client, @event);

    /// <summary>An entry of the assistant's week; its number is its id.</summary>
    public Practice Works(
        int entry, int minutes, Guid? engagement = null, LocalDate? on = null, Guid? assistant = null, bool billable = true,
        string? note = null) => WorksSeconds(entry, minutes * 60, engagement, on, assistant, billable, note);

    public Practice WorksSeconds(
        int entry, long seconds, Guid? engagement = null, LocalDate? on = null, Guid? assistant = null, bool billable = true,
        string? note = null)
    {
        var clientId = engagement == Elsewhere ? Other : Acme;
        return Happens(SheetOf(on, assistant), new TimesheetEvent.TimeEntryLogged(
            Id(entry), assistant ?? Ana, engagement ?? Inbox, clientId, note, billable, on ?? March2, null, null, seconds,
            "America/New_York", At));
    }

    public Practice Happens(string timesheet, TimesheetEvent @event)
    {
        if (!_timesheets.TryGetValue(timesheet, out var events)) _timesheets[timesheet] = events = [];
        return With(events, @event);
    }

    public Practice Spends(
        int expense, long amountMinor, Guid? client = null, bool rebill = true, string currency = "USD", string? note = null,
        Guid? engagement = null)
    {
        _expenses[Id(expense)] = [new ExpenseEvent.ExpenseRecorded(
            Id(expense), amountMinor, currency, "software", March2, client ?? Acme, engagement, rebill, "Vendor", note, At)];
        return this;
    }

    public Practice Happens(int expense, ExpenseEvent @event) => With(_expenses[Id(expense)], @event);

    public Practice Holds(long amountMinor, Guid[]? engagements = null, Guid? client = null)
    {
        _retainer.Add(new RetainerEvent.RetainerAgreed(RetainerId, client ?? Acme, "USD", "Care", engagements ?? [], At));
        if (amountMinor > 0) _retainer.Add(new RetainerEvent.RetainerFunded(Id(30), Id(31), Id(30), amountMinor, March2));
        return this;
    }

    public Practice Happens(RetainerEvent @event) => With(_retainer, @event);

    /// <summary>The retainer of this name has terms, or whatever else happens to it.</summary>
    public Practice Retains(params IReadOnlyList<RetainerEvent> events)
    {
        _retainer.AddRange(events);
        return this;
    }

    public static string SheetOf(LocalDate? on = null, Guid? assistant = null) =>
        TimesheetWeek.Of(assistant ?? Ana, on ?? March2).StreamName;

    /// <summary>Everything as the store would fold it now.</summary>
    public BillingSources Sources => new(
        (BusinessState.Open)Business.Stream.Fold(_business), Client.Stream.Fold(_client),
        _engagements.ToDictionary(pair => pair.Key, pair => Engagement.Stream.Fold(pair.Value)),
        _timesheets.ToDictionary(pair => pair.Key, pair => Timesheet.Stream.Fold(pair.Value)),
        _expenses.ToDictionary(pair => pair.Key, pair => Expense.Stream.Fold(pair.Value)),
        new Dictionary<Guid, RetainerState> { [RetainerId] = Retainer.Stream.Fold(_retainer) });

    /// <summary>All the work there is, of every week.</summary>
    public DraftInvoice DraftOfAll(bool drawsOnRetainer = false) => new(
        InvoiceId, Acme,
        [.. Sources.Timesheets.Where(pair => pair.Value.Entries.Count > 0)
            .Select(pair => new SelectedTime(pair.Key, [.. pair.Value.Entries.Keys.Order()]))],
        [.. Sources.Expenses.Keys], drawsOnRetainer ? RetainerId : null, April1, null, At);

    public InvoiceComputation Preview(DraftInvoice draft) => InvoiceComputation.Compute(
        new Selection(draft.InvoiceId, draft.ClientId, draft.Time, draft.ExpenseIds, draft.RetainerId is { } id ? [id] : []),
        Sources);

    public InvoiceComputation.Computed Computed(bool drawsOnRetainer = false) =>
        Assert.IsType<InvoiceComputation.Computed>(Preview(DraftOfAll(drawsOnRetainer)));

    /// <summary>The total of the same work on a new invoice, as if the first had never been: what it took and marked is given
    /// back.</summary>
    /// <param name="retainerIds">What the new one draws on.</param>
    public long FromScratch(InvoiceState invoice, params IReadOnlyList<Guid> retainerIds)
    {
        var (facts, sources) = (invoice.Issued!.Facts, Sources);
        var voided = Assert.IsType<Voiding.Accepted>(Voiding.Decide(
            invoice, new VoidInvoice(InvoiceId, "Again", April1, At), sources.Timesheets, sources.Expenses, sources.Retainers,
            sources.Engagements));
        var released = sources with
        {
            Timesheets = sources.Timesheets.ToDictionary(pair => pair.Key, pair => Timesheet.Stream.After(
                pair.Value, voided.Timesheets.Where(write => write.Timesheet == pair.Key).Select(write => write.Event))),
            Expenses = sources.Expenses.ToDictionary(pair => pair.Key, pair => Expense.Stream.After(
                pair.Value, voided.Expenses.Where(write => write.ExpenseId == pair.Key).Select(write => write.Event))),
            Engagements = sources.Engagements.ToDictionary(pair => pair.Key, pair => Engagement.Stream.After(
                pair.Value, voided.Engagements.Where(write => write.EngagementId == pair.Key).Select(write => write.Event))),
            Retainers = sources.Retainers.ToDictionary(pair => pair.Key, pair => Retainer.Stream.After(
                pair.Value, voided.Retainers.Select(write => write.Event))),
        };
        return Assert.IsType<InvoiceComputation.Computed>(InvoiceComputation.Compute(
            new Selection(Id(77), Acme, facts.Time, facts.ExpenseIds, retainerIds), released)).TotalMinor;
    }

    public string Refusal(DraftInvoice draft) => Assert.IsType<InvoiceComputation.Refused>(Preview(draft)).Rejection.Code;

    public InvoiceState Drafted(bool drawsOnRetainer = false, Guid? invoiceId = null) => Invoice.Stream.Fold(Drafting.Decide(
        Invoice.Stream.Initial, DraftOfAll(drawsOnRetainer) with { InvoiceId = invoiceId ?? InvoiceId }, Sources).Events());

    public Finalization Finalize(InvoiceState draft, LocalDate? issuedOn = null, int lastSequence = 0) => Finalization.Decide(
        draft, new FinalizeInvoice(InvoiceId, issuedOn ?? April1, At), Sources, new NumberingState(lastSequence));

    public Finalization.Accepted Finalized(InvoiceState draft) => Assert.IsType<Finalization.Accepted>(Finalize(draft));

    /// <summary>The whole append, as the store would take it.</summary>
    public void Appends(Finalization.Accepted accepted) =>
        Appends(accepted.Timesheets, accepted.Expenses, accepted.Retainers, accepted.Engagements);

    public void Appends(
        IReadOnlyList<TimesheetWrite> timesheets, IReadOnlyList<ExpenseWrite> expenses,
        IReadOnlyList<RetainerWrite> retainers, IReadOnlyList<EngagementWrite>? engagements = null)
    {
        foreach (var write in engagements ?? []) _engagements[write.EngagementId].Add(write.Event);
        foreach (var write in timesheets) _timesheets[write.Timesheet].Add(write.Event);
        foreach (var write in expenses) _expenses[write.ExpenseId].Add(write.Event);
        _retainer.AddRange(retainers.Select(write => write.Event));
    }

    private Practice With<T>(List<T> events, T @event)
    {
        events.Add(@event);
        return this;
    }
}
