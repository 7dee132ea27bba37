using System.Collections.Concurrent;

namespace Billing.Api.Http;

/// <summary>
/// The position of each caller's last write through this node, so that callers read their own writes without sending the
/// position back. Over several nodes the header does it.
/// </summary>
public sealed class LastWrites
{
    private readonly ConcurrentDictionary<Guid, long> _positions = new();

    public void Note(Guid tokenId, long position) =>
        _positions.AddOrUpdate(tokenId, position, (_, earlier) => Math.Max(earlier, position));

    public long Of(Guid tokenId) => _positions.GetValueOrDefault(tokenId);
}
