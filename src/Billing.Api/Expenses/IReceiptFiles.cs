namespace Billing.Api.Expenses;

/// <summary>Keeps the files of receipts, each once, by the SHA-256 of its bytes. The books say which there should be.</summary>
public interface IReceiptFiles
{
    /// <summary>Takes a file in without keeping it yet.</summary>
    /// <param name="mostBytes">A longer one is not read to its end.</param>
    Task<IncomingReceipt> Take(Stream content, long mostBytes, CancellationToken cancellationToken);

    /// <summary>Null where there is no such file.</summary>
    Stream? Open(string hash);

    /// <summary>Takes a file away for good; one that is not there is no matter.</summary>
    void Delete(string hash);
}

/// <summary>A file that came in. Unless it is kept, disposing of it takes it away again.</summary>
public abstract class IncomingReceipt : IDisposable
{
    /// <summary>SHA-256, lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    public required long Bytes { get; init; }

    public required bool IsTooLarge { get; init; }

    /// <summary>Told by its content; null where it is of no kind that is kept.</summary>
    public required string? MediaType { get; init; }

    /// <summary>Keeps it for good. Where the same is kept already, that one stays.</summary>
    public abstract void Keep();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
