using System.Buffers;
using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Billing.Domain.Access;
using Billing.Domain.Expenses;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Verification;
using NodaTime;
using NodaTime.Text;

namespace Billing.EventStore.Exporting;

/// <summary>
/// One practice as JSON Lines: a head, its keys, its events, the files that they speak of, and an end that tells a whole file from
/// a torn one. All is as it was at the moment of the head, whatever is written meanwhile.
/// </summary>
/// <param name="openFile">A file by its hash; null where it is not there.</param>
public sealed class PracticeExport(IEventReader store, KeyRing keys, Func<string, Stream?> openFile)
{
    public const string Format = "billing-practice.v1";

    /// <summary>Names are readable in every script; what a browser might run is still escaped by its JSON quotes.</summary>
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="EventStoreException">The book is empty, or can't be read.</exception>
    public async Task Write(BookId book, Instant now, Stream to, CancellationToken cancellationToken)
    {
        var last = await LastEvent.Of(store.AsStored(), book, cancellationToken).ConfigureAwait(false)
            ?? throw new EventStoreException($"There is no book {book} in this store.");
        var known = keys.OfBook(book);
        await Line(to, json => Head(json, last, now), cancellationToken).ConfigureAwait(false);
        foreach (var key in known) await Line(to, json => Key(json, key), cancellationToken).ConfigureAwait(false);
        var hashes = await Events(book, last.Place, known, to, cancellationToken).ConfigureAwait(false);
        foreach (var hash in hashes) await FileLine(hash, to, cancellationToken).ConfigureAwait(false);
        await Line(to, json => End(json, known.Count, last.Place, hashes.Count), cancellationToken).ConfigureAwait(false);
        await to.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <returns>Hashes of the files that the events speak of, each once, in the order in which they do.</returns>
    private async Task<IReadOnlyCollection<string>> Events(
        BookId book, long lastPlace, IReadOnlyList<BookKey> known, Stream to, CancellationToken cancellationToken)
    {
        var byId = known.ToDictionary(key => key.Id, key => key.Bytes);
        var hashes = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        await foreach (var stored in new StoredBook(store, book).ReadAfter(0, cancellationToken).ConfigureAwait(false))
        {
            if (stored.Place > lastPlace) break;
            var personal = Personal(stored, byId);
            await Line(to, json => Event(json, stored, personal), cancellationToken).ConfigureAwait(false);
            if (FileOf(stored) is { } hash) hashes[hash] = true;
        }
        return hashes.Keys;
    }

    /// <summary>The confidential part in plain; empty where there is none or its key is erased.</summary>
    /// <exception cref="EventStoreException">Its key is not among the keys, or did not seal it.</exception>
    internal static ReadOnlyMemory<byte> Personal(StoredEvent stored, IReadOnlyDictionary<Guid, byte[]?> keys)
    {
        if (stored.ConfidentialKey is not { } id) return stored.Confidential;
        if (!keys.TryGetValue(id, out var key)) throw new EventStoreException($"The key {id:D} of the event {stored.Id:D} is not there.");
        if (key is null) return default;
        return EventSeal.TryOpen(stored, key)
            ?? throw new EventStoreException($"The key {id:D} does not open the event {stored.Id:D}.");
    }

    private static string? FileOf(StoredEvent stored)
    {
        if (!EventCatalogue.All.Knows(stored.Type)) return null;
        var shape = EventCatalogue.All.NewestOf(stored.Type).Type;
        if (shape != typeof(ExpenseEvent.ReceiptAttached) && shape != typeof(BusinessEvent.LogoPlaced)) return null;
        return EventCodec.Decode(stored) switch
        {
            ExpenseEvent.ReceiptAttached e => e.Hash,
            BusinessEvent.LogoPlaced e => e.Logo.Hash,
            _ => throw new UnreachableException(),
        };
    }

    private async Task FileLine(string hash, Stream to, CancellationToken cancellationToken)
    {
        byte[]? content = null;
        if (openFile(hash) is { } file)
        {
            await using var closing = file.ConfigureAwait(false);
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            content = bytes.ToArray();
        }
        await Line(to, json => File(json, hash, content), cancellationToken).ConfigureAwait(false);
    }

    private static async Task Line(Stream to, Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var line = new ArrayBufferWriter<byte>(1024);
        await using (var json = new Utf8JsonWriter(line, Readable))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        line.Write("\n"u8);
        await to.WriteAsync(line.WrittenMemory, cancellationToken).ConfigureAwait(false);
    }

    private static void Head(Utf8JsonWriter json, StoredEvent last, Instant now)
    {
        json.WriteString("kind", "head");
        json.WriteString("format", Format);
        json.WriteString("book", last.Book.Value);
        json.WriteNumber("place", last.Place);
        json.WriteString("link", Convert.ToHexStringLower(last.Link.Span));
        json.WriteString("exportedAt", InstantPattern.General.Format(now));
    }

    private static void Key(Utf8JsonWriter json, BookKey key)
    {
        json.WriteString("kind", "key");
        json.WriteString("id", key.Id);
        json.WriteString("client", key.Owner.ClientId?.ToString("D"));
        json.WriteString("use", key.Owner.Use.ToString());
        json.WriteString("key", key.Bytes is { } bytes ? Convert.ToBase64String(bytes) : null);
    }

    private static void Event(Utf8JsonWriter json, StoredEvent stored, ReadOnlyMemory<byte> personal)
    {
        json.WriteString("kind", "event");
        json.WritePropertyName("event");
        BookExport.Write(json, stored);
        json.WritePropertyName("facts");
        json.WriteRawValue(stored.Data.Span);
        json.WritePropertyName("personal");
        if (personal.IsEmpty) json.WriteNullValue();
        else json.WriteRawValue(personal.Span);
    }

    private static void File(Utf8JsonWriter json, string hash, byte[]? content)
    {
        json.WriteString("kind", "file");
        json.WriteString("hash", hash);
        json.WriteString("content", content is null ? null : Convert.ToBase64String(content));
    }

    private static void End(Utf8JsonWriter json, int keys, long events, int files)
    {
        json.WriteString("kind", "end");
        json.WriteNumber("keys", keys);
        json.WriteNumber("events", events);
        json.WriteNumber("files", files);
    }
}
