namespace Billing.Projections.Sqlite;

/// <summary>The file of the read models failed. Its content can be rebuilt from the events.</summary>
public sealed class ReadDatabaseException(int code, string message) : Exception($"SQLite answered {code}: {message}.")
{
    /// <summary>SQLite's result code.</summary>
    public int Code { get; } = code;
}
