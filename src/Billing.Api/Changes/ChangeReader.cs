using System.Text.RegularExpressions;
using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Domain.Expenses;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;

namespace Billing.Api.Changes;

/// <summary>
/// Reads changes in the order of the book, which has no gaps, so that none is passed by. A resource's changes are for those who may
/// read it: its endpoint says who, and of time and expenses an assistant sees their own.
/// </summary>
internal sealed partial class ChangeReader(IEventStore store, EndpointDataSource endpoints)
{
    public const string FromNow = "now";
    private const int FewestEvents = 50, MostEvents = 500;

    /// <summary>So many events are looked at for one page, however few of them its reader may see.</summary>
    private const int MostLookedAt = 5_000;

    private readonly Lazy<Dictionary<string, EndpointMetadataCollection>> _routes = new(() => endpoints.Endpoints
        .OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods is ["GET"])
        .ToDictionary(endpoint => endpoint.RoutePattern.RawText!, endpoint => endpoint.Metadata, StringComparer.Ordinal));

    /// <summary>Behind everything that is in the book by now.</summary>
    private async ValueTask<ChangeCursor> Now(BookId book, CancellationToken cancellationToken) =>
        await LastEvent.Of(store, book, cancellationToken) is { } last ? ChangeCursor.After(last.Place, last.Link) : ChangeCursor.Beginning;

    /// <summary>The place that a caller names: a cursor, <c>now</c>, or the beginning where none is; null for anything else.</summary>
    public async ValueTask<ChangeCursor?> Named(BookId book, string? text, CancellationToken cancellationToken) => text switch
    {
        null => ChangeCursor.Beginning,
        FromNow => await Now(book, cancellationToken),
        _ => ChangeCursor.TryParse(text, out var cursor) ? cursor : null,
    };

    /// <summary>At most so many changes after the cursor; null where the cursor is of another history than the book's.</summary>
    public async ValueTask<ChangePage?> Read(Caller caller, ChangeCursor since, int limit, CancellationToken cancellationToken)
    {
        if (since.Place > 0 && !await IsKnown(caller.Book, since, cancellationToken)) return null;
        var page = new Draft(since, limit);
        var beginnings = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var lookedAt = 0; lookedAt < MostLookedAt;)
        {
            var events = await store.ReadBook(caller.Book, page.Place, Math.Clamp(limit, FewestEvents, MostEvents), cancellationToken);
            if (events.Count == 0) return page.End(more: false);
            foreach (var stored in events)
            {
                var expense = await ExpenseOf(stored, beginnings, cancellationToken);
                var (category, id) = ChangedResources.Split(stored.Stream);
                var touched = ChangedResources.Of(
                    category, id, stored.Version == 1, expense is ExpenseEvent.TripRecorded, EventCodec.Decode(stored));
                if (!page.Take(stored, touched, what => MaySee(caller, stored, expense, what))) return page.End(more: true);
            }
            lookedAt += events.Count;
        }
        return page.End(more: true);
    }

    private async ValueTask<bool> IsKnown(BookId book, ChangeCursor cursor, CancellationToken cancellationToken) =>
        await store.ReadBook(book, cursor.Place - 1, 1, cancellationToken) is [var found] && cursor.IsOn(found.Link);

    /// <summary>How the expense or trip was recorded that an event is about; null where it is about none.</summary>
    private async ValueTask<object?> ExpenseOf(
        StoredEvent stored, Dictionary<string, object> beginnings, CancellationToken cancellationToken)
    {
        if (ChangedResources.Split(stored.Stream) is not (ChangedResources.Expenses, var id)) return null;
        if (beginnings.TryGetValue(id, out var known)) return known;
        var first = stored.Version == 1
            ? stored
            : (await store.ReadStream(stored.Book, stored.Stream, 1, 1, ReadDirection.Forwards, cancellationToken))[0];
        return beginnings[id] = EventCodec.Decode(first);
    }

    /// <param name="expense">How the expense was recorded that it is about.</param>
    private bool MaySee(Caller caller, StoredEvent stored, object? expense, Touched what)
    {
        var route = _routes.Value[what.Route];
        if ((route.GetMetadata<AllowedRoles>()!.Roles & caller.Role) == 0) return false;
        if (!caller.Has(route.GetMetadata<NeededScope>()!)) return false;
        if (!caller.SeesRates && route.GetMetadata<ShowsRates>() is not null) return false;
        if (caller.Role != Role.Assistant) return true;
        if (expense is not null) return expense is ExpenseEvent.ExpenseRecorded { RecordedBy: { } by } && by == caller.MemberId;
        return ChangedResources.Split(stored.Stream) is not (ChangedResources.Timesheets, var timesheet)
            || TouchedTime.WeekOf(timesheet).AssistantId == caller.MemberId;
    }

    /// <summary>A page in the making, and how far it has come.</summary>
    private sealed class Draft(ChangeCursor since, int limit)
    {
        private readonly List<Change> _items = [];
        private ChangeCursor _next = since;

        public long Place => _next.Place;

        /// <summary>False where the page was full before all of the event's changes were in it.</summary>
        public bool Take(StoredEvent stored, IReadOnlyList<Touched> touched, Func<Touched, bool> maySee)
        {
            for (var i = _next.Changes; i < touched.Count; i++)
            {
                if (!maySee(touched[i])) continue;
                if (_items.Count == limit) return false;
                _next = i + 1 < touched.Count ? _next with { Changes = i + 1 } : ChangeCursor.After(stored.Place, stored.Link);
                _items.Add(Told(stored, touched[i], _next));
            }
            _next = ChangeCursor.After(stored.Place, stored.Link);
            return true;
        }

        public ChangePage End(bool more) => new(_items, _next, more);
    }

    private static Change Told(StoredEvent stored, Touched what, ChangeCursor cursor)
    {
        var name = EventCatalogue.All.NewestOf(stored.Type).Name;
        return new Change(
            cursor.ToString(), stored.Position, what.Resource, what.Id, what.Kind, name[..name.LastIndexOf(".v", StringComparison.Ordinal)],
            stored.Metadata.RecordedAt, Address(what));
    }

    /// <summary>The route with the parts of the id in its places.</summary>
    private static string Address(Touched what)
    {
        var parts = new Queue<string>(what.Id?.Split('/') ?? []);
        return Place().Replace(what.Route, _ => parts.Dequeue()) + what.Query;
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Place();
}

internal sealed record ChangePage(IReadOnlyList<Change> Items, ChangeCursor Next, bool More);
