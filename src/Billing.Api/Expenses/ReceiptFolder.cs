using System.Security.Cryptography;
using Billing.Domain.Expenses;
using Billing.EventStore.Writing;

namespace Billing.Api.Expenses;

/// <summary>
/// Receipts as files of a folder, <c>receipts/ab/cdef…</c>. One is written under a passing name, brought to the disk, and
/// renamed, so that a name that is there is a whole file.
/// </summary>
public sealed class ReceiptFolder(string dataFolder) : IReceiptFiles
{
    public const string Name = "receipts";

    private const int ChunkBytes = 64 * 1024;
    private const int PrefixLetters = 2;
    private readonly string root = Path.Combine(dataFolder, Name);

    public async Task<IncomingReceipt> Take(Stream content, long mostBytes, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(root, "incoming");
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Guid.CreateVersion7().ToString("D"));
        var isWhole = false;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (chunk, head, bytes) = (new byte[ChunkBytes], new MemoryStream(ReceiptType.HeadBytes), 0L);
            int count;
            while (bytes <= mostBytes && (count = await content.ReadAsync(chunk, cancellationToken)) > 0)
            {
                sha.AppendData(chunk, 0, count);
                if (head.Length < ReceiptType.HeadBytes) head.Write(chunk, 0, (int)Math.Min(count, ReceiptType.HeadBytes - head.Length));
                await file.WriteAsync(chunk.AsMemory(0, count), cancellationToken);
                bytes += count;
            }
            DiskSync.Run(file);
            isWhole = true;
            return new Incoming(path, this)
            {
                Hash = Convert.ToHexStringLower(sha.GetHashAndReset()),
                Bytes = bytes,
                IsTooLarge = bytes > mostBytes,
                MediaType = ReceiptType.Of(head.ToArray()),
            };
        }
        finally
        {
            // Whoever hangs up in the middle leaves nothing behind.
            if (!isWhole) File.Delete(path);
        }
    }

    public Stream? Open(string hash)
    {
        var path = PathOf(hash);
        return File.Exists(path)
            ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, ChunkBytes, useAsync: true)
            : null;
    }

    public void Delete(string hash) => File.Delete(PathOf(hash));

    /// <summary>Copies every file that is not there yet. A file never changes, so what is there is whole.</summary>
    /// <returns>How many were copied.</returns>
    public static int Copy(string from, string to, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(from)) return 0;
        var copied = 0;
        foreach (var prefix in Directory.EnumerateDirectories(from).Where(f => Path.GetFileName(f).Length == PrefixLetters))
        {
            var folder = Path.Combine(to, Path.GetFileName(prefix));
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.EnumerateFiles(prefix))
            {
                cancellationToken.ThrowIfCancellationRequested();
                var target = Path.Combine(folder, Path.GetFileName(file));
                if (File.Exists(target)) continue;
                File.Copy(file, target + ".partial", overwrite: true);
                File.Move(target + ".partial", target);
                copied++;
            }
        }
        return copied;
    }

    private string PathOf(string hash) => Path.Combine(root, hash[..PrefixLetters], hash[PrefixLetters..]);

    private sealed class Incoming(string path, ReceiptFolder folder) : IncomingReceipt
    {
        public override void Keep()
        {
            var target = folder.PathOf(Hash);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // The same name is the same bytes, so that it makes no difference which of two stays.
            File.Move(path, target, overwrite: true);
        }

        protected override void Dispose(bool disposing) => File.Delete(path);
    }
}
