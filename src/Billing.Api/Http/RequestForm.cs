namespace Billing.Api.Http;

/// <summary>Reads a form that a browser sent.</summary>
public static class RequestForm
{
    /// <summary>Null where it is longer or of untold length, is no form, or is not written as the form that it says it is.</summary>
    public static async ValueTask<IFormCollection?> Read(HttpRequest request, long maxBytes, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType || request.ContentLength is not { } bytes || bytes > maxBytes) return null;
        try
        {
            return await request.ReadFormAsync(cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && !cancellationToken.IsCancellationRequested))
        {
            // A part of it that never ends is told as an IOException.
            return null;
        }
    }
}
