using System.Data.Common;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Sealing;

/// <summary>Keys as rows of one table, by the same SQL in each database. What these do not say alike is in the heirs.</summary>
public abstract class SqlKeyHome : IKeyHome
{
    protected const int SchemaVersion = 1;

    private const string Columns = "SELECT id, book, client, use, bytes, is_wrapped FROM keys";
    private const string OfOwner = "WHERE book = @book AND client = @client AND use = @use";

    public KeyRow? Find(Guid id) => Rows($"{Columns} WHERE id = @id", ("@id", Text(id))).FirstOrDefault();

    public KeyRow Keep(KeyRow row)
    {
        Insert(row, erasedAtTicks: null, $"NOT EXISTS (SELECT 1 FROM keys {OfOwner})");
        return Rows($"{Columns} {OfOwner} ORDER BY erased_at_ticks IS NULL, id LIMIT 1", Owner(row.Book, row.Owner)).Single();
    }

    public bool Add(KeyRow row) =>
        Insert(row, erasedAtTicks: null, $"NOT EXISTS (SELECT 1 FROM keys {OfOwner} AND erased_at_ticks IS NOT NULL)") > 0;

    public bool Erase(BookId book, KeyOwner owner, Guid unused, Instant at)
    {
        var ticks = at.ToUnixTimeTicks();
        var changed = Execute(
            $"UPDATE keys SET bytes = NULL, erased_at_ticks = @at {OfOwner} AND erased_at_ticks IS NULL",
            [("@at", ticks), .. Owner(book, owner)]);
        if (changed == 0)
            changed = Insert(new KeyRow(unused, book, owner, null, IsWrapped: false), ticks, $"NOT EXISTS (SELECT 1 FROM keys {OfOwner})");
        if (changed == 0) return false;
        Overwrite();
        return true;
    }

    public IReadOnlyDictionary<BookId, long> CountErased() => Use(connection =>
    {
        using var command = Command(
            connection, "SELECT book, count(*) FROM keys WHERE erased_at_ticks IS NOT NULL GROUP BY book", []);
        using var row = command.ExecuteReader();
        var counts = new Dictionary<BookId, long>();
        while (row.Read()) counts.Add(new BookId(Guid.Parse(row.GetString(0))), row.GetInt64(1));
        return counts;
    });

    public IReadOnlyList<KeyRow> ReadAll() => Rows(Columns);

    public IReadOnlyList<KeyRow> ReadBook(BookId book) => Rows($"{Columns} WHERE book = @book ORDER BY id", ("@book", Text(book.Value)));

    public void Replace(IReadOnlyList<KeyRow> rows)
    {
        foreach (var row in rows)
        {
            Execute(
                "UPDATE keys SET bytes = @bytes, is_wrapped = @wrapped WHERE id = @id AND erased_at_ticks IS NULL",
                [("@bytes", row.Bytes), ("@wrapped", row.IsWrapped ? 1L : 0L), ("@id", Text(row.Id))]);
        }
        Overwrite();
    }

    public abstract void Dispose();

    /// <summary>Sees to it that what was taken out of a row is not left anywhere in the database.</summary>
    protected abstract void Overwrite();

    /// <exception cref="EventStoreException">The database did not do it.</exception>
    protected abstract T Use<T>(Func<DbConnection, T> work);

    /// <summary>The one table, with the types of texts, whole numbers and bytes as the database names them.</summary>
    protected static string Layout(string number, string bytes) => $"""
        CREATE TABLE keys (
            id text PRIMARY KEY,
            book text NOT NULL,
            client text NOT NULL,
            use text NOT NULL,
            bytes {bytes},
            is_wrapped {number} NOT NULL,
            erased_at_ticks {number}
        );
        CREATE INDEX keys_of_owner ON keys (book, client, use);
        """;

    protected int Execute(string sql, IReadOnlyList<(string, object?)> parameters) => Use(connection =>
    {
        using var command = Command(connection, sql, parameters);
        return command.ExecuteNonQuery();
    });

    private int Insert(KeyRow row, long? erasedAtTicks, string condition) => Execute(
        $"""
        INSERT INTO keys (id, book, client, use, bytes, is_wrapped, erased_at_ticks)
        SELECT @id, @book, @client, @use, @bytes, @wrapped, @at WHERE {condition} ON CONFLICT DO NOTHING
        """,
        [
            ("@id", Text(row.Id)), ("@bytes", row.Bytes ?? (object)DBNull.Value), ("@wrapped", row.IsWrapped ? 1L : 0L),
            ("@at", erasedAtTicks ?? (object)DBNull.Value), .. Owner(row.Book, row.Owner),
        ]);

    private List<KeyRow> Rows(string sql, params (string, object?)[] parameters) => Use(connection =>
    {
        using var command = Command(connection, sql, parameters);
        using var row = command.ExecuteReader();
        var rows = new List<KeyRow>();
        while (row.Read())
        {
            var client = row.GetString(2) is { Length: > 0 } id ? Guid.Parse(id) : (Guid?)null;
            rows.Add(new KeyRow(
                Guid.Parse(row.GetString(0)), new BookId(Guid.Parse(row.GetString(1))),
                new KeyOwner(client, Enum.Parse<KeyUse>(row.GetString(3))),
                row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4), row.GetInt64(5) == 1));
        }
        return rows;
    });

    private static DbCommand Command(DbConnection connection, string sql, IReadOnlyList<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            if (name == "@bytes") parameter.DbType = System.Data.DbType.Binary;
            if (name == "@at") parameter.DbType = System.Data.DbType.Int64;
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static (string, object?)[] Owner(BookId book, KeyOwner owner) =>
        [("@book", Text(book.Value)), ("@client", owner.ClientId is { } id ? Text(id) : ""), ("@use", owner.Use.ToString())];

    private static string Text(Guid id) => id.ToString("D");
}
