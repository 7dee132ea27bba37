using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using Billing.Faults.Running;

namespace Billing.Faults.Disk;

/// <summary>
/// The library <c>failing_disk.c</c>, compiled on this machine, and its controls. It is loaded into a child process, lets
/// writes and syncs of its event file fail, and knows what a power cut would leave of it.
/// </summary>
internal sealed class FailingDisk : IDisposable
{
    private const int NoSpace = 28, InputOutput = 5;
    private const int ControlBytes = 9 * sizeof(long);
    private const int SyncsAt = 0, FailedSyncsAt = 2, FailedWritesAt = 3, UntilSyncAt = 4, SyncsToFailAt = 5;
    private const int UntilWriteAt = 6, WritesToFailAt = 7, WriteErrorAt = 8;

    private readonly string folder, library;
    private readonly MemoryMappedFile file;
    private readonly MemoryMappedViewAccessor control;

    private FailingDisk(string folder, string library)
    {
        (this.folder, this.library) = (folder, library);
        file = MemoryMappedFile.CreateFromFile(Path.Combine(folder, "control"), FileMode.Create, null, ControlBytes);
        control = file.CreateViewAccessor();
        Directory.CreateDirectory(Durable);
    }

    /// <summary>Syncs of the event file and its log that succeeded.</summary>
    public long Syncs => control.ReadInt64(SyncsAt * sizeof(long));

    public long FailedSyncs => control.ReadInt64(FailedSyncsAt * sizeof(long));

    public long FailedWrites => control.ReadInt64(FailedWritesAt * sizeof(long));

    /// <summary>What the child process is started with.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["LD_PRELOAD"] = library,
        ["FAILING_DISK_CONTROL"] = Path.Combine(folder, "control"),
        ["FAILING_DISK_FILES"] = "events.db",
        ["FAILING_DISK_DURABLE"] = Durable,
    };

    private string Durable => Path.Combine(folder, "durable");

    /// <summary>Null where it can't be had, and why.</summary>
    public static async Task<(FailingDisk? Disk, string Reason)> TryMake(string folder)
    {
        if (!OperatingSystem.IsLinux()) return (null, "the failing disk is a library for Linux");
        if (ProgramPath.Find("cc") is not { } compiler) return (null, "there is no C compiler (Debian: apt-get install build-essential)");
        Directory.CreateDirectory(folder);
        var (source, library) = (Path.Combine(folder, "failing_disk.c"), Path.Combine(folder, "failing_disk.so"));
        await using (var text = typeof(FailingDisk).Assembly.GetManifestResourceStream(typeof(FailingDisk), "failing_disk.c")!)
        await using (var written = File.Create(source))
            await text.CopyToAsync(written);
        using var process = Process.Start(compiler, ["-O2", "-shared", "-fPIC", "-o", library, source, "-ldl", "-lpthread"]);
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (new FailingDisk(folder, library), "") : (null, "the C compiler could not make the failing disk");
    }

    /// <summary>After so many syncs, so many fail. What was written before them a power cut takes.</summary>
    public void FailSyncs(int after, int count) => Set((UntilSyncAt, after), (SyncsToFailAt, count));

    /// <summary>After so many writes, so many fail, as on a full disk or on a broken one.</summary>
    public void FailWrites(int after, int count, bool isFull) =>
        Set((WriteErrorAt, isFull ? NoSpace : InputOutput), (UntilWriteAt, after), (WritesToFailAt, count));

    public void Heal() => Set((SyncsToFailAt, 0), (WritesToFailAt, 0));

    /// <summary>
    /// Leaves of an event file what a power cut would: every page that a sync covered, any of those written since, and none
    /// that a failed sync gave up. The process that wrote it has ended.
    /// </summary>
    public void CutPower(string eventFile, Random dice)
    {
        foreach (var path in new[] { eventFile, eventFile + "-wal", eventFile + "-journal" })
        {
            var (durable, dirty) = (Path.Combine(Durable, Path.GetFileName(path)), Path.Combine(Durable, Path.GetFileName(path) + ".dirty"));
            if (!File.Exists(dirty) || !File.Exists(path)) continue;
            KeepSomePages(path, durable, dirty, dice);
            File.Copy(durable, path, overwrite: true);
            File.Delete(dirty);
        }
        File.Delete(eventFile + "-shm");
    }

    /// <summary>The disk was new: nothing on it.</summary>
    public void Forget()
    {
        Directory.Delete(Durable, recursive: true);
        Directory.CreateDirectory(Durable);
    }

    public void Dispose()
    {
        control.Dispose();
        file.Dispose();
    }

    private static void KeepSomePages(string path, string durable, string dirty, Random dice)
    {
        const int pageBytes = 4_096;
        var flags = File.ReadAllBytes(dirty);
        var share = dice.NextDouble();
        using var from = File.OpenRead(path);
        using var to = File.OpenWrite(durable);
        var bytes = new byte[pageBytes];
        for (var page = Array.IndexOf(flags, (byte)1); page >= 0; page = Array.IndexOf(flags, (byte)1, page + 1))
        {
            if (dice.NextDouble() >= share) continue;
            from.Position = (long)page * pageBytes;
            var length = from.ReadAtLeast(bytes, pageBytes, throwOnEndOfStream: false);
            to.Position = (long)page * pageBytes;
            to.Write(bytes, 0, length);
        }
    }

    /// <summary>The last of them arms it.</summary>
    private void Set(params (int At, long Value)[] values)
    {
        foreach (var (at, value) in values) control.Write(at * sizeof(long), value);
    }
}
