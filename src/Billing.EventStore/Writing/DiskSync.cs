using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Billing.EventStore.Writing;

/// <summary>
/// A sync that tells when it failed. On Unix the runtime's own, <c>FileStream.Flush(true)</c> and
/// <c>RandomAccess.FlushToDisk</c>, calls fsync and drops its answer (seen in .NET 10.0.12 and in the machine code of its
/// <c>SystemNative_FSync</c>), so that what is not on the disk would count as if it were.
/// </summary>
public static class DiskSync
{
    private const int Interrupted = 4, NotSyncable = 22;
    private static readonly FsyncCall? Fsync = FindFsync();

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    private delegate int FsyncCall(SafeFileHandle file);

    /// <summary>Returns once all that was written to the file is on the disk.</summary>
    /// <exception cref="IOException">The disk did not take it. What was written must be written again.</exception>
    public static void Run(SafeFileHandle file)
    {
        if (Fsync is null)
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        while (Fsync(file) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == NotSyncable) return;
            if (error != Interrupted) throw new IOException($"The disk refused a sync: {Marshal.GetPInvokeErrorMessage(error)}.");
        }
    }

    /// <summary>The same after what the stream still buffers.</summary>
    /// <exception cref="IOException">The disk did not take it. What was written must be written again.</exception>
    public static void Run(FileStream file)
    {
        file.Flush();
        Run(file.SafeFileHandle);
    }

    /// <summary>
    /// By the whole program's name for it, so that a library loaded before all others, as the fault harness has one, is asked.
    /// </summary>
    private static FsyncCall? FindFsync() => OperatingSystem.IsWindows()
        ? null
        : Marshal.GetDelegateForFunctionPointer<FsyncCall>(
            NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "fsync"));
}
