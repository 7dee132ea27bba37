using System.Buffers.Binary;
using Billing.EventStore.Port;
using Billing.EventStore.Writing;
using Microsoft.Win32.SafeHandles;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// Puts the pages of the database file that the log names on the disk once more, after a checkpoint whose sync failed. A
/// checkpoint that readers cut short writes pages without a sync, and SQLite, which counts them as moved, leaves them to the
/// sync of a later one. Where that fails, the operating system marks them clean, the next sync succeeds without them, and the
/// log that still has them begins anew (see <see cref="LogRewrite"/>, which does the same for the log).
/// </summary>
/// <remarks>
/// The layout of the log: https://www.sqlite.org/fileformat2.html#the_write_ahead_log. Runs while this process has no writing
/// session, and no other process may write the file.
/// </remarks>
internal sealed class PageRewrite(string databasePath) : IDisposable
{
    private const int LogHeaderBytes = 32;
    private const int FrameHeaderBytes = 24;
    private const int SaltBytes = 8;

    /// <summary>
    /// Kept open until the store is closed: closing any handle of a file lets go of all locks that the process has on it, and
    /// with them of SQLite's.
    /// </summary>
    private SafeFileHandle? file;

    /// <summary>A checkpoint failed, and what it and those before it wrote may not be on the disk.</summary>
    public bool IsDue { get; set; }

    /// <exception cref="EventStoreException">The disk does not take the pages. They are still due.</exception>
    public void RunIfDue()
    {
        if (!IsDue) return;
        try
        {
            Run();
            IsDue = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new EventStoreException(
                $"{databasePath} can't be put on the disk: {failure.Message.TrimEnd('.')}. Check the disk and who may write the file.",
                failure);
        }
    }

    public void Dispose() => file?.Dispose();

    private void Run()
    {
        if (!File.Exists(databasePath + "-wal")) return;
        using var log = File.OpenHandle(
            databasePath + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var header = new byte[LogHeaderBytes];
        if (RandomAccess.Read(log, header, 0) < LogHeaderBytes) return;
        file ??= File.OpenHandle(databasePath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var page = new byte[BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8))];
        foreach (var number in PagesNamed(log, header.AsSpan(16, SaltBytes).ToArray(), page.Length))
        {
            var offset = (number - 1L) * page.Length;
            // A page beyond the end has not been moved yet.
            if (RandomAccess.Read(file, page, offset) == page.Length) RandomAccess.Write(file, page, offset);
        }
        DiskSync.Run(file);
    }

    /// <summary>The log's frames from its beginning on; those that an earlier use of the file left behind have other salts.</summary>
    private static SortedSet<uint> PagesNamed(SafeFileHandle log, byte[] salt, int pageBytes)
    {
        var pages = new SortedSet<uint>();
        var frame = new byte[FrameHeaderBytes];
        var offset = (long)LogHeaderBytes;
        while (RandomAccess.Read(log, frame, offset) == FrameHeaderBytes && frame.AsSpan(8, SaltBytes).SequenceEqual(salt))
        {
            pages.Add(BinaryPrimitives.ReadUInt32BigEndian(frame));
            offset += FrameHeaderBytes + pageBytes;
        }
        return pages;
    }
}
