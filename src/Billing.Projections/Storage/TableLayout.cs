namespace Billing.Projections.Storage;

/// <summary>A column of a table.</summary>
internal readonly record struct Column(string Name, SqlType Type, bool IsOptional = false);

/// <summary>A table as it lies in whichever database.</summary>
/// <param name="Indexes">Statements that make them, the same for all databases.</param>
internal sealed record TableLayout(
    string Name, IReadOnlyList<Column> Key, IReadOnlyList<Column> Others, IReadOnlyList<string> Indexes)
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
