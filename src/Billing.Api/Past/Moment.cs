using System.Globalization;
using Billing.Api.Http;
using Billing.EventStore.Port;
using NodaTime;
using NodaTime.Text;

namespace Billing.Api.Past;

/// <summary>Up to where somebody wants to know a book, as <c>asOf</c> says it.</summary>
internal abstract record Moment
{
    public const string Form = "a day such as 2026-03-01, an instant such as 2026-03-01T00:00:00Z, or a place in the book such as 120";

    private Moment() { }

    /// <summary>What was recorded by the end of a day where the practice is.</summary>
    public sealed record Day(LocalDate Date) : Moment;

    /// <summary>What was recorded by then.</summary>
    public sealed record Time(Instant At) : Moment;

    /// <summary>The book's events as far as this one.</summary>
    public sealed record InBook(long Place) : Moment;

    /// <summary>Null where it is none of these.</summary>
    public static Moment? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return new InBook(place);
        if (Days.TryParse(text, out var day)) return new Day(day);
        return InstantPattern.ExtendedIso.Parse(text) is { Success: true, Value: var at } ? new Time(at) : null;
    }
}

/// <summary>Finds places in books.</summary>
internal static class BookPlaces
{
    private const int PageEvents = 2_000;

    /// <summary>Null beyond the book's end.</summary>
    public static async ValueTask<StoredEvent?> At(IEventReader events, BookId book, long place, CancellationToken cancellationToken) =>
        place >= 1 && await events.ReadBook(book, place - 1, 1, cancellationToken) is [var stored] ? stored : null;

    /// <summary>
    /// The place of the last event that was recorded by a time; 0 where none was. Clocks of several servers differ, so an event before
    /// it may bear a later time.
    /// </summary>
    public static async ValueTask<long> RecordedBy(
        IEventReader events, BookId book, Instant time, CancellationToken cancellationToken)
    {
        var last = 0L;
        IReadOnlyList<StoredEvent> page;
        for (var place = 0L; (page = await events.ReadBook(book, place, PageEvents, cancellationToken)).Count > 0; place = page[^1].Place)
            last = page.LastOrDefault(stored => stored.Metadata.RecordedAt <= time)?.Place ?? last;
        return last;
    }
}
