using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Conformance;
using Billing.EventStore.Tests.Sqlite;
using Billing.EventStore.Verification;

namespace Billing.EventStore.Tests.Verification;

/// <summary>
/// A book of twelve events in an event file, closed, so that a test can change it behind the store's back. Places 1 to 12 are
/// a 1, a 2, b 1, a 3, b 2, c 1, a 4, b 3, c 2, a 5, b 4, c 3 of the streams a, b and c; places 4 to 6 are one append with
/// a key, and place 3 has a confidential part. Another book's events lie in between.
/// </summary>
internal sealed class WrittenBook : IAsyncDisposable
{
    public const int Events = 12;

    private readonly EventFile file = new();

    public BookId Book { get; } = Given.Book();

    public BookId Other { get; } = Given.Book();

    public string Path => file.Path;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<WrittenBook> Write()
    {
        var written = new WrittenBook();
        await using var store = SqliteEventStore.Open(written.Path);
        await written.Fill(store);
        return written;
    }

    public async Task Fill(IEventStore store)
    {
        var confidential = Given.Event() with { Confidential = """{"note":"calls"}"""u8.ToArray() };
        AppendRequest[] requests =
        [
            Given.Append(Book, "a", 0, 2), Given.Append(Other, "a", 0, 3),
            Given.Append(Book, new StreamAppend("b", 0, [confidential])),
            Given.Append(
                Book, new StreamAppend("a", 2, Given.Events(1)), new StreamAppend("b", 1, Given.Events(1)),
                new StreamAppend("c", 0, Given.Events(1))).Keyed("k-1"),
            Given.Append(Book, "a", 3), Given.Append(Book, "b", 2), Given.Append(Other, "a", 3), Given.Append(Book, "c", 1),
            Given.Append(Book, "a", 4), Given.Append(Book, "b", 3), Given.Append(Book, "c", 2),
        ];
        foreach (var request in requests) Assert.IsType<AppendOutcome.Appended>(await store.Append(request, Stop));
    }

    /// <summary>Changes rows as somebody with the file and a SQLite shell would. {at N} is the row of the book's place N.</summary>
    public void Change(string sql)
    {
        using var database = Database.Open(Path, forWriting: true);
        for (var place = 1; place <= Events; place++)
            sql = sql.Replace($"{{at {place}}}", $"book_key = {BookKey(database)} AND place = {place}", StringComparison.Ordinal);
        database.Execute(sql.Replace("{book}", $"book_key = {BookKey(database)}", StringComparison.Ordinal));
    }

    public async Task<IReadOnlyList<StoredEvent>> Read()
    {
        await using var reader = SqliteEventReader.Open(Path);
        return await reader.ReadBook(Book, 0, 100, Stop);
    }

    public async Task<BookReport> Verify(params Checkpoint[] checkpoints)
    {
        await using var reader = SqliteEventReader.Open(Path);
        return await BookVerifier.Verify(new StoredBook(reader, Book), checkpoints, null, Stop);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private long BookKey(Database database) =>
        database.ReadNumber($"SELECT book_key FROM books WHERE id = x'{Convert.ToHexString(Book.Value.ToByteArray(bigEndian: true))}'");
}
