using System.Diagnostics;
using System.Runtime.InteropServices;
using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Microsoft.Win32.SafeHandles;

namespace Billing.Benchmarks;

/// <summary>What the machine can do at best: the disk alone, and SQLite alone.</summary>
internal static class AppendLimits
{
    private const int BlockBytes = 4_096;
    private const int RowsPerTransaction = 10_000;

    /// <summary>Blocks a second of a loop that appends 4 KiB to a file and waits for the disk.</summary>
    public static double SyncLoop(string folder, TimeSpan duration)
    {
        var path = Path.Combine(folder, "loop");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.None, FileOptions.DeleteOnClose);
        var block = new byte[BlockBytes];
        Array.Fill(block, (byte)'x');
        long blocks = 0;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration)
        {
            RandomAccess.Write(file, block, blocks++ * BlockBytes);
            SyncData(file);
        }
        return blocks / clock.Elapsed.TotalSeconds;
    }

    /// <summary>
    /// Rows a second of prepared inserts into the same tables by one thread, 10,000 a transaction, as 64 writers would
    /// have interleaved them: no check of a version, no chain, nobody who waits for an answer.
    /// </summary>
    public static double BareInserts(string path, int transactions)
    {
        using var database = Database.Open(path, forWriting: true);
        database.Execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 4000");
        var rows = new EventRows(database);
        var writers = Enumerable.Range(0, 64).Select(_ => new AppendWorkload()).ToArray();
        var streamKeys = new long[writers.Length];
        var position = database.ReadNumber("SELECT max(position) FROM events");
        var streams = database.ReadNumber("SELECT max(stream_key) FROM streams");
        var firstBook = database.ReadNumber("SELECT max(book_key) FROM books") + 1;
        var places = new long[writers.Length];
        for (var i = 0; i < writers.Length; i++) rows.AddBook(firstBook + i, new BookId(Guid.CreateVersion7()));
        var link = new byte[Chain.LinkLength];

        var clock = Stopwatch.StartNew();
        for (var transaction = 0; transaction < transactions; transaction++)
        {
            database.Execute("BEGIN IMMEDIATE");
            for (var n = 0; n < RowsPerTransaction; n++)
            {
                var i = n % writers.Length;
                var writer = writers[i];
                var (name, version) = writer.Next;
                if (version == 0) rows.AddStream(streamKeys[i] = ++streams, firstBook + i, name);
                rows.BindMetadata(firstBook + i, writer.Metadata());
                rows.Add(++position, ++places[i], streamKeys[i], version + 1, writer.Event(n), link);
                writer.Advance();
            }
            database.Execute("COMMIT");
        }
        return (double)transactions * RowsPerTransaction / clock.Elapsed.TotalSeconds;
    }

    private static void SyncData(SafeFileHandle file)
    {
        if (!OperatingSystem.IsLinux()) RandomAccess.FlushToDisk(file);
        else if (SyncDataOnly(file) != 0) throw new IOException("fdatasync failed.");
    }

    [DllImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SyncDataOnly(SafeFileHandle file);
}
