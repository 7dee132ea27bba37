using System.Globalization;
using System.Text;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Tests.Conformance;

/// <summary>Requests to write down in one line. Event ids are new unless a test names them.</summary>
internal static class Given
{
    public static Instant Morning { get; } = Instant.FromUtc(2026, 3, 2, 8, 0);

    public static BookId Book() => new(Guid.CreateVersion7());

    public static NewEvent Event(string json = """{"amountMinor":1250}""", Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), "time-entry-logged.v1", Encoding.UTF8.GetBytes(json));

    public static NewEvent[] Events(int count) =>
        [.. Enumerable.Range(1, count).Select(i => Event(string.Create(CultureInfo.InvariantCulture, $$"""{"n":{{i}}}""")))];

    public static EventMetadata Metadata(string? key = null, string? bodyHash = null) => new(
        "member:0199", Guid.CreateVersion7(), Guid.CreateVersion7(), Morning, key, bodyHash);

    public static AppendRequest Append(BookId book, params StreamAppend[] writes) => new(book, writes, [], Metadata());

    public static AppendRequest Append(BookId book, string stream, long expected, int events = 1) =>
        Append(book, new StreamAppend(stream, expected, Events(events)));

    public static AppendRequest Checking(this AppendRequest request, string stream, long expected) =>
        request with { Checks = [.. request.Checks, new StreamCheck(stream, expected)] };

    public static AppendRequest Keyed(this AppendRequest request, string key, string bodyHash = "ab12") =>
        request with { Metadata = request.Metadata with { IdempotencyKey = key, BodyHash = bodyHash } };

    public static AppendRequest Expecting(this AppendRequest request, long version) =>
        request with { Writes = [.. request.Writes.Select(w => w with { ExpectedVersion = version })] };
}
