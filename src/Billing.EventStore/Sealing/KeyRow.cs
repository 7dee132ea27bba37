using Billing.EventStore.Port;

namespace Billing.EventStore.Sealing;

/// <summary>A key as it lies at home.</summary>
/// <param name="Bytes">The key, or what the master key made of it; null once it is erased.</param>
/// <param name="IsWrapped">Whether the master key is needed to use it.</param>
public sealed record KeyRow(Guid Id, BookId Book, KeyOwner Owner, byte[]? Bytes, bool IsWrapped);
