using Billing.Domain.Access;
using Billing.Domain.Clients;
using Billing.Domain.Engagements;
using Billing.Domain.Expenses;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>
/// One practice's months: four assistants with a client each clock eleven entries on four days of a week, run timers,
/// correct some; expenses come in; each client gets an invoice over four weeks and pays it online.
/// </summary>
internal sealed class RebuildWorkload(int number)
{
    public const int DaysPerWeek = 4, WeeksPerInvoice = 4;
    private const int Assistants = 4, EntriesPerDay = 11, ExpensesPerMonth = 48;

    private static readonly LocalDate FirstDay = new(2024, 1, 1);

    private readonly Guid[] assistants = NewIds(Assistants), clients = NewIds(Assistants), engagements = NewIds(Assistants);
    private readonly List<(Guid Id, TimesheetWeek Week, LocalDate Day, long Seconds)>[] unbilled = [[], [], [], []];
    private int invoices;

    /// <summary>Opens the practice: one list of events for each stream.</summary>
    public IEnumerable<(string Stream, object[] Events)> Open()
    {
        var (id, at) = (NewId(), At(FirstDay));
        yield return ($"business-{id:D}",
        [
            new BusinessEvent.BusinessOpened(id, $"Practice {number}", "America/New_York", "USD", at),
            new BusinessEvent.InvoicingPolicySet("INV", 30, RoundingPolicy.Exact, at),
            .. assistants.Select(a => new BusinessEvent.MemberAdded(a, "Assistant", "assistant", "Europe/Berlin", at)),
        ]);
        for (var i = 0; i < Assistants; i++)
        {
            yield return ($"client-{clients[i]:D}",
                [new ClientEvent.ClientAdded(clients[i], "Acme", "office@acme.example", ["1 Main St"], "USD", null, at)]);
            yield return ($"engagement-{engagements[i]:D}",
            [
                new EngagementEvent.EngagementAgreed(engagements[i], clients[i], "USD", "Inbox", at),
                new EngagementEvent.RateCardSet(NewId(), null, 4_500, FirstDay, null, at),
            ]);
        }
    }

    /// <summary>One assistant's day.</summary>
    public (string Stream, object[] Events) Day(int assistant, int week, int dayOfWeek)
    {
        var day = FirstDay.PlusDays((7 * week) + dayOfWeek);
        var (sheet, at) = (TimesheetWeek.Of(assistants[assistant], day), At(day));
        var events = new List<object>();
        for (var i = 0; i < EntriesPerDay; i++)
        {
            var (entry, start) = (NewId(), at.Plus(Duration.FromMinutes(40 * i)));
            var seconds = 1_200 + (60 * i);
            events.Add(new TimesheetEvent.TimeEntryLogged(
                entry, assistants[assistant], engagements[assistant], clients[assistant], "Sorted the inbox and answered mail",
                true, day, start, start.Plus(Duration.FromSeconds(seconds)), seconds, "Europe/Berlin", start));
            unbilled[assistant].Add((entry, sheet, day, seconds));
        }
        if (dayOfWeek < 3)
        {
            events.AddRange(Timer(assistant, sheet, day));
            var (entry, _, _, seconds) = unbilled[assistant][^3];
            events.Add(new TimesheetEvent.TimeEntryCorrected(
                entry, engagements[assistant], clients[assistant], "Sorted the inbox", true, day, null, null, seconds,
                "Europe/Berlin", at));
        }
        return (sheet.StreamName, [.. events]);
    }

    /// <summary>Everything that an invoice and its payment write, in one append for each step.</summary>
    public IEnumerable<(string Stream, object[] Events)[]> Month(int client, int week)
    {
        var day = FirstDay.PlusDays(7 * week);
        for (var i = 0; i < ExpensesPerMonth / Assistants; i++)
        {
            var expense = NewId();
            yield return [($"expense-{expense:D}", [new ExpenseEvent.ExpenseRecorded(
                expense, 1_999, "USD", "software", day, null, null, false, "Shop", "Subscription", At(day))])];
        }
        var (invoice, payment, link, at) = (NewId(), NewId(), NewId(), At(day));
        var time = unbilled[client].GroupBy(e => e.Week)
            .Select(g => new SelectedTime(g.Key.StreamName, [.. g.Select(e => e.Id)])).ToList();
        var (lines, total) = Lines(client);
        var (stream, paying) = ($"invoice-{invoice:D}", $"payment-{payment:D}");
        yield return [(stream, [new InvoiceEvent.InvoiceDrafted(invoice, clients[client], "USD", time, [], null, day, null, at)])];
        yield return
        [
            ("numbering-INV-2024", [new NumberingEvent.NumberGiven(++invoices, $"INV-2024-{invoices}", invoice)]),
            (stream, [new InvoiceEvent.InvoiceFinalized(
                invoice, clients[client], InvoiceKind.Work, $"INV-2024-{invoices}", "USD", day, day.PlusDays(30), lines, total,
                null, 0, null, RoundingPolicy.Exact, time, [], null, at)]),
            .. time.Select(t => (t.Timesheet, new object[] { new TimesheetEvent.TimeBilled(t.EntryIds, invoice) })),
        ];
        yield return
        [
            (stream, [
                new InvoiceEvent.InvoiceShared(link, $"{link:N}{link:N}", at), new InvoiceEvent.CheckoutAttempted(payment, total, at),
            ]),
            (paying, [
                new PaymentEvent.PaymentAttempted(payment, invoice, clients[client], total, "USD", at),
                new PaymentEvent.CheckoutOpened($"cs_{payment:N}", $"https://pay.example/{payment:N}", at, at),
            ]),
        ];
        yield return
        [
            (paying, [
                new PaymentEvent.PaymentSucceeded($"pi_{payment:N}", total, "USD", total, 0, day, at),
                new PaymentEvent.ProcessorFeeCharged($"txn_{payment:N}", total / 34, "USD", day),
            ]),
            (stream, [new InvoiceEvent.PaymentApplied(payment, total, day), new InvoiceEvent.CheckoutClosed(payment, at)]),
        ];
        unbilled[client].Clear();
    }

    private IEnumerable<object> Timer(int assistant, TimesheetWeek sheet, LocalDate day)
    {
        var (entry, at) = (NewId(), At(day).Plus(Duration.FromHours(9)));
        unbilled[assistant].Add((entry, sheet, day, 900));
        yield return new TimesheetEvent.TimerStarted(
            entry, assistants[assistant], engagements[assistant], clients[assistant], "Call", true, at, day, "Europe/Berlin");
        yield return new TimesheetEvent.TimerStopped(entry, at.Plus(Duration.FromMinutes(15)), 900);
    }

    private (IReadOnlyList<InvoiceLine> Lines, long Total) Lines(int client)
    {
        var hours = unbilled[client]
            .Select(e => new InvoiceHours(e.Id, assistants[client], e.Day, e.Seconds, e.Seconds, engagements[client])).ToList();
        var seconds = hours.Sum(h => h.BilledSeconds);
        var amount = Money.ForTime(new Money(4_500, Currency.Usd), seconds).Minor;
        return ([new InvoiceLine(1, LineKind.Time, engagements[client], seconds, 4_500, amount, hours, null)], amount);
    }

    private static Instant At(LocalDate day) => day.At(new LocalTime(8, 0)).InUtc().ToInstant();

    private static Guid[] NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => NewId())];

    private static Guid NewId() => Guid.CreateVersion7();
}
