using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Verification;

/// <summary>
/// One book as JSON Lines, an event a line, with everything that its chain is computed from. Data and the confidential part
/// are base64 of the stored bytes, so that no JSON library can change them.
/// </summary>
public static class BookExport
{
    public const string Format = "billing-book.v1";

    /// <returns>How many events were written.</returns>
    public static async Task<long> Write(IBookSource source, Stream to, CancellationToken cancellationToken)
    {
        var written = 0L;
        await foreach (var stored in source.ReadAfter(0, cancellationToken).ConfigureAwait(false))
        {
            await using (var json = new Utf8JsonWriter(to)) Write(json, stored);
            to.WriteByte((byte)'\n');
            written++;
        }
        await to.FlushAsync(cancellationToken).ConfigureAwait(false);
        return written;
    }

    internal static StoredEvent Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        return Read(document.RootElement);
    }

    internal static StoredEvent Read(JsonElement json)
    {
        if (Text(json, "format") != Format) throw new FormatException($"Its format is not {Format}.");
        return new StoredEvent(
            Position: json.GetProperty("position").GetInt64(),
            Book: new BookId(Id(json, "book")),
            Place: json.GetProperty("place").GetInt64(),
            Stream: Text(json, "stream"),
            Version: json.GetProperty("version").GetInt64(),
            Id: Id(json, "id"),
            Type: Text(json, "type"),
            Data: Convert.FromBase64String(Text(json, "data")),
            Confidential: Convert.FromBase64String(Text(json, "confidential")),
            ConfidentialKey: TextOrNull(json, "confidentialKey") is { } key ? Guid.ParseExact(key, "D") : null,
            Metadata: new EventMetadata(
                Text(json, "actor"), Id(json, "correlationId"), Id(json, "causationId"),
                Instant.FromUnixTimeTicks(long.Parse(Text(json, "recordedAtTicks"), CultureInfo.InvariantCulture)),
                TextOrNull(json, "idempotencyKey"), TextOrNull(json, "bodyHash")),
            Link: Convert.FromHexString(Text(json, "link")));
    }

    internal static void Write(Utf8JsonWriter json, StoredEvent stored)
    {
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteString("book", stored.Book.Value);
        json.WriteNumber("place", stored.Place);
        json.WriteNumber("position", stored.Position);
        json.WriteString("stream", stored.Stream);
        json.WriteNumber("version", stored.Version);
        json.WriteString("id", stored.Id);
        json.WriteString("type", stored.Type);
        json.WriteString("actor", stored.Metadata.Actor);
        json.WriteString("correlationId", stored.Metadata.CorrelationId);
        json.WriteString("causationId", stored.Metadata.CausationId);
        // A text, because these numbers are beyond what JavaScript keeps exactly.
        json.WriteString("recordedAtTicks", stored.Metadata.RecordedAt.ToUnixTimeTicks().ToString(CultureInfo.InvariantCulture));
        json.WriteString("idempotencyKey", stored.Metadata.IdempotencyKey);
        json.WriteString("bodyHash", stored.Metadata.BodyHash);
        json.WriteString("confidentialKey", stored.ConfidentialKey?.ToString("D"));
        json.WriteBase64String("data", stored.Data.Span);
        json.WriteBase64String("confidential", stored.Confidential.Span);
        json.WriteString("link", Convert.ToHexStringLower(stored.Link.Span));
        json.WriteEndObject();
    }

    /// <summary>Whether reading failed by what the line holds, and not by a bug or the disk.</summary>
    internal static bool IsOfBadLine(Exception e) => e is JsonException or FormatException or KeyNotFoundException
        or InvalidOperationException or ArgumentException or OverflowException;

    private static string Text(JsonElement json, string name) => TextOrNull(json, name)
        ?? throw new FormatException($"Its {name} is null.");

    private static string? TextOrNull(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static Guid Id(JsonElement json, string name) => Guid.ParseExact(Text(json, name), "D");
}

/// <summary>A book in a file that <see cref="BookExport"/> wrote.</summary>
public sealed class ExportedBook : IBookSource
{
    private readonly string path;

    private ExportedBook(string path, BookId book) => (this.path, Book) = (path, book);

    public BookId Book { get; }

    /// <exception cref="EventStoreException">The file's first line is no exported event.</exception>
    public static async Task<ExportedBook> Open(string path, CancellationToken cancellationToken)
    {
        await foreach (var first in new ExportedBook(path, default).ReadAfter(0, cancellationToken).ConfigureAwait(false))
            return new ExportedBook(path, first.Book);
        throw new EventStoreException($"{path} holds no event.");
    }

    public async IAsyncEnumerable<StoredEvent> ReadAfter(long place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
            if (++number > place) yield return Parse(line, number);
    }

    private StoredEvent Parse(string line, long number)
    {
        try
        {
            return BookExport.Read(line);
        }
        catch (Exception e) when (BookExport.IsOfBadLine(e))
        {
            throw new EventStoreException(
                string.Create(CultureInfo.InvariantCulture, $"Line {number} of {path} is no exported event: {e.Message}"), e);
        }
    }
}
