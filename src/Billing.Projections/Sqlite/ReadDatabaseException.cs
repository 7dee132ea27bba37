namespace Billing.Projections.Sqlite;

/// <summary>The file of the read models failed. Its content can be rebuilt from the events.</summary>
public sealed class ReadDatabaseException(int code, string message) : Exception(
    $"The read models' file failed (SQLite answered {code}: {message}). It holds nothing of its own: unless the disk is full, stop "
    + "the server and delete read.db, read.db-wal and read.db-shm in the data folder; it is made anew from the events.")
{
    /// <summary>SQLite's result code.</summary>
    public int Code { get; } = code;
}
