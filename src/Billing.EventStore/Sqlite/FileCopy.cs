using Billing.EventStore.Port;
using Billing.EventStore.Writing;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// One snapshot of a database file as a file of its own that needs no log beside it, on the disk when it returns.
/// </summary>
internal static class FileCopy
{
    /// <exception cref="EventStoreException">The file can't be read, is damaged in its structure, or the disk is full.</exception>
    public static void Make(string from, string to, IProgress<PagesCopied>? progress, CancellationToken cancellationToken)
    {
        RemoveWithLog(to);
        try
        {
            Guarded(from, to, () =>
            {
                using var source = Database.Open(from, forWriting: false);
                using var target = Database.Open(to, forWriting: true);
                source.CopyTo(target, progress, cancellationToken);
            });
            Settle(to);
        }
        catch
        {
            // Half a copy is of no use, and may be what fills the disk.
            RemoveWithLog(to);
            throw;
        }
        using var file = new FileStream(to, FileMode.Open, FileAccess.ReadWrite);
        DiskSync.Run(file);
    }

    /// <summary>Makes a file stand alone, and looks through its pages.</summary>
    public static void Settle(string path) => Guarded(path, path, () =>
    {
        using var database = Database.Open(path, forWriting: true);
        database.Execute("PRAGMA journal_mode = DELETE");
        if (database.ReadText("PRAGMA quick_check(1)") is not "ok" and var fault)
            throw new EventStoreException($"The pages of {path} do not fit together ({fault}): it was made of a damaged file.");
    });

    public static void RemoveWithLog(string path)
    {
        foreach (var end in new[] { "", "-wal", "-shm", "-journal" }) File.Delete(path + end);
    }

    private static void Guarded(string from, string to, Action copy)
    {
        try
        {
            copy();
        }
        catch (Failure failure)
        {
            throw failure.Explain(failure.IsDamage ? from : to, $"Copying {from} to {to} failed");
        }
    }
}
