using System.Collections.Concurrent;
using System.Globalization;
using Billing.Api.Payments;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>
/// In which hour each token was last used. It lies beside the books, and a request writes nothing: uses are kept in memory, one for each
/// token and hour, and written down together now and then. What a killed server had not written yet is not known any more.
/// </summary>
internal sealed class TokenUses : IDisposable
{
    /// <summary>So many rows go in one statement.</summary>
    private const int MostAtOnce = 200;

    private readonly InboxDatabase _database;
    private readonly ConcurrentDictionary<Guid, Use> _uses = new();

    public TokenUses(InboxDatabase database)
    {
        _database = database;
        database.LayOut("""
            CREATE TABLE IF NOT EXISTS token_use (
                token TEXT PRIMARY KEY,
                book TEXT NOT NULL,
                used_at BIGINT NOT NULL);
            CREATE INDEX IF NOT EXISTS token_use_of_book ON token_use(book)
            """);
    }

    public void Note(Caller caller, Instant now)
    {
        var hour = HourOf(now);
        if (_uses.TryGetValue(caller.TokenId, out var known) && known.Hour >= hour) return;
        _uses[caller.TokenId] = new Use(caller.Book, hour, IsWritten: false);
    }

    /// <summary>The beginning of the hour in which each token of the book was last used; those never seen are missing.</summary>
    public IReadOnlyDictionary<Guid, Instant> Of(BookId book)
    {
        var hours = _database.Rows(
                "SELECT token, used_at FROM token_use WHERE book = @book",
                row => (Token: Guid.Parse(row.GetString(0)), Hour: Instant.FromUnixTimeSeconds(row.GetInt64(1))), ("@book", $"{book}"))
            .ToDictionary(row => row.Token, row => row.Hour);
        foreach (var (token, use) in _uses)
            if (use.Book == book && (!hours.TryGetValue(token, out var written) || written < use.Hour)) hours[token] = use.Hour;
        return hours;
    }

    /// <summary>Writes down what was not written yet, and forgets what was and is no more of this hour.</summary>
    public void Write(Instant now)
    {
        foreach (var some in _uses.Where(use => !use.Value.IsWritten).OrderBy(use => use.Key).Chunk(MostAtOnce)) Write(some);
        foreach (var use in _uses.Where(use => use.Value.IsWritten && use.Value.Hour < HourOf(now))) _uses.TryRemove(use);
    }

    public void Dispose() => _database.Dispose();

    /// <summary>Another node may know of a later use.</summary>
    private void Write(KeyValuePair<Guid, Use>[] uses)
    {
        var rows = string.Join(", ", uses.Select((_, i) => string.Create(CultureInfo.InvariantCulture, $"(@token{i}, @book{i}, @at{i})")));
        _database.Execute(
            $"""
            INSERT INTO token_use (token, book, used_at) VALUES {rows}
            ON CONFLICT (token) DO UPDATE SET used_at = excluded.used_at WHERE excluded.used_at > token_use.used_at
            """,
            [.. uses.SelectMany((use, i) => new (string, object?)[]
            {
                (string.Create(CultureInfo.InvariantCulture, $"@token{i}"), $"{use.Key:D}"),
                (string.Create(CultureInfo.InvariantCulture, $"@book{i}"), $"{use.Value.Book}"),
                (string.Create(CultureInfo.InvariantCulture, $"@at{i}"), use.Value.Hour.ToUnixTimeSeconds()),
            })]);
        foreach (var (token, use) in uses) _uses.TryUpdate(token, use with { IsWritten = true }, use);
    }

    private static Instant HourOf(Instant now) =>
        Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds() / NodaConstants.SecondsPerHour * NodaConstants.SecondsPerHour);

    private readonly record struct Use(BookId Book, Instant Hour, bool IsWritten);
}
