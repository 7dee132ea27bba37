using System.Security.Cryptography;
using NodaTime;

namespace Billing.Domain.Expenses;

/// <summary>On which days something recurs: the first day, and so many weeks, months or years after it.</summary>
/// <remarks>A month that is too short for the day has it on its last, and the next month has the day itself again.</remarks>
public sealed record Recurrence(string Every, LocalDate FirstOn, LocalDate? Until)
{
    public const string Week = "week", Month = "month", Year = "year";

    private const int IdBytes = 16;

    public static IReadOnlyList<string> Rules { get; } = [Week, Month, Year];

    /// <summary>The days after one and up to another, earliest first.</summary>
    /// <param name="after">Null for from the first on.</param>
    public IEnumerable<LocalDate> Days(LocalDate? after, LocalDate through)
    {
        for (var n = 0; ; n++)
        {
            var day = At(n);
            if (day > through || day > Until) yield break;
            if (after is null || day > after) yield return day;
        }
    }

    /// <summary>
    /// The id of the expense that an occurrence becomes: always the same for the same occurrence, so that it is recorded once
    /// at most. A UUID of version 8 (RFC 9562, 5.8) from SHA-256.
    /// </summary>
    public static Guid IdOf(Guid recurringId, LocalDate day)
    {
        Span<byte> named = stackalloc byte[IdBytes + 4];
        recurringId.TryWriteBytes(named, bigEndian: true, out _);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(named[IdBytes..], day.Year * 10_000 + day.Month * 100 + day.Day);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(named, hash);
        var id = hash[..IdBytes];
        id[6] = (byte)(0x80 | (id[6] & 0x0f));
        id[8] = (byte)(0x80 | (id[8] & 0x3f));
        return new Guid(id, bigEndian: true);
    }

    private LocalDate At(int n) => Every switch
    {
        Week => FirstOn.PlusWeeks(n),
        Month => FirstOn.PlusMonths(n),
        Year => FirstOn.PlusYears(n),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
