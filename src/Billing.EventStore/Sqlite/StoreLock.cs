using Billing.EventStore.Port;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// A file held open beside the database for as long as the store is: whoever opens the same events for writing finds it
/// held. The operating system lets go of it when the process ends, however it ends; the empty file stays.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream held;

    private StoreLock(FileStream held) => this.held = held;

    /// <exception cref="EventStoreException">
    /// Another process, or another store of this one, holds it, or this user may not write the folder.
    /// </exception>
    public static StoreLock Take(string databasePath)
    {
        var path = databasePath + ".lock";
        try
        {
            return new StoreLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException refused)
        {
            throw new EventStoreException($"{path} can't be made: let this user read and write {databasePath} and its folder.", refused);
        }
        catch (IOException refused)
        {
            throw new EventStoreException(
                $"{databasePath} is open for writing in another process (its lock {path} is held). One process at a time "
                + "writes an event file: stop the other one, or give this one a file of its own.",
                refused);
        }
    }

    public void Dispose() => held.Dispose();
}
