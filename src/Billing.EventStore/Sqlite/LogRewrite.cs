using Billing.EventStore.Port;
using Billing.EventStore.Writing;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// Puts the write-ahead log on the disk once more before anyone relies on it. After a sync that failed, the operating
/// system may hold pages in memory that the disk does not have, marked as if it had: another sync succeeds without them.
/// SQLite would take up what it reads there as committed, and a retry would be acknowledged on the strength of it.
/// Writing the same bytes again is what makes the next sync carry them.
/// </summary>
internal static class LogRewrite
{
    private const int ChunkBytes = 1 << 20;

    /// <exception cref="EventStoreException">The disk does not take the log.</exception>
    public static void Run(string databasePath)
    {
        var path = databasePath + "-wal";
        try
        {
            if (!File.Exists(path)) return;
            using var log = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            var chunk = new byte[ChunkBytes];
            long offset = 0;
            while (RandomAccess.Read(log, chunk, offset) is > 0 and var length)
            {
                RandomAccess.Write(log, chunk.AsSpan(0, length), offset);
                offset += length;
            }
            DiskSync.Run(log);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EventStoreException(
                $"The log {path} can't be put on the disk: {failure.Message.TrimEnd('.')}. Check the disk and who may write the file.",
                failure);
        }
    }
}
