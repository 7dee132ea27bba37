using System.Globalization;
using System.Text;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>
/// What one caller writes: its own streams in one of a hundred books, twenty events to each before it opens the next,
/// as a timesheet fills up and the next week's begins. Events are about 300 bytes of JSON; ids are time-ordered.
/// </summary>
internal sealed class AppendWorkload
{
    public const int Books = 100;
    public const int EventsPerStream = 20;

    private static readonly BookId[] AllBooks = [.. Enumerable.Range(0, Books).Select(_ => new BookId(Guid.CreateVersion7()))];
    private static readonly byte[][] Bodies = [.. Enumerable.Range(0, 64).Select(Body)];
    private static int callers;

    private readonly int caller = Interlocked.Increment(ref callers);
    private readonly string actor = $"member:{Guid.CreateVersion7():D}";
    private int events;

    public BookId Book => AllBooks[caller % Books];

    /// <summary>The stream that the next event goes to, and the version it has.</summary>
    public (string Stream, int Version) Next => (
        string.Create(CultureInfo.InvariantCulture, $"timesheet-{caller}-{events / EventsPerStream}"), events % EventsPerStream);

    public AppendRequest Request(int count = 1)
    {
        var (stream, version) = Next;
        var added = new NewEvent[count];
        for (var i = 0; i < count; i++) added[i] = Event(events + i);
        return new AppendRequest(Book, [new StreamAppend(stream, version, added)], [], Metadata());
    }

    public void Advance(int count = 1) => events += count;

    public NewEvent Event(int n) => new(Guid.CreateVersion7(), "time-entry-logged.v1", Bodies[(caller + n) % Bodies.Length]);

    public EventMetadata Metadata() => new(
        actor, Guid.CreateVersion7(), Guid.CreateVersion7(), Instant.FromUnixTimeTicks(DateTime.UtcNow.Ticks));

    private static byte[] Body(int n) => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"entryId":"{{Guid.CreateVersion7():D}}","assistantId":"{{Guid.CreateVersion7():D}}","engagementId":"{{Guid.CreateVersion7():D}}",
        "startedAt":"2026-03-{{1 + n % 28:00}}T09:{{n % 60:00}}:00Z","endedAt":"2026-03-{{1 + n % 28:00}}T10:{{n % 60:00}}:00Z",
        "zone":"America/New_York","durationSeconds":{{600 + 60 * n}},"billable":true}
        """));
}
