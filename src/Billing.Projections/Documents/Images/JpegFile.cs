using System.Buffers.Binary;
using Billing.Domain;

namespace Billing.Projections.Documents.Images;

/// <summary>
/// Reads what a PDF has to say of a JPEG (ITU-T T.81): its size and colours. The picture itself goes in as it is, so only its parts
/// are checked: that they follow each other and come to an end.
/// </summary>
internal static class JpegFile
{
    private const byte Baseline = 0xC0, Extended = 0xC1, Progressive = 0xC2, StartOfScan = 0xDA;

    public static bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    public static (RasterImage? Image, Rejection? Refusal) Read(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        // What follows the end of the picture is padding.
        if (bytes.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < 4) return (null, LogoRefusals.Broken);
        (int Width, int Height, int Components)? frame = null;
        for (var at = 2; at + 4 <= bytes.Length;)
        {
            if (bytes[at] != 0xFF) return (null, LogoRefusals.Broken);
            var marker = bytes[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[(at + 2)..]);
            if (length < 2 || at + 2 + length > bytes.Length) return (null, LogoRefusals.Broken);
            var segment = bytes.Slice(at + 4, length - 2);
            if (marker == StartOfScan) return frame is { } known ? ImageOf(file, known) : (null, LogoRefusals.Broken);
            if (marker is Baseline or Extended or Progressive)
            {
                if (segment.Length < 6) return (null, LogoRefusals.Broken);
                if (segment[0] != 8) return (null, LogoRefusals.ColoursUnknown);
                frame = (
                    BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[1..]), segment[5]);
            }
            else if (marker is >= 0xC3 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
            {
                // Lossless, hierarchical and arithmetic coding, which readers of PDF do not know.
                return (null, LogoRefusals.ColoursUnknown);
            }
            at += 2 + length;
        }
        return (null, LogoRefusals.Broken);
    }

    private static (RasterImage?, Rejection?) ImageOf(ReadOnlyMemory<byte> file, (int Width, int Height, int Components) frame)
    {
        if (LogoRefusals.Refuse(frame.Width, frame.Height) is { } refusal) return (null, refusal);
        return frame.Components is 1 or 3
            ? (RasterImage.OfJpeg(frame.Width, frame.Height, frame.Components == 1, file), null)
            : (null, LogoRefusals.ColoursUnknown);
    }
}
