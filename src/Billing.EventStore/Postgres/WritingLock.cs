using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Billing.EventStore.Postgres;

/// <summary>
/// The advisory lock under which everything is written, one for each schema of a database. Advisory locks are numbers
/// that all programs on a database share, so this one is drawn from 64 bits and never small.
/// </summary>
internal static class WritingLock
{
    public static long Key(string schema) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"billing event store, schema {schema}")));
}
