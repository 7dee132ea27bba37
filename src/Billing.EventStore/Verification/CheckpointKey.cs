using System.Security.Cryptography;
using Billing.EventStore.Port;
using Billing.EventStore.Writing;
using NodaTime;

namespace Billing.EventStore.Verification;

/// <summary>The key by which an installation signs checkpoints, or only its public half, by which they are checked.</summary>
public sealed class CheckpointKey : IDisposable
{
    /// <summary>The private key's file within the data folder.</summary>
    public const string FileName = "checkpoint-key.pem";

    private readonly ECDsa key;

    private CheckpointKey(ECDsa key) =>
        (this.key, Id) = (key, Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo())));

    /// <summary>SHA-256 of the public key, in lower-case hexadecimal.</summary>
    public string Id { get; }

    public string PublicPem => key.ExportSubjectPublicKeyInfoPem() + "\n";

    /// <summary>The key in the folder, made where there is none, readable by its owner alone.</summary>
    /// <exception cref="InvalidDataException">The file is there and holds no such key.</exception>
    public static CheckpointKey OpenOrMake(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) Make(path);
        return Open(path);
    }

    /// <param name="path">A PEM file with the private key, or the public one alone.</param>
    /// <exception cref="InvalidDataException">The file holds no P-256 key.</exception>
    public static CheckpointKey Open(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            if (key.KeySize != 256) throw new CryptographicException("it is no P-256 key");
            return new CheckpointKey(key);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            key.Dispose();
            throw new InvalidDataException($"{path} holds no checkpoint key (ECDSA P-256 as PEM): {e.Message}", e);
        }
    }

    public Checkpoint Sign(BookId book, long place, ReadOnlyMemory<byte> link, Instant now)
    {
        var takenAt = Instant.FromUnixTimeSeconds(now.ToUnixTimeSeconds());
        var words = new Checkpoint(book, place, link, takenAt, Id, default);
        return words with
        {
            Signature = key.SignData(words.CanonicalForm(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence),
        };
    }

    /// <summary>What is wrong with the signature; null where it is good.</summary>
    public CheckpointReport? FaultOf(Checkpoint checkpoint)
    {
        if (checkpoint.KeyId != Id)
            return new(checkpoint, CheckpointFinding.ForeignKey, $"expected key {Id}; found {checkpoint.KeyId}");
        return key.VerifyData(
            checkpoint.CanonicalForm(), checkpoint.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            ? null
            : new(checkpoint, CheckpointFinding.Forged, "its words are not those that were signed");
    }

    public void Dispose() => key.Dispose();

    /// <summary>Written beside and moved, so that a half key is never read. Who comes second takes the first one's.</summary>
    private static void Make(string path)
    {
        var beside = $"{path}.{Guid.NewGuid():N}";
        using (var made = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (var file = new FileStream(beside, PrivateFile.Options()))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(made.ExportPkcs8PrivateKeyPem() + "\n");
            writer.Flush();
            DiskSync.Run(file);
        }
        try
        {
            File.Move(beside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(beside);
        }
    }
}
