using Billing.EventStore.KurrentDb.Protocol;
using Billing.EventStore.Port;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Billing.EventStore.KurrentDb;

/// <summary>How the append of a draft to its physical stream ended.</summary>
internal abstract record PhysicalOutcome
{
    private PhysicalOutcome() { }

    /// <param name="Position">Of the last event.</param>
    public sealed record Stored(long Position) : PhysicalOutcome;

    /// <summary>Someone else has written to the book; nothing of the draft was stored.</summary>
    public sealed record Overtaken : PhysicalOutcome;

    /// <summary>Nothing was stored; another try, perhaps at another node, may go better.</summary>
    public sealed record TryAgain : PhysicalOutcome;

    /// <summary>Nothing was stored, nor will be.</summary>
    public sealed record TooLarge(int MostBytes) : PhysicalOutcome;
}

/// <summary>Sends drafts over the append calls and tells what the answers mean.</summary>
internal sealed class PhysicalAppend(KurrentConnection connection, KurrentReads reads)
{
    private KurrentStoreOptions Options => connection.Options;

    /// <exception cref="EventStoreException">Whether the draft was stored is not known.</exception>
    public async Task<PhysicalOutcome> Send(BookId book, BookDraft draft)
    {
        var node = await connection.Enter(CancellationToken.None).ConfigureAwait(false);
        try
        {
            return Outcome(await node.Appends(book).Send(Request(book, draft)).ConfigureAwait(false), node);
        }
        catch (AppendCallLostException lost)
        {
            connection.Lost(node, lost.InnerException!);
            // A follower has stored nothing. What its leader had stored before it fell is found by reading again.
            if (Failures.IsNotLeader(lost.InnerException!)) return new PhysicalOutcome.TryAgain();
            throw Unknown(node, $"the connection was lost ({lost.Message})", lost);
        }
        catch (TimeoutException late)
        {
            connection.Lost(node, late);
            throw Unknown(node, "no answer came in time", late);
        }
        finally
        {
            node.Leave();
        }
    }

    private BatchAppendReq Request(BookId book, BookDraft draft)
    {
        var options = new BatchAppendReq.Types.Options
        {
            StreamIdentifier = Wire.Stream(reads.StreamOf(book)),
            Deadline = Duration.FromTimeSpan(Options.AppendDeadline),
        };
        if (draft.Base == 0) options.NoStream = Wire.WellKnownEmpty;
        else options.StreamPosition = (ulong)(draft.Base - 1);
        return new BatchAppendReq { Options = options, ProposedMessages = { draft.Messages }, IsFinal = true };
    }

    private static PhysicalOutcome Outcome(BatchAppendResp response, KurrentNode node)
    {
        if (response.Success is { } success)
            return success.Position is { } position
                ? new PhysicalOutcome.Stored((long)position.CommitPosition)
                : throw new EventStoreException($"KurrentDB at {node.Endpoint} stored an append without telling its position.");
        var error = response.Error
            ?? throw new EventStoreException($"KurrentDB at {node.Endpoint} answered an append with nothing.");
        if (error.Details?.Is(WrongExpectedVersion.Descriptor) == true) return new PhysicalOutcome.Overtaken();
        if (error.Details?.TryUnpack<MaximumAppendSizeExceeded>(out var most) == true)
            return new PhysicalOutcome.TooLarge(checked((int)most.MaxAppendSize));
        // A server that is not ready or too busy says so with a code that means success.
        if (error.Code is (int)StatusCode.OK or (int)StatusCode.Unavailable) return new PhysicalOutcome.TryAgain();
        if (error.Code == (int)StatusCode.DeadlineExceeded)
            throw Unknown(node, "it took longer than its deadline", new TimeoutException(error.Message));
        throw new EventStoreException(
            $"KurrentDB at {node.Endpoint} refused an append: {error.Message} ({(StatusCode)error.Code}). "
            + (error.Code == (int)StatusCode.PermissionDenied
                ? "Check user and password in the connection string."
                : "Look into the server's log."));
    }

    private static EventStoreException Unknown(KurrentNode node, string what, Exception cause) => new(
        $"Whether KurrentDB at {node.Endpoint} stored an append is not known: {what}. "
        + "Repeat it with the same event ids to find out.",
        cause);
}
