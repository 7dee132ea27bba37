using System.Buffers.Binary;

namespace Billing.Projections.Documents.Images;

/// <param name="Depth">Bits a component.</param>
internal sealed record PngHeader(int Width, int Height, int Depth, int ColourType, bool IsInterlaced)
{
    /// <summary>Where each pass of an interlaced picture begins and how far it steps (Adam7).</summary>
    private static readonly (int X, int Y, int StepX, int StepY)[] Passes =
        [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];

    public bool IsPalette => ColourType == 3;

    public bool IsGrey => ColourType is 0 or 4;

    public bool HasAlpha => ColourType is 4 or 6;

    public int Components => ColourType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

    /// <summary>Bytes from a pixel to the one left of it, as filters count them.</summary>
    public int PixelBytes => Math.Max(1, Components * Depth / 8);

    /// <returns>Null where the standard knows no such picture.</returns>
    public static PngHeader? Read(ReadOnlySpan<byte> data)
    {
        if (data.Length != 13) return null;
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(data), BinaryPrimitives.ReadUInt32BigEndian(data[4..]));
        var (depth, type, interlacing) = (data[8], data[9], data[12]);
        var isKnown = type switch
        {
            0 => depth is 1 or 2 or 4 or 8 or 16,
            3 => depth is 1 or 2 or 4 or 8,
            2 or 4 or 6 => depth is 8 or 16,
            _ => false,
        };
        if (!isKnown || width > int.MaxValue || height > int.MaxValue || data[10] != 0 || data[11] != 0 || interlacing > 1) return null;
        return new PngHeader((int)width, (int)height, depth, type, interlacing == 1);
    }

    /// <summary>The rows as they are stored, pass by pass; each row has its filter before it.</summary>
    public IEnumerable<PngPass> PackedRows()
    {
        foreach (var (x, y, stepX, stepY) in IsInterlaced ? Passes : [(0, 0, 1, 1)])
        {
            var (columns, rows) = ((Width - x + stepX - 1) / stepX, (Height - y + stepY - 1) / stepY);
            if (columns > 0 && rows > 0) yield return new PngPass(x, y, stepX, stepY, columns, rows, RowBytes(columns));
        }
    }

    private int RowBytes(int columns) => (columns * Components * Depth + 7) / 8;
}

/// <param name="RowBytes">Without the filter's byte.</param>
internal sealed record PngPass(int X, int Y, int StepX, int StepY, int Columns, int Rows, int RowBytes)
{
    public int Bytes => Rows * (1 + RowBytes);
}
