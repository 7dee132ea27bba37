using System.Text;
using Npgsql;

namespace Billing.TestSupport.Postgres;

/// <summary>Every row of every table of a database, whoever made it, to be looked through for words.</summary>
public static class PostgresRows
{
    /// <summary>
    /// By <c>schema.table</c>, as COPY writes its columns in binary, one letter a byte: whatever lies there as text, as JSON or in bytes
    /// is found as it is.
    /// </summary>
    public static async Task<IReadOnlyDictionary<string, string>> Read(string connectionString, CancellationToken cancellationToken)
    {
        var source = NpgsqlDataSource.Create(connectionString);
        await using var closing = source.ConfigureAwait(false);
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var ending = connection.ConfigureAwait(false);
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in await Tables(connection, cancellationToken).ConfigureAwait(false))
        {
            using var all = new MemoryStream();
            var copy = await connection.BeginRawBinaryCopyAsync($"COPY {table} TO STDOUT (FORMAT BINARY)", cancellationToken)
                .ConfigureAwait(false);
            await using (copy.ConfigureAwait(false)) await copy.CopyToAsync(all, cancellationToken).ConfigureAwait(false);
            rows[table] = Encoding.Latin1.GetString(all.GetBuffer(), 0, (int)all.Length);
        }
        return rows;
    }

    private static async Task<IReadOnlyList<string>> Tables(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
            """;
        var names = new List<string>();
        var command = new NpgsqlCommand(Sql, connection);
        await using var ending = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = reader.ConfigureAwait(false);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false)) names.Add(reader.GetString(0));
        return names;
    }
}
