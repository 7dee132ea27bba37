using System.Security.Cryptography;

namespace Billing.EventStore.Sealing;

/// <summary>
/// Cryptographically strong random bytes, each given out once. They are fetched some thousand at a time for each thread, since a fetch
/// takes longer than sealing a note does.
/// </summary>
public static class RandomStock
{
    private const int FetchedBytes = 4_096;

    [ThreadStatic]
    private static byte[]? fetched;

    [ThreadStatic]
    private static int given;

    /// <param name="target">At most as long as one fetch.</param>
    /// <exception cref="ArgumentException"><paramref name="target"/> is longer.</exception>
    public static void Fill(Span<byte> target)
    {
        if (target.Length > FetchedBytes) throw new ArgumentException($"At most {FetchedBytes} bytes.", nameof(target));
        if (fetched is null || given + target.Length > FetchedBytes)
        {
            fetched ??= new byte[FetchedBytes];
            RandomNumberGenerator.Fill(fetched);
            given = 0;
        }
        var taken = fetched.AsSpan(given, target.Length);
        taken.CopyTo(target);
        // Whoever reads this process's memory finds none that was given out.
        taken.Clear();
        given += target.Length;
    }
}
