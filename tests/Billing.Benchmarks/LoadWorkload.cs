using Billing.Domain.TimeTracking;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>Weeks of assistants, each of a hundred events of all kinds, written a day at a time and in turns.</summary>
internal static class LoadWorkload
{
    public const int Streams = 200, EventsPerStream = 100;
    private const int Days = 5, EventsPerDay = 19;

    private static readonly LocalDate Monday = new(2026, 3, 2);
    private static readonly Guid Engagement = Guid.CreateVersion7(), Client = Guid.CreateVersion7();

    public static BookId Book { get; } = new(Guid.CreateVersion7());

    public static IReadOnlyList<TimesheetWeek> Weeks { get; } =
        [.. Enumerable.Range(0, Streams).Select(_ => TimesheetWeek.Of(Guid.CreateVersion7(), Monday))];

    public static async Task Fill(IEventStore store)
    {
        var weeks = Weeks.Select(week => (Name: week.StreamName, Events: Week(week).Chunk(EventsPerDay).ToList())).ToList();
        for (var day = 0; day < weeks[0].Events.Count; day++)
            await Task.WhenAll(weeks.Select(week => Append(store, week.Name, week.Events[day])));
    }

    private static async Task Append(IEventStore store, string stream, TimesheetEvent[] events)
    {
        var request = new AppendRequest(
            Book,
            [new StreamAppend(stream, StreamAppend.AnyVersion, [.. events.Select(Encode)])],
            [],
            new EventMetadata(
                $"member:{Guid.CreateVersion7():D}", Guid.CreateVersion7(), Guid.CreateVersion7(), At(0, 0),
                $"{Guid.CreateVersion7():D}", new string('b', 43)));
        if (await store.Append(request, CancellationToken.None) is not AppendOutcome.Appended)
            throw new InvalidOperationException("The store refused an append.");
    }

    private static NewEvent Encode(TimesheetEvent @event) =>
        EventCodec.Encode(Guid.CreateVersion7(), @event) with { Owner = new KeyOwner(Client, KeyUse.Documents) };

    private static IEnumerable<TimesheetEvent> Week(TimesheetWeek week)
    {
        var entries = new List<Guid>();
        for (var day = 0; day < Days; day++)
        {
            for (var n = 0; n < 13; n++)
            {
                entries.Add(Guid.CreateVersion7());
                yield return Logged(week, entries[^1], day, n);
            }
            for (var n = 0; n < 2; n++)
            {
                entries.Add(Guid.CreateVersion7());
                yield return new TimesheetEvent.TimerStarted(
                    entries[^1], week.AssistantId, Engagement, Client, "Call with the office", true, At(day, 18 + n),
                    Monday.PlusDays(day), "America/Chicago");
                yield return new TimesheetEvent.TimerStopped(entries[^1], At(day, 18 + n).Plus(Duration.FromMinutes(15)), 900);
            }
            yield return new TimesheetEvent.TimeEntryCorrected(
                entries[^3], Engagement, Client, "Sorted the inbox, twice", true, Monday.PlusDays(day), null, null, 1_500,
                "America/Chicago", At(day, 21));
            yield return new TimesheetEvent.TimeEntryRemoved(entries[^4], At(day, 21));
        }
        var invoice = Guid.CreateVersion7();
        yield return new TimesheetEvent.WeekHandedIn(At(Days, 0));
        yield return new TimesheetEvent.TimeBilled(entries[..30], invoice);
        yield return new TimesheetEvent.TimeReleased(entries[..30], invoice);
        yield return new TimesheetEvent.TimeBilled(entries[..30], Guid.CreateVersion7());
        yield return new TimesheetEvent.TimeBilled(entries[30..40], Guid.CreateVersion7());
    }

    private static TimesheetEvent.TimeEntryLogged Logged(TimesheetWeek week, Guid id, int day, int n) => new(
        id, week.AssistantId, Engagement, Client, "Sorted the inbox and answered mail", true, Monday.PlusDays(day), At(day, 4 + n),
        At(day, 4 + n).Plus(Duration.FromMinutes(40)), 2_400, "America/Chicago", At(day, 5 + n));

    private static Instant At(int day, int hour) => Monday.PlusDays(day).AtMidnight().PlusHours(hour).InUtc().ToInstant();
}
