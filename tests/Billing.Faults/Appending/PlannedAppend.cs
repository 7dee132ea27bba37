using System.Buffers.Binary;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Faults.Appending;

/// <summary>
/// What a thread appends as its n-th append: worked out from seed, thread and number alone, so that a retry is the same and
/// a checker knows what must be there. The id of each event tells which append it belongs to and of how many events that is.
/// </summary>
internal static class PlannedAppend
{
    public const int Books = 3;
    private const int SharedStreams = 5;
    private const ushort Mark = 0xFA01;
    private static readonly Instant FirstDay = Instant.FromUtc(2026, 1, 1, 0, 0);

    public static BookId Book(int seed, int number) => new(Id(seed, ushort.MaxValue, number, 0, 0));

    public static IEnumerable<BookId> AllBooks(int seed) => Enumerable.Range(0, Books).Select(number => Book(seed, number));

    /// <summary>
    /// One event on the thread's own stream, whose version is thereby the number, and up to six on two streams that all
    /// threads write to.
    /// </summary>
    public static AppendRequest Of(int seed, int thread, int number)
    {
        var dice = new Random(HashCode(seed, thread, number));
        var shared = dice.Next(3);
        var counts = Enumerable.Range(0, shared).Select(_ => dice.Next(1, 4)).ToList();
        var count = 1 + counts.Sum();
        var index = 0;
        var writes = new List<StreamAppend> { new($"thread-{thread}", number, [Event()]) };
        var first = dice.Next(SharedStreams);
        for (var i = 0; i < shared; i++)
        {
            var events = Enumerable.Range(0, counts[i]).Select(_ => Event()).ToList();
            writes.Add(new StreamAppend($"shared-{(first + i) % SharedStreams}", StreamAppend.AnyVersion, events));
        }
        var request = Id(seed, thread, number, ushort.MaxValue, 0);
        var key = dice.Next(2) == 0 ? $"{thread}-{number}" : null;
        var metadata = new EventMetadata(
            $"thread:{thread}", request, request, FirstDay + Duration.FromMilliseconds(number), key, key is null ? null : "00");
        return new AppendRequest(Book(seed, thread % Books), writes, [], metadata);

        NewEvent Event()
        {
            var data = new byte[dice.Next(40, 600)];
            data.AsSpan().Fill((byte)'x');
            (data[0], data[^1]) = ((byte)'"', (byte)'"');
            return new NewEvent(Id(seed, thread, number, index++, count), "fault-drill.v1", data);
        }
    }

    /// <summary>Which append the event belongs to; false where no such append was planned.</summary>
    public static bool TryRead(Guid id, int seed, out Planned planned)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        planned = new Planned(
            BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]), BinaryPrimitives.ReadInt32BigEndian(bytes[6..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]));
        return BinaryPrimitives.ReadInt32BigEndian(bytes) == seed && BinaryPrimitives.ReadUInt16BigEndian(bytes[14..]) == Mark;
    }

    private static Guid Id(int seed, int thread, int number, int index, int count)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt32BigEndian(bytes, seed);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)thread);
        BinaryPrimitives.WriteInt32BigEndian(bytes[6..], number);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[10..], (ushort)index);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[12..], (ushort)count);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[14..], Mark);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The same on every machine and in every process, which <see cref="System.HashCode"/> is not.</summary>
    private static int HashCode(int seed, int thread, int number) =>
        unchecked((((seed * 31) + thread) * 1_000_003) ^ (number * 7919));
}

/// <param name="Index">Which event of the append, from 0.</param>
/// <param name="Count">How many events the append has.</param>
internal readonly record struct Planned(int Thread, int Number, int Index, int Count);
