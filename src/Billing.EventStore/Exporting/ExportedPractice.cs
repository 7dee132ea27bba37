using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Verification;

namespace Billing.EventStore.Exporting;

/// <summary>
/// A practice in a file that <see cref="PracticeExport"/> wrote. Opening it looks at every line; its events are a book to be walked
/// as any other.
/// </summary>
public sealed class ExportedPractice : IBookSource
{
    private readonly string path;
    private readonly Dictionary<Guid, byte[]?> byId = [];
    private readonly List<BookKey> keys = [];
    private readonly List<string> missing = [];
    private long events;
    private int files;

    private ExportedPractice(string path) => this.path = path;

    public BookId Book { get; private set; }

    /// <summary>The last place of the book, which the head names.</summary>
    public long Place { get; private set; }

    /// <summary>The link there.</summary>
    public ReadOnlyMemory<byte> Link { get; private set; }

    public IReadOnlyList<BookKey> Keys => keys;

    /// <summary>Hashes of files that the books speak of and the installation did not have.</summary>
    public IReadOnlyList<string> MissingFiles => missing;

    /// <summary>Opens a whole and sound file.</summary>
    /// <exception cref="EventStoreException">It is none; the message names the line, or the place in the book.</exception>
    public static async Task<ExportedPractice> Open(string path, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var practice = new ExportedPractice(path);
        await practice.LookAtLines(cancellationToken).ConfigureAwait(false);
        var report = await BookVerifier.Verify(practice, [], progress, cancellationToken).ConfigureAwait(false);
        if (report.Fault is { } fault) throw new EventStoreException($"The book in {path} does not hold: {fault}.");
        if (report.Place != practice.Place || !report.Link.Span.SequenceEqual(practice.Link.Span))
            throw new EventStoreException($"The book in {path} does not end where its head says: lines are missing or were changed.");
        return practice;
    }

    public async IAsyncEnumerable<StoredEvent> ReadAfter(long place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var met = 0L;
        await foreach (var line in Lines(cancellationToken).ConfigureAwait(false))
        {
            using (line)
            {
                if (line.Kind == "event" && ++met > place) yield return line.Read(Event);
            }
        }
    }

    /// <summary>The files, in memory one at a time.</summary>
    public async IAsyncEnumerable<byte[]> ReadFiles([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in Lines(cancellationToken).ConfigureAwait(false))
        {
            using (line)
            {
                if (line.Kind == "file" && line.Read(json => json.GetProperty("content").GetString()) is { } content)
                    yield return Convert.FromBase64String(content);
            }
        }
    }

    /// <summary>What the lines say of themselves and of each other; the chain is walked after.</summary>
    private async Task LookAtLines(CancellationToken cancellationToken)
    {
        var isEnded = false;
        await foreach (var line in Lines(cancellationToken).ConfigureAwait(false))
        {
            using (line)
            {
                if (isEnded) throw line.Fault("it stands behind the end");
                if (line.Number == 1 != (line.Kind == "head")) throw line.Fault("the head stands in the first line and nowhere else");
                isEnded = line.Kind == "end";
                line.Read(json => Note(line, json));
            }
        }
        if (!isEnded) throw new EventStoreException($"{path} is torn: its last line is not the end of an export. Export it again.");
    }

    private bool Note(ExportLine line, JsonElement json) => line.Kind switch
    {
        "head" => NoteHead(line, json),
        "key" => NoteKey(line, json),
        "event" => ++events > 0,
        "file" => NoteFile(line, json),
        "end" => NoteEnd(line, json),
        _ => throw line.Fault($"'{line.Kind}' is no kind of line; a newer program may have written it"),
    };

    private bool NoteHead(ExportLine line, JsonElement json)
    {
        if (json.GetProperty("format").GetString() is not PracticeExport.Format and var format)
            throw line.Fault($"its format is {format}, not {PracticeExport.Format}");
        Book = new BookId(json.GetProperty("book").GetGuid());
        Place = json.GetProperty("place").GetInt64();
        Link = Convert.FromHexString(json.GetProperty("link").GetString()!);
        return true;
    }

    private bool NoteKey(ExportLine line, JsonElement json)
    {
        var bytes = json.GetProperty("key").GetString() is { } key ? Convert.FromBase64String(key) : null;
        if (bytes is { Length: not 32 }) throw line.Fault("its key is not of 256 bits");
        var client = json.GetProperty("client").ValueKind == JsonValueKind.Null ? (Guid?)null : json.GetProperty("client").GetGuid();
        var owner = new KeyOwner(client, Enum.Parse<KeyUse>(json.GetProperty("use").GetString()!));
        keys.Add(new BookKey(json.GetProperty("id").GetGuid(), owner, bytes));
        if (!byId.TryAdd(keys[^1].Id, bytes)) throw line.Fault("this key stood in the file before");
        return true;
    }

    private bool NoteFile(ExportLine line, JsonElement json)
    {
        files++;
        var hash = json.GetProperty("hash").GetString()!;
        if (json.GetProperty("content").GetString() is not { } content) missing.Add(hash);
        else if (Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(content))) != hash)
            throw line.Fault("the file in it was altered: its hash is another");
        return true;
    }

    private bool NoteEnd(ExportLine line, JsonElement json)
    {
        Check("keys", keys.Count);
        Check("events", events);
        Check("files", files);
        return true;

        void Check(string what, long found)
        {
            if (json.GetProperty(what).GetInt64() is var said && said != found)
                throw line.Fault(string.Create(CultureInfo.InvariantCulture, $"{said} {what} should come before it, but {found} do"));
        }
    }

    /// <summary>An event whose readable parts are what the chain holds, and which this program knows.</summary>
    private StoredEvent Event(JsonElement json)
    {
        var stored = BookExport.Read(json.GetProperty("event"));
        var personal = PracticeExport.Personal(stored, byId);
        if (!Says(json.GetProperty("facts"), stored.Data) || !Says(json.GetProperty("personal"), personal))
            throw new FormatException("its readable part is not what the chain holds: it was altered");
        if (!EventCatalogue.All.Knows(stored.Type))
            throw new FormatException($"this program does not know events of the type {stored.Type}: install a newer one");
        return stored;
    }

    private static bool Says(JsonElement readable, ReadOnlyMemory<byte> held)
    {
        if (held.IsEmpty) return readable.ValueKind == JsonValueKind.Null;
        using var document = JsonDocument.Parse(held);
        return JsonElement.DeepEquals(readable, document.RootElement);
    }

    private async IAsyncEnumerable<ExportLine> Lines([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0L;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
            yield return ExportLine.Parse(path, ++number, line);
    }
}
