namespace Billing.Projections.Storage;

/// <summary>A column of a table.</summary>
internal readonly record struct Column(string Name, SqlType Type, bool IsOptional = false);

/// <summary>What a query finds its rows by.</summary>
/// <param name="OnWhat">Columns, and for a partial index its condition, as SQL.</param>
/// <param name="Whole">
/// The same with all columns that its query answers, so that rows which lie far apart need not be visited one by one. Only for
/// a database whose indexes take texts of any length: PostgreSQL's refuse what is longer than a third of a page.
/// </param>
internal sealed record TableIndex(string Name, string Table, string OnWhat, string Whole)
{
    /// <param name="onWhat">One of the two.</param>
    public string Definition(string onWhat) => $"CREATE INDEX IF NOT EXISTS {Name} ON {Table} {onWhat}";
}

/// <summary>A table as it lies in whichever database.</summary>
internal sealed record TableLayout(
    string Name, IReadOnlyList<Column> Key, IReadOnlyList<Column> Others, IReadOnlyList<TableIndex> Indexes)
{
    public IEnumerable<Column> Columns => Key.Concat(Others);

    public string KeyList => string.Join(", ", Key.Select(c => c.Name));

    public string ColumnList => string.Join(", ", Columns.Select(c => c.Name));

    /// <summary>What is selected beside the key; a table of keys alone still answers a row.</summary>
    public string OtherList => string.Join(", ", Others.Select(c => c.Name));

    /// <summary>The row of one key.</summary>
    public string KeyCondition => string.Join(" AND ", Key.Select((c, i) => $"{c.Name} = ?{i + 1}"));

    /// <summary>What an upsert does where the row is there already.</summary>
    public string OnConflict =>
        $"ON CONFLICT ({KeyList}) DO UPDATE SET {string.Join(", ", Others.Select(c => $"{c.Name} = excluded.{c.Name}"))}";

    /// <param name="name">What the database calls a type.</param>
    /// <param name="options">What follows the definition.</param>
    public string Definition(Func<SqlType, string> name, string options)
    {
        var columns = Columns.Select(c => $"{c.Name} {name(c.Type)}{(c.IsOptional ? "" : " NOT NULL")}");
        return $"CREATE TABLE {Name} ({string.Join(", ", columns)}, PRIMARY KEY ({KeyList})){options}";
    }
}
