namespace Billing.Projections.Storage;

/// <summary>
/// How far the tables have come, and what made their rows: one row, with the id 1. Its names have not changed since the first version of
/// the program, so that every version can read what another has left.
/// </summary>
/// <param name="Schema">The version of the program and the erasures that its rows were made after.</param>
/// <param name="IsFreed">Nothing that was deleted is left in the database's files.</param>
internal sealed record Checkpoint(string Schema, bool IsFreed, long Position, long Books)
{
    /// <summary>Ends the schema of tables whose deleted rows may still lie in the files; no schema has it within.</summary>
    private const char Unfreed = '+';

    private static readonly TableLayout Layout = new(
        "checkpoint", [new("id", SqlType.Number)],
        [new("schema", SqlType.Text), new("position", SqlType.Number), new("books", SqlType.Number)], []);

    /// <summary>Null where no tables are laid out.</summary>
    public static Checkpoint? Read(Session session)
    {
        if (!session.TableNames().Contains(Layout.Name)) return null;
        var (schema, position, books) = session.Row(
            "SELECT schema, position, books FROM checkpoint", row => (row.Text(), row.Long(), row.Long()));
        return new Checkpoint(SchemaIn(schema), !schema.EndsWith(Unfreed), position, books);
    }

    /// <summary>The schema in its column as it is stored.</summary>
    public static string SchemaIn(string stored) => stored.TrimEnd(Unfreed);

    /// <summary>Makes the table, at the position before the first event.</summary>
    public static void Create(Session session, string schema)
    {
        session.Create(Layout);
        session.Row("INSERT INTO checkpoint (id, schema, position, books) VALUES (1, ?1, 0, 0)", _ => 0, schema + Unfreed);
    }

    public static void Move(Session session, long position, long books) =>
        session.Row("UPDATE checkpoint SET position = ?1, books = ?2", _ => 0, position, books);

    public static void Mark(Session session, string schema, bool isFreed) =>
        session.Row("UPDATE checkpoint SET schema = ?1", _ => 0, isFreed ? schema : schema + Unfreed);
}
