using System.Text;

namespace Billing.EventStore.Port;

/// <summary>
/// What makes an append request well-formed, the same for every engine. A breach is a bug of the caller, hence an
/// <see cref="ArgumentException"/> and not an outcome.
/// </summary>
internal static class RequestRules
{
    /// <summary>In UTF-8 bytes; every engine can index a text of this length.</summary>
    public const int LongestTextBytes = 512;

    /// <summary>So few are compared with each other, which takes less time than hashing each name.</summary>
    private const int FewStreams = 16;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static void Check(AppendRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        Require(request.Writes.Count > 0, "An append writes to at least one stream.");
        foreach (var write in request.Writes) CheckWrite(write);
        foreach (var check in request.Checks)
        {
            CheckText(check.Stream, "stream");
            Require(check.ExpectedVersion >= 0, "A check names the version that was read.");
        }
        CheckStreamsDiffer(request);
        CheckMetadata(request.Metadata);
    }

    /// <summary>Text must survive UTF-8 unchanged and hold no NUL, which PostgreSQL can't store.</summary>
    public static void CheckText(string text, string what)
    {
        ArgumentNullException.ThrowIfNull(text, what);
        if (text.Length == 0) throw new ArgumentException($"The {what} is empty.", what);
        if (Ascii.IsValid(text) ? text.Length > LongestTextBytes : !IsShortUnicode(text))
            throw new ArgumentException($"The {what} is longer than {LongestTextBytes} bytes or not valid Unicode.", what);
        if (text.Contains('\0', StringComparison.Ordinal)) throw new ArgumentException($"The {what} holds a NUL character.", what);
    }

    private static void CheckWrite(StreamAppend write)
    {
        CheckText(write.Stream, "stream");
        Require(write.ExpectedVersion >= StreamAppend.AnyVersion, "An expected version is 0 or more, or AnyVersion.");
        Require(write.Events.Count > 0, "A write has at least one event.");
        foreach (var @event in write.Events)
        {
            CheckText(@event.Type, "type");
            Require(!@event.Data.IsEmpty, "The data of an event is a JSON text, which is never empty.");
        }
    }

    private static void CheckMetadata(EventMetadata metadata)
    {
        CheckText(metadata.Actor, "actor");
        if (metadata.IdempotencyKey is { } key) CheckText(key, "idempotency key");
        if (metadata.BodyHash is { } hash) CheckText(hash, "body hash");
    }

    private static void CheckStreamsDiffer(AppendRequest request)
    {
        var count = request.Writes.Count + request.Checks.Count;
        if (count > FewStreams)
        {
            var names = new HashSet<string>(count, StringComparer.Ordinal);
            for (var i = 0; i < count; i++)
                if (!names.Add(StreamOf(request, i))) throw Twice(StreamOf(request, i));
            return;
        }
        for (var i = 1; i < count; i++)
        {
            var stream = StreamOf(request, i);
            for (var before = 0; before < i; before++)
                if (StreamOf(request, before) == stream) throw Twice(stream);
        }
    }

    private static string StreamOf(AppendRequest request, int number) => number < request.Writes.Count
        ? request.Writes[number].Stream
        : request.Checks[number - request.Writes.Count].Stream;

    private static ArgumentException Twice(string stream) => new($"Stream {stream} occurs twice.");

    private static bool IsShortUnicode(string text)
    {
        try
        {
            return Strict.GetByteCount(text) <= LongestTextBytes;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds) throw new ArgumentException(otherwise);
    }
}
