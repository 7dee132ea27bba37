using System.Buffers.Binary;
using System.IO.Compression;
using Billing.Domain;

namespace Billing.Projections.Documents.Images;

/// <summary>Reads a PNG (W3C, Portable Network Graphics) of any colour type and depth to eight bits a component.</summary>
internal static class PngFile
{
    private const int ChunkFrame = 12;
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool IsOne(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    public static (RasterImage? Image, Rejection? Refusal) Read(ReadOnlyMemory<byte> file)
    {
        PngHeader? header = null;
        byte[] palette = [], transparency = [];
        using var packed = new MemoryStream();
        var rest = file.Span[Signature.Length..];
        while (true)
        {
            if (Chunk(rest) is not { } length) return (null, LogoRefusals.Broken);
            var type = rest.Slice(4, 4);
            var data = rest.Slice(8, length);
            if (type.SequenceEqual("IEND"u8)) break;
            if (type.SequenceEqual("IHDR"u8))
            {
                header = PngHeader.Read(data);
                if (header is null) return (null, LogoRefusals.Broken);
                if (LogoRefusals.Refuse(header.Width, header.Height) is { } refusal) return (null, refusal);
            }
            else if (type.SequenceEqual("PLTE"u8)) palette = data.ToArray();
            else if (type.SequenceEqual("tRNS"u8)) transparency = data.ToArray();
            else if (type.SequenceEqual("IDAT"u8)) packed.Write(data);
            rest = rest[(ChunkFrame + length)..];
        }
        if (header is null || (header.IsPalette && palette.Length is 0)) return (null, LogoRefusals.Broken);
        packed.Position = 0;
        return Unpacked(packed, header) is { } rows && PngPixels.Read(header, rows, palette, transparency) is { } image
            ? (image, null)
            : (null, LogoRefusals.Broken);
    }

    /// <summary>The length of the next chunk's data; null where it is not whole.</summary>
    private static int? Chunk(ReadOnlySpan<byte> rest)
    {
        if (rest.Length < ChunkFrame) return null;
        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - ChunkFrame) return null;
        var said = BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]);
        return CheckOf(rest.Slice(4, 4 + (int)length)) == said ? (int)length : null;
    }

    /// <summary>The CRC of ISO 3309 over a chunk's type and data.</summary>
    private static uint CheckOf(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var octet in data)
        {
            crc ^= octet;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }
        return ~crc;
    }

    private static byte[]? Unpacked(Stream packed, PngHeader header)
    {
        var rows = new byte[header.PackedRows().Sum(pass => pass.Bytes)];
        try
        {
            using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
            zlib.ReadExactly(rows);
            return rows;
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }
}
