using System.Globalization;
using Billing.EventStore.Port;
using SQLitePCL;

namespace Billing.EventStore.Sqlite;

/// <summary>What SQLite answered instead of success.</summary>
internal sealed class Failure(int extendedCode, string message) : Exception(
    string.Create(CultureInfo.InvariantCulture, $"SQLite error {extendedCode}: {message}"))
{
    /// <summary>A unique index or a check refused the row; only that statement was undone.</summary>
    public bool IsConstraint => Code == raw.SQLITE_CONSTRAINT;

    /// <summary>The file's own bytes are wrong, so that trying again is of no use.</summary>
    public bool IsDamage => Code is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    private int Code => extendedCode & 0xff;

    /// <param name="what">What failed, as the beginning of a sentence.</param>
    public EventStoreException Explain(string path, string what) => new($"{what}: {Message}. {Remedy(path)}", this);

    private string Remedy(string path) => Code switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            $"{path} is damaged: stop the server, keep the damaged file, and put the newest backup in its place with "
            + "'restore --from FILE'.",
        raw.SQLITE_FULL => "The disk is full: make room on it; nothing that was acknowledged is lost.",
        raw.SQLITE_IOERR => "The disk or file system refused: look into the system's log and check the disk.",
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_CANTOPEN =>
            $"Let this user read and write {path} and its folder.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => $"Another program holds {path}: end it, or wait until it is done.",
        _ => "Look into the system's log and check the disk.",
    };
}
