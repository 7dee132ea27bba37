namespace Billing.Api.Http;

/// <summary>Reads a whole request body up to a limit.</summary>
public static class RequestBody
{
    public static async Task<(byte[] Bytes, bool TooLarge)> Read(HttpRequest request, int maxBytes, CancellationToken cancellationToken)
    {
        if (request.ContentLength is { } length)
        {
            if (length > maxBytes) return ([], true);
            var exact = new byte[length];
            var read = await request.Body.ReadAtLeastAsync(exact, exact.Length, throwOnEndOfStream: false, cancellationToken);
            return (read == exact.Length ? exact : exact[..read], false);
        }
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int count;
        while ((count = await request.Body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + count > maxBytes) return ([], true);
            buffer.Write(chunk, 0, count);
        }
        return (buffer.ToArray(), false);
    }
}
