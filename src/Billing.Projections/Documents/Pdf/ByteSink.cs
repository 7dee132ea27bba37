using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// A growing byte buffer from the shared pool, with the few primitives that PDF syntax is made of.
/// </summary>
internal sealed class ByteSink(int capacity = 4096) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void Dispose()
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        Length = 0;
    }

    public ByteSink Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        Length += bytes.Length;
        return this;
    }

    public ByteSink Int(long value)
    {
        value.TryFormat(Room(20), out var written, default, CultureInfo.InvariantCulture);
        Length += written;
        return this;
    }

    /// <summary>A length or coordinate in points, to a hundredth.</summary>
    public ByteSink Number(double value) => Scaled((long)Math.Round(value * 100), 100);

    /// <summary>A colour component as PDF wants it, 0 to 1, to a thousandth.</summary>
    public ByteSink Component(byte value) => Scaled((value * 1000 + 127) / 255, 1000);

    public ByteSink Ref(int objectId) => Int(objectId).Raw(" 0 R"u8);

    public ByteSink Box(Box box) => Raw("["u8).Number(box.Left).Raw(" "u8).Number(box.Bottom).Raw(" "u8)
        .Number(box.Right).Raw(" "u8).Number(box.Top).Raw("]"u8);

    /// <summary>Two bytes as four hexadecimal digits.</summary>
    public ByteSink Hex4(ushort value)
    {
        var digits = "0123456789ABCDEF"u8;
        var room = Room(4);
        for (var i = 0; i < 4; i++) room[i] = digits[(value >> (12 - 4 * i)) & 15];
        Length += 4;
        return this;
    }

    /// <summary>
    /// A PDF text string: a literal where all is printable ASCII, else UTF-16 with a byte order mark.
    /// </summary>
    public ByteSink Text(string text)
    {
        if (!Ascii.IsValid(text) || text.AsSpan().ContainsAnyInRange('\0', '\u001f'))
        {
            Raw("<FEFF"u8);
            foreach (var unit in text) Hex4(unit);
            return Raw(">"u8);
        }
        Raw("("u8);
        foreach (var unit in text)
        {
            if (unit is '(' or ')' or '\\') Raw("\\"u8);
            Room(1)[0] = (byte)unit;
            Length++;
        }
        return Raw(")"u8);
    }

    /// <summary>Appends the data as a zlib stream, which is what FlateDecode reads.</summary>
    public ByteSink Deflated(ReadOnlySpan<byte> data)
    {
        using var zlib = new ZLibStream(new SinkStream(this), CompressionLevel.Optimal);
        zlib.Write(data);
        return this;
    }

    private ByteSink Scaled(long value, int scale)
    {
        if (value < 0) Raw("-"u8);
        value = Math.Abs(value);
        Int(value / scale);
        var rest = (int)(value % scale);
        if (rest == 0) return this;
        Raw("."u8);
        for (var place = scale / 10; rest > 0; place /= 10)
        {
            Room(1)[0] = (byte)('0' + rest / place);
            Length++;
            rest %= place;
        }
        return this;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, Length + count));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }
        return _bytes.AsSpan(Length);
    }

    private sealed class SinkStream(ByteSink sink) : Stream
    {
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => sink.Raw(buffer.AsSpan(offset, count));
        public override void Write(ReadOnlySpan<byte> buffer) => sink.Raw(buffer);
    }
}
