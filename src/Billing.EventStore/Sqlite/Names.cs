using System.Text;
using Billing.EventStore.Port;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// What the rows of events only point to, and the few texts that they repeat: read or made once and kept, bounded. A key
/// once given never means anything else, so that nothing here grows old.
/// </summary>
internal sealed class Names(Database database)
{
    private const int KeptBooks = 4_096;
    private const int KeptStreams = 4_096;
    private const int KeptTexts = 1_024;
    private const int LongestKeptText = 128;

    private readonly Statement findBook = database.Prepare("SELECT id FROM books WHERE book_key = ?1");
    private readonly Statement findStream = database.Prepare("SELECT name FROM streams WHERE stream_key = ?1");
    private readonly Dictionary<long, BookId> books = [];
    private readonly Dictionary<long, string> streams = [];
    private readonly HashSet<string> texts = new(StringComparer.Ordinal);

    /// <summary>Names are read again: a book is shown as it lies in the file, whatever somebody has done to it.</summary>
    public void Forget()
    {
        books.Clear();
        streams.Clear();
    }

    public BookId Book(long key) => Find(books, KeptBooks, findBook, key, static row => new BookId(row.Id(0)));

    public string Stream(long key) => Find(streams, KeptStreams, findStream, key, static row => row.Text(0));

    /// <summary>The text of these UTF-8 bytes: the same object each time, as long as it is short and common.</summary>
    public string Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestKeptText) return Encoding.UTF8.GetString(utf8);
        Span<char> text = stackalloc char[LongestKeptText];
        text = text[..Encoding.UTF8.GetChars(utf8, text)];
        var known = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(text, out var kept)) return kept;
        if (texts.Count >= KeptTexts) texts.Clear();
        known.Add(text);
        return known.TryGetValue(text, out kept) ? kept : text.ToString();
    }

    /// <exception cref="ArgumentException">There is no such row, or not one of ours.</exception>
    private static T Find<T>(Dictionary<long, T> kept, int most, Statement query, long key, Func<Statement, T> read)
    {
        if (kept.TryGetValue(key, out var known)) return known;
        try
        {
            known = query.Bind(1, key).Step() ? read(query) : throw new ArgumentException("its name is not there", nameof(key));
        }
        finally
        {
            query.Reset();
        }
        if (kept.Count >= most) kept.Clear();
        kept.Add(key, known);
        return known;
    }
}
