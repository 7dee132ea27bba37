using System.IO.Compression;
using Billing.Domain;

namespace Billing.Projections.Documents.Images;

/// <summary>A picture, ready to be written into a file. Never changed, so documents share it.</summary>
public sealed class RasterImage
{
    /// <summary>Longest side in pixels that is taken; a logo in print needs no more.</summary>
    public const int MostPixelsASide = 4000;

    /// <summary>Most pixels of both sides together: they are held in memory while it is read.</summary>
    public const int MostPixels = 4_000_000;

    public const string Png = "image/png", Jpeg = "image/jpeg";

    private RasterImage(byte[] pixels) => Pixels = pixels;

    public required string MediaType { get; init; }
    public required int Width { get; init; }
    public required int Height { get; init; }

    /// <summary>One component a pixel instead of red, green and blue.</summary>
    public required bool IsGrey { get; init; }

    /// <summary>Eight bits a component, as a zlib stream; of a JPEG the file itself.</summary>
    internal byte[] Pixels { get; }

    /// <summary>How opaque each pixel is, as a zlib stream; null where all are.</summary>
    internal byte[]? Alpha { get; private init; }

    /// <summary>Refuses: <c>logo-type-unknown</c>, <c>logo-broken</c>, <c>logo-too-many-pixels</c>, <c>logo-colours-unknown</c>.</summary>
    public static (RasterImage? Image, Rejection? Refusal) Read(ReadOnlyMemory<byte> file)
    {
        if (PngFile.IsOne(file.Span)) return PngFile.Read(file);
        return JpegFile.IsOne(file.Span) ? JpegFile.Read(file) : (null, LogoRefusals.TypeUnknown);
    }

    /// <param name="colours">One or three bytes a pixel.</param>
    /// <param name="alpha">One byte a pixel.</param>
    internal static RasterImage OfPixels(int width, int height, bool isGrey, byte[] colours, byte[] alpha) => new(Packed(colours))
    {
        MediaType = Png,
        Width = width,
        Height = height,
        IsGrey = isGrey,
        Alpha = alpha.AsSpan().ContainsAnyExcept((byte)255) ? Packed(alpha) : null,
    };

    internal static RasterImage OfJpeg(int width, int height, bool isGrey, ReadOnlyMemory<byte> file) =>
        new(file.ToArray()) { MediaType = Jpeg, Width = width, Height = height, IsGrey = isGrey };

    private static byte[] Packed(byte[] data)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal)) zlib.Write(data);
        return packed.ToArray();
    }
}
