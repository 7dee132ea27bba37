using System.Buffers.Binary;

namespace Billing.Projections.Documents.Images;

/// <summary>Turns the stored rows of a PNG into pixels.</summary>
internal sealed class PngPixels
{
    private readonly PngHeader _header;
    private readonly byte[] _palette;
    private readonly byte[] _transparency;
    private readonly byte[] _colours;
    private readonly byte[] _alpha;

    private PngPixels(PngHeader header, byte[] palette, byte[] transparency)
    {
        (_header, _palette, _transparency) = (header, palette, transparency);
        _alpha = new byte[header.Width * header.Height];
        _colours = new byte[_alpha.Length * (header.IsGrey ? 1 : 3)];
    }

    /// <returns>Null where a filter or a palette's entry is unknown.</returns>
    public static RasterImage? Read(PngHeader header, byte[] rows, byte[] palette, byte[] transparency)
    {
        var pixels = new PngPixels(header, palette, transparency);
        var at = 0;
        foreach (var pass in header.PackedRows())
        {
            var before = new byte[pass.RowBytes];
            for (var row = 0; row < pass.Rows; row++, at += 1 + pass.RowBytes)
            {
                var bytes = rows.AsSpan(at + 1, pass.RowBytes);
                if (!Unfilter(rows[at], bytes, before, header.PixelBytes) || !pixels.Take(pass, row, bytes)) return null;
                bytes.CopyTo(before);
            }
        }
        return RasterImage.OfPixels(header.Width, header.Height, header.IsGrey, pixels._colours, pixels._alpha);
    }

    private static bool Unfilter(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int pixelBytes)
    {
        if (filter > 4) return false;
        for (var i = 0; i < row.Length; i++)
        {
            var left = i < pixelBytes ? 0 : row[i - pixelBytes];
            var corner = i < pixelBytes ? 0 : above[i - pixelBytes];
            row[i] = unchecked((byte)(row[i] + filter switch
            {
                1 => left,
                2 => above[i],
                3 => (left + above[i]) / 2,
                4 => Paeth(left, above[i], corner),
                _ => 0,
            }));
        }
        return true;
    }

    private static int Paeth(int left, int above, int corner)
    {
        var near = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(near - left), Math.Abs(near - above), Math.Abs(near - corner));
        if (toLeft <= toAbove && toLeft <= toCorner) return left;
        return toAbove <= toCorner ? above : corner;
    }

    private bool Take(PngPass pass, int row, ReadOnlySpan<byte> bytes)
    {
        Span<int> samples = stackalloc int[4];
        var components = _header.Components;
        for (var column = 0; column < pass.Columns; column++)
        {
            for (var i = 0; i < components; i++) samples[i] = Sample(bytes, column * components + i);
            var pixel = (pass.Y + row * pass.StepY) * _header.Width + pass.X + column * pass.StepX;
            if (!(_header.IsPalette ? TakeEntry(pixel, samples[0]) : TakeColour(pixel, samples[..components]))) return false;
        }
        return true;
    }

    private int Sample(ReadOnlySpan<byte> bytes, int index)
    {
        if (_header.Depth == 8) return bytes[index];
        if (_header.Depth == 16) return BinaryPrimitives.ReadUInt16BigEndian(bytes[(2 * index)..]);
        var bit = index * _header.Depth;
        return bytes[bit / 8] >> (8 - _header.Depth - bit % 8) & ((1 << _header.Depth) - 1);
    }

    private bool TakeEntry(int pixel, int entry)
    {
        if (3 * entry + 3 > _palette.Length) return false;
        _palette.AsSpan(3 * entry, 3).CopyTo(_colours.AsSpan(3 * pixel));
        _alpha[pixel] = entry < _transparency.Length ? _transparency[entry] : (byte)255;
        return true;
    }

    private bool TakeColour(int pixel, ReadOnlySpan<int> samples)
    {
        var colours = _header.HasAlpha ? samples[..^1] : samples;
        for (var i = 0; i < colours.Length; i++) _colours[pixel * colours.Length + i] = Eight(colours[i]);
        _alpha[pixel] = _header.HasAlpha ? Eight(samples[^1]) : IsTransparent(colours) ? (byte)0 : (byte)255;
        return true;
    }

    /// <summary>Whether it is the one colour that the file says is seen through.</summary>
    private bool IsTransparent(ReadOnlySpan<int> colours)
    {
        if (_transparency.Length < 2 * colours.Length) return false;
        for (var i = 0; i < colours.Length; i++)
            if (BinaryPrimitives.ReadUInt16BigEndian(_transparency.AsSpan(2 * i)) != colours[i]) return false;
        return true;
    }

    private byte Eight(int sample) =>
        _header.Depth == 16 ? (byte)(sample >> 8) : (byte)(sample * 255 / ((1 << _header.Depth) - 1));
}
