using Billing.EventStore.Port;

namespace Billing.Api.Http;

/// <summary>
/// Lets requests of one book that rest on everything that is written go one after another: of two at once, neither would see
/// what the other is about to write. It does so within this process; those of another process may still pass each other.
/// </summary>
public sealed class BookTurns
{
    /// <summary>Books that share a lane wait for each other, which takes nobody long.</summary>
    private const int Lanes = 256;

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the book's turn, which ends when the answer is disposed of.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; it has no turn.</exception>
    public async ValueTask<Turn> Take(BookId book, CancellationToken cancellationToken)
    {
        var lane = _lanes[unchecked((uint)book.GetHashCode()) % Lanes];
        await lane.WaitAsync(cancellationToken);
        return new Turn(lane);
    }

    /// <summary>The default one is nobody's and ends nothing.</summary>
    public readonly struct Turn : IDisposable
    {
        private readonly SemaphoreSlim? _lane;

        internal Turn(SemaphoreSlim lane) => _lane = lane;

        public void Dispose() => _lane?.Release();
    }
}
