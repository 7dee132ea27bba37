using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Billing.TestSupport;

/// <summary>Makes PNG files of every kind, so that what reads them can be held against what went in.</summary>
public static class PngMaker
{
    private static readonly (int X, int Y, int StepX, int StepY)[] Adam7 =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    /// <summary>A small picture in red, green and blue.</summary>
    public static byte[] Rgb(int width = 40, int height = 16) =>
        Make(width, height, depth: 8, type: 2, (x, y) => [15 + x, 92 + y, 110]);

    /// <param name="samples">The components of a pixel, each within its depth.</param>
    /// <param name="palette">Red, green and blue of each entry.</param>
    public static byte[] Make(
        int width, int height, int depth, int type, Func<int, int, int[]> samples, bool interlaced = false, byte[]? palette = null,
        byte[]? transparency = null)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9], head[12]) = ((byte)depth, (byte)type, interlaced ? (byte)1 : (byte)0);
        Chunk(file, "IHDR", head);
        if (palette is not null) Chunk(file, "PLTE", palette);
        if (transparency is not null) Chunk(file, "tRNS", transparency);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            foreach (var (x, y, stepX, stepY) in interlaced ? Adam7 : [(0, 0, 1, 1)])
                Pass(zlib, [.. Steps(x, width, stepX)], [.. Steps(y, height, stepY)], depth, samples);
        // In two pieces, as many programs write it.
        var data = packed.ToArray();
        Chunk(file, "IDAT", data[..(data.Length / 2)]);
        Chunk(file, "IDAT", data[(data.Length / 2)..]);
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>Each row with another filter, so that all five are used.</summary>
    private static void Pass(Stream zlib, int[] columns, int[] rows, int depth, Func<int, int, int[]> samples)
    {
        if (columns.Length == 0) return;
        var components = samples(columns[0], 0).Length;
        var pixel = Math.Max(1, components * depth / 8);
        var above = new byte[(columns.Length * components * depth + 7) / 8];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = Packed([.. columns.SelectMany(x => samples(x, rows[i]))], depth, above.Length);
            var filter = i % 5;
            zlib.WriteByte((byte)filter);
            for (var at = 0; at < row.Length; at++)
            {
                int a = at < pixel ? 0 : row[at - pixel], b = above[at], c = at < pixel ? 0 : above[at - pixel];
                var predicted = filter switch { 1 => a, 2 => b, 3 => (a + b) / 2, 4 => Nearest(a, b, c), _ => 0 };
                zlib.WriteByte(unchecked((byte)(row[at] - predicted)));
            }
            above = row;
        }
    }

    private static int Nearest(int a, int b, int c)
    {
        var p = a + b - c;
        return new[] { a, b, c }.MinBy(candidate => Math.Abs(p - candidate));
    }

    private static byte[] Packed(int[] samples, int depth, int length)
    {
        var row = new byte[length];
        for (var i = 0; i < samples.Length; i++)
        {
            if (depth == 16) BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(2 * i), (ushort)samples[i]);
            else row[i * depth / 8] |= (byte)(samples[i] << (8 - depth - i * depth % 8));
        }
        return row;
    }

    private static IEnumerable<int> Steps(int from, int end, int step)
    {
        for (var at = from; at < end; at += step) yield return at;
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        var typed = (byte[])[.. Encoding.ASCII.GetBytes(type), .. data];
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        file.Write(typed);
        var crc = typed.Aggregate(uint.MaxValue, (sum, octet) => Enumerable.Range(0, 8).Aggregate(
            sum ^ octet, (bits, _) => (bits & 1) == 0 ? bits >> 1 : bits >> 1 ^ 0xEDB88320));
        BinaryPrimitives.WriteUInt32BigEndian(number, ~crc);
        file.Write(number);
    }
}
