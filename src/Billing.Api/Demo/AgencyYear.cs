using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Api.Invoicing;
using Billing.Api.Payments;
using Billing.Api.TimeTracking;
using Billing.Domain.Access;
using Billing.Domain.Invoicing;
using Billing.Domain.Payments;
using Billing.Domain.TimeTracking;
using Billing.Domain.Values;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Demo;

/// <summary>
/// The year 2025 of an agency of five, day by day and by the same commands that anyone uses: some eleven thousand entries,
/// ten clients, six retainers of all kinds, surcharges, tiers, a cap and a fixed fee, and rates that are corrected in the middle
/// of the year for months that are billed. The same seed makes the same year.
/// </summary>
public sealed partial class AgencyYear(IServiceProvider services, int seed = 2025)
{
    public const int Year = 2025;

    private const string Zone = "America/New_York";
    private const int Assistants = 5;

    private static readonly string[] Zones = ["Asia/Manila", "America/Chicago", "Europe/Berlin", "Africa/Nairobi", Zone];
    private static readonly LocalDate FirstDay = new(Year, 1, 1);

    private readonly Func<Guid> newId = services.GetRequiredService<Func<Guid>>();
    private readonly CommandBus bus = services.GetRequiredService<CommandBus>();
    private readonly Random chance = new(seed);
    private readonly Dictionary<Guid, List<(string Timesheet, Guid EntryId)>> unbilled = [];
    private readonly List<(Guid Entry, LogTime Logged)> worked = [];
    private BookId book;
    private Guid[] people = [];

    /// <summary>How many entries were logged.</summary>
    public int Entries => worked.Count;

    /// <returns>The practice's book and its owner's token.</returns>
    public async Task<(BookId Book, string OwnerToken)> Make(CancellationToken cancellationToken)
    {
        var token = await Open();
        var clients = await Agree();
        for (var month = FirstDay; month.Year == Year; month = month.PlusMonths(1))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await FundRetainers(clients, month);
            for (var day = month; day.Month == month.Month; day = day.PlusDays(1)) await Work(clients, day);
            await Spend(clients, month);
            if (month.Month == 7) await CorrectRates(clients);
            await Bill(clients, month.PlusMonths(1));
            await Amend(month);
        }
        return (book, token);
    }

    private async Task<string> Open()
    {
        var (id, owner, token) = (newId(), newId(), Secrets.NewToken());
        book = new BookId(id);
        var at = At(FirstDay, 6);
        await Send(at, c => new OpenBusinessCommand(
            c, new OpenBusiness(id, "Harbor Lane Agency", Zone, "USD", c.Now), new AddMember(owner, "Rosa Lind", "owner", Zone, c.Now),
            new IssueToken(newId(), owner, Secrets.HashOf(token), "agency", null, c.Now)));
        await Send(at, c => new SetInvoicingPolicyCommand(c, new SetInvoicingPolicy(
            "HL", 15, new RoundingPolicy(360, RoundingPolicy.Nearest, RoundingPolicy.PerEntry), c.Now)));
        people = [.. Enumerable.Range(0, Assistants).Select(_ => newId())];
        string[] names = ["Ana Reyes", "Ben Ito", "Clara Weiss", "Daudi Otieno", "Ella Price"];
        for (var i = 0; i < Assistants; i++)
        {
            var (person, name, zone) = (people[i], names[i], Zones[i]);
            await Send(at, c => new AddMemberCommand(c, new AddMember(person, name, "assistant", zone, c.Now)));
        }
        return token;
    }

    /// <summary>Nine pieces of work for each assistant on a weekday; two of three somewhere on one Saturday in four.</summary>
    private async Task Work(IReadOnlyList<AgencyClient> clients, LocalDate day)
    {
        if (day.DayOfWeek == IsoDayOfWeek.Sunday || (day.DayOfWeek == IsoDayOfWeek.Saturday && day.Day > 7)) return;
        var pieces = day.DayOfWeek == IsoDayOfWeek.Saturday ? 2 : 9;
        var plans = Enumerable.Range(0, Assistants).Select(assistant => Plan(clients, assistant, day, pieces)).ToList();
        // Assistants work side by side, each on their own timesheet.
        await Task.WhenAll(plans.Select(async plan =>
        {
            foreach (var log in plan) await Send(log.At, c => new LogTimeCommand(c, log));
        }));
        foreach (var log in plans.SelectMany(plan => plan))
        {
            worked.Add((log.EntryId, log));
            if (log.Billable) unbilled[log.EngagementId].Add((log.Week.StreamName, log.EntryId));
        }
    }

    private List<LogTime> Plan(IReadOnlyList<AgencyClient> clients, int assistant, LocalDate day, int pieces)
    {
        var zone = DateTimeZoneProviders.Tzdb[Zones[assistant]];
        var start = day.At(new LocalTime(8, 0)).InZoneLeniently(zone).ToInstant();
        var plan = new List<LogTime>();
        for (var i = 0; i < pieces; i++)
        {
            var client = clients[(assistant + (7 * i) + (3 * day.Day)) % clients.Count];
            var seconds = 600 + (60 * chance.Next(100)) + chance.Next(60);
            var end = start.Plus(Duration.FromSeconds(seconds));
            string[]? tags = chance.Next(40) == 0 ? ["rush"] : null;
            plan.Add(new LogTime(
                newId(), people[assistant], client.EngagementId, new TimeSpent.Between(start, end), Notes[chance.Next(Notes.Length)],
                Billable: chance.Next(12) != 0, zone, end, tags));
            start = end.Plus(Duration.FromMinutes(chance.Next(5)));
        }
        return plan;
    }

    private static readonly string[] Notes =
        ["Inbox triage", "Calendar", "Listings entered", "Weekly report", "Client calls", "Research", "Newsletter", "CRM clean-up"];

    /// <summary>The month's work of every client, invoiced on the first of the next, and paid by most of them.</summary>
    private async Task Bill(IReadOnlyList<AgencyClient> clients, LocalDate issued)
    {
        foreach (var client in clients)
        {
            var entries = unbilled[client.EngagementId];
            if (entries.Count == 0) continue;
            IReadOnlyList<SelectedTime> time =
            [
                .. entries.GroupBy(entry => entry.Timesheet, entry => entry.EntryId, StringComparer.Ordinal)
                    .OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new SelectedTime(group.Key, [.. group])),
            ];
            var (invoice, expenses) = (newId(), client.Expenses.ToList());
            await Send(At(issued, 7), c => new DraftInvoiceCommand(c, new DraftInvoice(
                invoice, client.ClientId, time, expenses, client.RetainerId, issued.PlusDays(-1), "Thank you.", c.Now)));
            var done = await Send(At(issued, 8), c => new FinalizeInvoiceCommand(c, new FinalizeInvoice(invoice, issued, c.Now)));
            var facts = done.Find<InvoiceEvent.InvoiceFinalized>()!;
            entries.Clear();
            client.Expenses.Clear();
            var due = facts.TotalMinor - facts.RetainerAppliedMinor;
            if (due > 0 && chance.Next(10) != 0) await Receive(invoice, due, issued.PlusDays(5 + chance.Next(20)));
        }
    }

    /// <summary>Mistakes are found after the month was billed: some entries are corrected as facts, and the invoices stay.</summary>
    private async Task Amend(LocalDate month)
    {
        for (var i = 0; i < 3; i++)
        {
            var (entry, log) = worked[^(1 + chance.Next(500))];
            var time = (TimeSpent.Between)log.Time;
            var shorter = time with { EndedAt = time.EndedAt.Minus(Duration.FromSeconds(300)) };
            await Send(At(month.PlusMonths(1), 18), c => new CorrectEntryCommand(c, new CorrectEntry(
                entry, log.Week, log.EngagementId, shorter, log.Note, log.Billable, c.Now, log.Tags)));
        }
    }

    private Task<CommandResult.Done> Receive(Guid invoice, long amountMinor, LocalDate day) => Send(
        At(day, 10), c => new RecordPaymentCommand(
            c, new RecordPayment(newId(), invoice, new Money(amountMinor, Currency.Usd), "transfer", day, null, c.Now)));

    private static Instant At(LocalDate day, int hour) =>
        day.At(new LocalTime(hour, 0)).InZoneLeniently(DateTimeZoneProviders.Tzdb[Zone]).ToInstant();

    /// <summary>Sends a command as of a moment. A refusal here is a bug of the sample.</summary>
    private async Task<CommandResult.Done> Send(Instant at, Func<CommandContext, ICommand> make)
    {
        var context = new CommandContext(book, "agency", at, newId());
        return await bus.Send(context, () => make(context), CancellationToken.None) switch
        {
            CommandResult.Done done => done,
            var other => throw new InvalidOperationException($"The agency's year cannot be made: {other}"),
        };
    }
}

/// <param name="RetainerId">The retainer that its invoices use; null where there is none.</param>
/// <param name="Deposit">What is paid into the retainer, how often; null where nothing is.</param>
internal sealed record AgencyClient(Guid ClientId, Guid EngagementId, Guid? RetainerId, AgencyDeposit? Deposit)
{
    /// <summary>To be rebilled with the next invoice.</summary>
    public List<Guid> Expenses { get; } = [];
}

/// <param name="EveryMonths">0 for once, at the beginning.</param>
internal sealed record AgencyDeposit(long Minor, int EveryMonths);
