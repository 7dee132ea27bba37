using Billing.Projections.Sqlite;
using Billing.Projections.Storage;

namespace Billing.Projections.Tests.Given;

/// <summary>Whatever moves the checkpoint fails, until the end of the block.</summary>
internal sealed class FailingCommits : IDisposable
{
    public const string Reason = "power";
    private readonly Session writer;
    private readonly bool isSqlite;

    public FailingCommits(ReadDatabase database)
    {
        (writer, isSqlite) = (database.Writer, database is SqliteReadDatabase);
        writer.Execute(isSqlite
            ? $"CREATE TRIGGER trip BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, '{Reason}'); END"
            : $"""
                CREATE FUNCTION trip() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''{Reason}''; END';
                CREATE TRIGGER trip BEFORE UPDATE ON checkpoint FOR EACH ROW EXECUTE FUNCTION trip()
                """);
    }

    public void Dispose() => writer.Execute(isSqlite ? "DROP TRIGGER trip" : "DROP TRIGGER trip ON checkpoint; DROP FUNCTION trip");
}
