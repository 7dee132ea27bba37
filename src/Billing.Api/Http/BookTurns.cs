using Billing.EventStore.Port;

namespace Billing.Api.Http;

/// <summary>
/// Lets requests of one book that rest on everything that is written go one after another: of two at once, neither would see
/// what the other is about to write. It does so within this process; those of another process may still pass each other.
/// </summary>
/// <param name="limit">Nobody waits longer for a turn: who asks should be told while the connection is still there.</param>
public sealed class BookTurns(TimeSpan limit)
{
    private readonly Dictionary<BookId, Line> _lines = [];

    /// <summary>Of which somebody has a turn or waits for one.</summary>
    internal int Books
    {
        get
        {
            lock (_lines) return _lines.Count;
        }
    }

    /// <summary>Waits for the book's turn. Null, without one, where it does not come in time.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; it has no turn.</exception>
    public async ValueTask<IDisposable?> Take(BookId book, CancellationToken cancellationToken)
    {
        var line = Join(book);
        var isTaken = false;
        try
        {
            isTaken = await line.Gate.WaitAsync(limit, cancellationToken);
        }
        finally
        {
            if (!isTaken) Leave(line);
        }
        return isTaken ? new Turn(this, line) : null;
    }

    private Line Join(BookId book)
    {
        lock (_lines)
        {
            if (!_lines.TryGetValue(book, out var line)) _lines[book] = line = new Line(book);
            line.Length++;
            return line;
        }
    }

    private void Leave(Line line)
    {
        lock (_lines)
        {
            if (--line.Length == 0) _lines.Remove(line.Book);
        }
    }

    /// <summary>Who has the turn of a book and who waits for it. It is gone with the last of them.</summary>
    private sealed class Line(BookId book)
    {
        public BookId Book => book;

        public SemaphoreSlim Gate { get; } = new(1);

        public int Length { get; set; }
    }

    private sealed class Turn(BookTurns turns, Line line) : IDisposable
    {
        public void Dispose()
        {
            line.Gate.Release();
            turns.Leave(line);
        }
    }
}
