namespace Billing.TestSupport;

/// <summary>A file that somebody else has open.</summary>
public static class OpenFile
{
    /// <summary>What is in it now, though it grow or shrink meanwhile.</summary>
    public static byte[] Bytes(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }
}
