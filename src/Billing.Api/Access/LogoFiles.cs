using System.Collections.Concurrent;
using Billing.Api.Expenses;
using Billing.Domain.Access;
using Billing.Projections.Documents;
using Billing.Projections.Documents.Images;
using Microsoft.Net.Http.Headers;

namespace Billing.Api.Access;

/// <summary>Logos lie beside the books as receipts do, each under its hash; those that were read lately are kept in memory.</summary>
public sealed class LogoFiles(IReceiptFiles files) : ILogos
{
    /// <summary>A logo in print needs no more, and every document that bears it has it in it.</summary>
    public const int MostBytes = 512 * 1024;

    private const int MostKept = 64;
    private readonly ConcurrentDictionary<string, RasterImage> known = new(StringComparer.Ordinal);

    public RasterImage? Find(string hash)
    {
        if (known.TryGetValue(hash, out var image)) return image;
        using var file = files.Open(hash);
        if (file is null) return null;
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        image = RasterImage.Read(bytes.ToArray()).Image;
        if (image is null) return null;
        if (known.Count >= MostKept) known.Clear();
        return known[hash] = image;
    }

    /// <summary>What the books keep of a logo.</summary>
    public static LogoFile Described(IncomingReceipt file, RasterImage image) =>
        new(file.Hash, image.MediaType, (int)file.Bytes, image.Width, image.Height);

    /// <summary>The file as it was sent, for whoever may see it. A name is one content for ever, so that it can be kept.</summary>
    /// <returns>Null where there is none, or its file is not there.</returns>
    public IResult? Serve(HttpContext http, LogoFile? logo)
    {
        if (logo is null || files.Open(logo.Hash) is not { } content) return null;
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "private, no-cache";
        return Results.File(content, logo.MediaType, entityTag: new EntityTagHeaderValue($"\"{logo.Hash}\""));
    }
}
