using Billing.Api.Access;
using Billing.Api.Http;
using Billing.EventStore.Port;
using Billing.EventStore.Verification;
using NodaTime;

namespace Billing.Api.Operations;

/// <summary>The owner's own check of the practice's book, so much at a time that no request runs for long.</summary>
public static class ChainEndpoints
{
    private const int MostEvents = 5_000;

    public static void MapChain(this IEndpointRouteBuilder v1)
    {
        v1.Query<ChainView>("/chain", Role.Owner, async call =>
        {
            var after = call.Number("after", 0, int.MaxValue) ?? 0;
            var limit = call.Number("limit", 1, MostEvents) ?? MostEvents;
            var store = call.Service<IEventStore>();
            var link = call.Errors.Count == 0 ? await LinkAt(store, call.Book, after, call.Aborted) : Chain.Origin;
            if (link is null) call.Refuse("after", "out-of-bounds", "The book ends before this place.");
            if (call.Errors.Count > 0) return Problem.BadRequest(call.Errors);
            var report = await BookVerifier.VerifyPart(new StoredBook(store, call.Book), after, link!.Value, limit, call.Aborted);
            return ChainView.Of(report, after);
        }, "after", "limit");

        v1.Query<CheckpointView>("/chain/checkpoint", Role.Owner, async call =>
        {
            var last = await LastEvent.Of(call.Service<IEventStore>(), call.Book, call.Aborted)
                ?? throw new InvalidOperationException($"Book {call.Book} has a caller, but no event.");
            return CheckpointView.Of(call.Service<CheckpointKey>().Sign(call.Book, last.Place, last.Link, call.Now));
        });
    }

    /// <summary>Null where the book has no such place.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> LinkAt(
        IEventStore store, BookId book, long place, CancellationToken cancellationToken)
    {
        if (place == 0) return Chain.Origin;
        var page = await store.ReadBook(book, place - 1, 1, cancellationToken);
        if (page is [var found] && found.Place == place) return found.Link;
        return default(ReadOnlyMemory<byte>?);
    }
}

/// <summary>
/// A part of the chain. While <c>complete</c> is false and there is no fault, ask again with <c>after</c> = <c>through</c>.
/// </summary>
/// <param name="After">The place that the part begins behind; its link is taken as it is stored.</param>
/// <param name="Through">The last place that holds.</param>
/// <param name="Link">The link there, in hexadecimal.</param>
/// <param name="Complete">Whether this is the end of the book.</param>
public sealed record ChainView(Guid Book, long After, long Through, string Link, bool Complete, ChainFaultView? Fault)
{
    public static ChainView Of(BookReport report, long after) => new(
        report.Book.Value, after, report.Place, Convert.ToHexStringLower(report.Link.Span), report.IsComplete,
        report.Fault is { } fault ? ChainFaultView.Of(fault) : null);
}

/// <param name="Kind">altered, missing, reordered or unreadable.</param>
public sealed record ChainFaultView(string Kind, long Place, string? Stream, long? Version, string Expected, string Found)
{
    public static ChainFaultView Of(ChainFault fault) => new(
        fault.Kind.ToString().ToLowerInvariant(), fault.Place, fault.Stream, fault.Version, fault.Expected, fault.Found);
}

/// <summary>A checkpoint as its file has it; saved as it came, it is one.</summary>
public sealed record CheckpointView(
    string Format, Guid Book, long Place, string Link, Instant TakenAt, string KeyId, string Algorithm, string Signature)
{
    public static CheckpointView Of(Checkpoint checkpoint) => new(
        Checkpoint.Format, checkpoint.Book.Value, checkpoint.Place, Convert.ToHexStringLower(checkpoint.Link.Span), checkpoint.TakenAt,
        checkpoint.KeyId, Checkpoint.Algorithm, Convert.ToBase64String(checkpoint.Signature.Span));
}
