using Billing.EventStore.Writing;
using Microsoft.Win32.SafeHandles;

namespace Billing.EventStore.Tests.Writing;

public sealed class DiskSyncTests
{
    private const int NoSuchDescriptor = 1_000_000;

    [Fact]
    public void A_sync_that_fails_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "descriptors are numbers on Unix only");
        using var nowhere = new SafeFileHandle(NoSuchDescriptor, ownsHandle: false);

        Assert.Throws<IOException>(() => DiskSync.Run(nowhere));
    }

    [Fact]
    public void What_a_stream_buffers_is_written_before_the_sync()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.Read);
            stream.Write("kept"u8);

            DiskSync.Run(stream);

            using var reading = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Assert.Equal(4, reading.Length);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
