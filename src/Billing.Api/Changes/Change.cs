using Billing.Api.Http;
using NodaTime;

namespace Billing.Api.Changes;

/// <summary>That a resource is no longer as it was. What it is now, its address says.</summary>
/// <param name="Cursor">Send it as <c>since</c> to go on behind this change.</param>
/// <param name="Position">Send it as <c>Billing-Position</c> with the request for the resource, to see at least this change.</param>
/// <param name="Resource">Such as <c>invoice</c>.</param>
/// <param name="Id">Null for what a practice has one of.</param>
/// <param name="Kind">created, changed, or removed: then it is no longer found.</param>
/// <param name="Event">What happened, such as <c>invoice-finalized</c>.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="Href">Where the resource is read; its list where it has no address of its own.</param>
public sealed record Change(
    string Cursor, long Position, string Resource, string? Id, [property: OneOf(typeof(ChangeKind), nameof(ChangeKind.All))] string Kind,
    string Event, Instant At, string Href);

/// <param name="Next">Send it as <c>since</c> the next time, also where there is nothing new.</param>
/// <param name="More">Whether to ask again at once. A page may be short, or empty, and more to come.</param>
public sealed record ChangesView(IReadOnlyList<Change> Items, string Next, bool More);

/// <summary>What a change is to its resource.</summary>
public static class ChangeKind
{
    public const string Created = "created", Changed = "changed", Removed = "removed";

    public static IReadOnlyList<string> All { get; } = [Created, Changed, Removed];
}
