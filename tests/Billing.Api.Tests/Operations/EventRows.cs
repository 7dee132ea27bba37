using Microsoft.Data.Sqlite;

namespace Billing.Api.Tests.Operations;

/// <summary>Somebody with the event file and a SQLite shell.</summary>
internal static class EventRows
{
    public static void Change(string eventFile, string sql)
    {
        using var connection = Open(eventFile);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static SqliteConnection Open(string eventFile)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = eventFile, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
