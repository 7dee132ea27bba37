using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.EInvoicing;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Taxes;
using Billing.Domain.Taxes.UsStates;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Projections.Tests.Given;

/// <summary>
/// A practice's history by chance: the same for the same seed, with every event of the catalogue, and as the deciders
/// would let it happen wherever amounts depend on it. Ids are numbered, so that two histories share many.
/// </summary>
internal sealed partial class RandomHistory
{
    private static readonly LocalDate FirstDay = new(2026, 1, 5);

    private readonly Random chance;
    private readonly List<(string Stream, object Event)> events = [];
    private readonly List<Guid> clients = [], engagements = [], assistants = [];
    private readonly Dictionary<Guid, (string Sheet, Guid Assistant)> timers = [];
    private readonly Dictionary<Guid, Entry> entries = [];
    private readonly List<Guid> openExpenses = [];
    private readonly List<string> weeks = [];
    private readonly Dictionary<int, int> numbers = [];

    private RandomHistory(int seed) => (chance, offering) = (new Random(seed), new Random(seed + 17));

    private sealed record Entry(string Sheet, Guid Client, bool IsBilled);

    public static IReadOnlyList<(string Stream, object Event)> Of(int seed, int steps)
    {
        var history = new RandomHistory(seed);
        history.Found();
        for (var step = 0; step < steps; step++) history.Step();
        // Something runs at the end of every history, whatever chance has it.
        if (history.timers.Count == 0) history.StartTimer();
        return history.events;
    }

    private Instant Now => Practice.Now.Plus(Duration.FromMinutes(events.Count));

    private LocalDate Day => FirstDay.PlusDays(chance.Next(180));

    private string Business => $"business-{Ids.Of(1, 1):D}";

    private string? Words => chance.Next(4) switch { 0 => null, 1 => "", 2 => "Überstunden – 時間", _ => $"note {chance.Next(100)}" };

    private IReadOnlyList<string>? Tags => chance.Next(3) switch { 0 => null, 1 => ["calls"], _ => ["calls", "größer"] };

    private void Found()
    {
        Add(Business, new BusinessEvent.BusinessOpened(Ids.Of(1, 1), "Practice", "America/New_York", "USD", Now));
        Add(Business, new BusinessEvent.BusinessDescribed("Practice", ["1 Main St", "Troy"], "a@b.example", null, Now));
        Add(Business, new BusinessEvent.BusinessMoved("America/Chicago", Now));
        Add(Business, new BusinessEvent.InvoicingPolicySet("INV", chance.Next(30), new RoundingPolicy(900, "up", "entry"), Now));
        Add(Business, new BusinessEvent.LateFeePolicySet("percentage", "USD", null, 25, 7, "month", null, Now));
        Add(Business, new BusinessEvent.SalesTaxPolicySet("VAT", false, Nineteen, [], "DE123456788", null, Now));
        Add(Business, new BusinessEvent.EInvoicingSet(new EInvoiceSeller(null, "Ana", null, null, null, null, null, null), Now));
        Add(Business, new BusinessEvent.AccentColourChosen("#7A1F3D", Now));
        Add(Business, new BusinessEvent.LogoPlaced(new LogoFile(new string('a', 64), "image/png", 90, 4, 3), Now));
        Add(Business, new BusinessEvent.LogoTakenOff(Now));
        Add(Business, new BusinessEvent.TimekeepingPolicySet("stop-first", 36_000, 28_800, Now));
        Add(Business, new BusinessEvent.PeriodLocked(FirstDay.PlusDays(-4), Words, Now));
        for (var i = 0; i < 3; i++) Hire();
        for (var i = 0; i < 3; i++) Win();
        Add(Business, new BusinessEvent.MemberMoved(assistants[0], "Asia/Manila", Now));
        Add(Business, new BusinessEvent.MemberLeft(assistants[chance.Next(3)], Now));
    }

    private void Step()
    {
        switch (chance.Next(20))
        {
            case 0: Describe(); break;
            case 1: Spend(); break;
            case 2: ChangeExpense(); break;
            case 3: HandIn(); break;
            case 4: Prepay(); break;
            case 5 or 6: BillWork(); break;
            case 7: PayTaxes(); break;
            case 8 or 9: StartTimer(); break;
            case 10 or 11: StopTimer(); break;
            case 12 or 13: Correct(); break;
            default: Log(); break;
        }
    }

    private void Hire()
    {
        var member = New(2);
        assistants.Add(member);
        Add(Business, new BusinessEvent.MemberAdded(member, Words, "assistant", "Europe/Berlin", Now));
        var token = New(11);
        var hash = Convert.ToHexStringLower(token.ToByteArray());
        Add(Business, new BusinessEvent.AccessTokenIssued(token, member, hash, Words, Now, Maybe(Now),
            assistants.Count % 2 == 0 ? "time:write" : null));
        if (chance.Next(2) == 0) Add(Business, new BusinessEvent.AccessTokenRevoked(token, Now));
        Add(Business, new BusinessEvent.IdentityLinked(token, member, hash, "https://issuer.example", Words, Now));
        if (assistants.Count % 2 == 0) Add(Business, new BusinessEvent.IdentityUnlinked(token, Now));
    }

    private void Win()
    {
        var (client, engagement) = (New(3), New(4));
        clients.Add(client);
        engagements.Add(engagement);
        Add($"client-{client:D}", new ClientEvent.ClientAdded(client, Words, Words, null, "USD", Maybe(chance.Next(60)), Now));
        Add($"engagement-{engagement:D}", new EngagementEvent.EngagementAgreed(engagement, client, "USD", Words, Now));
        Card(engagement);
        Charge(client, engagement);
    }

    private void Describe()
    {
        var number = chance.Next(clients.Count);
        var (client, engagement) = ($"client-{clients[number]:D}", $"engagement-{engagements[number]:D}");
        switch (chance.Next(6))
        {
            case 0: Add(client, new ClientEvent.ClientDescribed(Words, Words, ["Line"], Now)); break;
            case 1: Add(client, new ClientEvent.PaymentTermsAgreed(Maybe(chance.Next(60)), Now)); break;
            case 2 when events.Count % 2 == 0: Add(client, new ClientEvent.ClientArchived(Now)); break;
            case 2: Add(client, new ClientEvent.ClientErased(null, Now)); break;
            case 3: Add(engagement, new EngagementEvent.EngagementEnded(Day, Now)); break;
            case 4: Win(); break;
            default: Card(engagements[number]); break;
        }
    }

    private void Card(Guid engagement) => Add($"engagement-{engagement:D}", new EngagementEvent.RateCardSet(
        New(12), chance.Next(2) == 0 ? null : assistants[0], 2000 + chance.Next(9000), Day, null, Now));

    private void Log()
    {
        var (entry, assistant, number, day) = (New(5), Pick(assistants), chance.Next(clients.Count), Day);
        var sheet = Sheet(assistant, day);
        var startedAt = Maybe(Now);
        Add(sheet, new TimesheetEvent.TimeEntryLogged(
            entry, assistant, engagements[number], clients[number], Words, chance.Next(5) > 0, day, startedAt,
            startedAt?.Plus(Duration.FromHours(1)), chance.Next(1, 20_000), "Europe/Berlin", Now, Tags));
        entries.Add(entry, new Entry(sheet, clients[number], IsBilled: false));
        Add($"offline-entry-{entry:D}", new OfflineEntryEvent.OfflineEntrySynced(entry, assistant, 1, sheet, Now));
    }

    private void StartTimer()
    {
        var (entry, assistant, number, day) = (New(5), Pick(assistants), chance.Next(clients.Count), Day);
        if (timers.Values.Any(t => t.Assistant == assistant)) return;
        var sheet = Sheet(assistant, day);
        timers.Add(entry, (sheet, assistant));
        Add(sheet, new TimesheetEvent.TimerStarted(
            entry, assistant, engagements[number], clients[number], Words, true, Now, day, "Europe/Berlin", Tags));
        entries.Add(entry, new Entry(sheet, clients[number], IsBilled: true));
    }

    private void StopTimer()
    {
        if (timers.Count == 0) return;
        var (entry, (sheet, _)) = timers.First();
        timers.Remove(entry);
        if (chance.Next(4) == 0)
        {
            Add(sheet, new TimesheetEvent.TimeEntryRemoved(entry, Now));
            entries.Remove(entry);
            return;
        }
        Add(sheet, new TimesheetEvent.TimerStopped(entry, Now, chance.Next(1, 9_000)));
        entries[entry] = entries[entry] with { IsBilled = false };
    }

    private void Correct()
    {
        if (entries.FirstOrDefault(e => !e.Value.IsBilled && chance.Next(3) == 0) is not { Value: { } entry } found) return;
        if (chance.Next(4) == 0)
        {
            Add(entry.Sheet, new TimesheetEvent.TimeEntryRemoved(found.Key, Now));
            entries.Remove(found.Key);
            return;
        }
        var number = chance.Next(clients.Count);
        var day = TimesheetWeek.TryParseStreamName(entry.Sheet, out var week) ? week.FirstDay.PlusDays(chance.Next(7)) : default;
        Add(entry.Sheet, new TimesheetEvent.TimeEntryCorrected(
            found.Key, engagements[number], clients[number], Words, chance.Next(5) > 0, day, null, null, chance.Next(1, 9_000),
            "America/Chicago", Now, Tags));
        entries[found.Key] = entry with { Client = clients[number] };
    }

    private void HandIn()
    {
        if (weeks.Count == 0) return;
        var sheet = Pick(weeks);
        Add(sheet, new TimesheetEvent.WeekHandedIn(Now));
        switch (chance.Next(4))
        {
            case 0: Add(sheet, new TimesheetEvent.WeekReopened(Now)); break;
            case 1: Add(sheet, new TimesheetEvent.WeekReturned(Words, Now)); break;
            case 2: Add(sheet, new TimesheetEvent.WeekApproved(Now)); break;
        }
    }

    private void Spend()
    {
        var expense = New(6);
        openExpenses.Add(expense);
        Add($"expense-{expense:D}", new ExpenseEvent.ExpenseRecorded(
            expense, chance.Next(1, 90_000), "USD", "software", Day, Pick(clients), Maybe(Pick(engagements)), true, Words, Words, Now,
            Particulars()));
        SpendFurther(expense);
    }

    private void ChangeExpense()
    {
        if (openExpenses.Count == 0) return;
        var expense = Pick(openExpenses);
        if (chance.Next(3) > 0)
        {
            Add($"expense-{expense:D}", new ExpenseEvent.ExpenseCorrected(
                chance.Next(1, 90_000), "USD", "travel", Day, Pick(clients), null, chance.Next(2) == 0, Words, Words, Now));
            return;
        }
        openExpenses.Remove(expense);
        Add($"expense-{expense:D}", new ExpenseEvent.ExpenseRemoved(Now));
    }

    private void PayTaxes()
    {
        var stream = TaxYear.Stream.Name(TaxYear.Id(2026, TaxYear.UsFederal));
        var profile = new FiledProfile(
            "single", false, false, false, false, chance.Next(9_000_000), 0, 0, 0, 0, 0, 0, 0, false, 0, 0, null, null, true, 0);
        Add(stream, new TaxYearEvent.FilingProfileSet(2026, TaxYear.UsFederal, profile, Now));
        PayOtherOffices();
        var payment = New(13);
        Add(stream, new TaxYearEvent.EstimatedTaxPaid(payment, chance.Next(1, 5), chance.Next(1, 500_000), Day, Words, Now));
        if (chance.Next(3) == 0) Add(stream, new TaxYearEvent.EstimatedTaxPaymentRemoved(payment, Now));
        Add(stream, new TaxYearEvent.EstimateGiven(
            New(14), "us-federal-2026.1", Day, events.Count, "run-rate", chance.Next(9_999), chance.Next(9_999), 1, Day, Now));
        KeepTaxPolicy(stream);
    }

    /// <summary>Without drawing on chance: what else happens stays as it was.</summary>
    private void PayOtherOffices()
    {
        var amount = 1 + (events.Count * 37 % 9_000);
        var state = TaxYear.Stream.Name(TaxYear.Id(2026, "us-ca"));
        var filing = new StateFiling(amount, amount, null, events.Count % 2 == 0, 0);
        Add(state, new TaxYearEvent.StateFilingSet(2026, "us-ca", filing, Now));
        Add(state, new TaxYearEvent.EstimatedTaxPaid(New(13), 1, amount, FirstDay, "note", Now));
        var another = UsState.All[amount % UsState.All.Count].Jurisdiction;
        Add(TaxYear.Stream.Name(TaxYear.Id(2026, another)), new TaxYearEvent.StateFilingSet(2026, another, filing, Now));
        var germany = TaxYear.Stream.Name(TaxYear.Id(2026, TaxYear.Germany));
        var profile = new GermanProfile(events.Count % 2 == 0, amount, 0, 0, null, false, [1, 2, 3, amount], false, true, null, null);
        Add(germany, new TaxYearEvent.GermanProfileSet(2026, profile, Now));
        Add(germany, new TaxYearEvent.EstimatedTaxPaid(New(13), 1, amount, FirstDay, "note", Now));
    }

    private string Sheet(Guid assistant, LocalDate day)
    {
        var sheet = TimesheetWeek.Of(assistant, day).StreamName;
        weeks.Add(sheet);
        return sheet;
    }

    private void Add(string stream, object @event) => events.Add((stream, @event));

    private Guid New(int kind) => Ids.Of(kind, numbers[kind] = numbers.GetValueOrDefault(kind) + 1);

    private T Pick<T>(IReadOnlyList<T> list) => list[chance.Next(list.Count)];

    private T? Maybe<T>(T value)
        where T : struct => chance.Next(2) == 0 ? null : value;
}
