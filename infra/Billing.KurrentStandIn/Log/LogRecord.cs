using Google.Protobuf;

namespace Billing.KurrentStandIn.Log;

/// <summary>An event as a client proposed it.</summary>
internal sealed record Proposed(Guid Id, string Type, bool IsJson, ByteString Data, ByteString Metadata)
{
    /// <summary>What counts against the limit of an append.</summary>
    public int Size => Data.Length + Metadata.Length + 2 * Type.Length;
}

/// <param name="Position">Where the record begins in the log: its commit and its prepare position alike.</param>
internal sealed record LogRecord(long Position, string Stream, long Revision, Proposed Event, long CreatedTicks);

/// <summary>The revision that a stream must have, or one of the three special ones, numbered as the server does.</summary>
internal readonly record struct Expected(long Revision)
{
    public static Expected NoStream { get; } = new(-1);

    public static Expected Any { get; } = new(-2);

    public static Expected StreamExists { get; } = new(-4);
}

internal abstract record WriteResult
{
    private WriteResult() { }

    /// <param name="Position">Of the last event.</param>
    public sealed record Stored(long LastRevision, long Position) : WriteResult;

    /// <param name="CurrentRevision">−1 where there is no stream.</param>
    public sealed record WrongExpectedVersion(long CurrentRevision) : WriteResult;
}
