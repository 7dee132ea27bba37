using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// The file's syntax (ISO 32000-1, 7.5): numbered objects, of which the plain ones share one compressed object
/// stream, and a cross-reference stream. The file identifier is a hash of all bytes before it, so equal content is
/// an equal file.
/// </summary>
internal sealed class PdfFile : IDisposable
{
    private readonly ByteSink _out = new(96 * 1024);
    private readonly ByteSink _plain = new(96 * 1024);
    private readonly List<(int Id, int Offset)> _plainObjects = [];
    private readonly List<Place> _places = [default];

    public PdfFile() => _out.Raw("%PDF-1.7\n%"u8).Raw([0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);

    /// <summary>A number for an object that is written later.</summary>
    public int Reserve()
    {
        _places.Add(default);
        return _places.Count - 1;
    }

    /// <summary>
    /// Starts a plain object: the caller appends its one value to the sink before the next object is started.
    /// </summary>
    public ByteSink Begin(int id)
    {
        _plain.Raw("\n"u8);
        _places[id] = new Place(true, _plainObjects.Count);
        _plainObjects.Add((id, _plain.Length));
        return _plain;
    }

    /// <summary>Writes a stream object, compressing the data.</summary>
    public void Stream(int id, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> data)
    {
        using var packed = new ByteSink(data.Length / 2 + 64);
        PackedStream(id, entries, packed.Deflated(data).Written);
    }

    /// <summary>Writes a stream object whose data is a zlib stream already.</summary>
    public void PackedStream(int id, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> zlib)
    {
        StartStream(id).Raw("<</Filter/FlateDecode"u8).Raw(entries);
        EndStream(zlib);
    }

    /// <summary>
    /// Writes a stream object as it is, for metadata that other programs look for in the raw file.
    /// </summary>
    public void RawStream(int id, ReadOnlySpan<byte> entries, ReadOnlySpan<byte> data)
    {
        StartStream(id).Raw("<<"u8).Raw(entries);
        EndStream(data);
    }

    public byte[] Finish(int catalogId, int infoId)
    {
        var objectStreamId = Reserve();
        WriteObjectStream(objectStreamId);
        var crossReferenceId = Reserve();
        var start = _out.Length;
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(_out.Written, hash);

        using var table = new ByteSink(_places.Count * 9);
        _places[crossReferenceId] = new Place(false, start);
        table.Raw(new byte[9]);
        foreach (var place in _places.Skip(1))
        {
            var (type, field, index) = place.InObjectStream ? (2, objectStreamId, place.Where) : (1, place.Where, 0);
            table.Raw([(byte)type]);
            BigEndian(table, field);
            BigEndian(table, index);
        }
        using var entries = new ByteSink(256);
        entries.Raw("/Type/XRef/W[1 4 4]/Size "u8).Int(_places.Count);
        entries.Raw("/Root "u8).Ref(catalogId).Raw("/Info "u8).Ref(infoId).Raw("/ID["u8);
        for (var copy = 0; copy < 2; copy++) Hex(entries, hash[..16]);
        Stream(crossReferenceId, entries.Raw("]"u8).Written, table.Written);
        return _out.Raw("startxref\n"u8).Int(start).Raw("\n%%EOF\n"u8).Written.ToArray();
    }

    public void Dispose()
    {
        _out.Dispose();
        _plain.Dispose();
    }

    private void WriteObjectStream(int id)
    {
        using var body = new ByteSink(_plain.Length + _plainObjects.Count * 12);
        foreach (var (objectId, offset) in _plainObjects) body.Int(objectId).Raw(" "u8).Int(offset).Raw(" "u8);
        var first = body.Length;
        body.Raw(_plain.Written);
        using var entries = new ByteSink(64);
        entries.Raw("/Type/ObjStm/N "u8).Int(_plainObjects.Count).Raw("/First "u8).Int(first);
        Stream(id, entries.Written, body.Written);
    }

    private ByteSink StartStream(int id)
    {
        _places[id] = new Place(false, _out.Length);
        return _out.Int(id).Raw(" 0 obj\n"u8);
    }

    private void EndStream(ReadOnlySpan<byte> data) =>
        _out.Raw("/Length "u8).Int(data.Length).Raw(">>\nstream\n"u8).Raw(data).Raw("\nendstream\nendobj\n"u8);

    private static void BigEndian(ByteSink sink, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        sink.Raw(bytes);
    }

    private static void Hex(ByteSink sink, ReadOnlySpan<byte> bytes)
    {
        sink.Raw("<"u8);
        for (var i = 0; i < bytes.Length; i += 2) sink.Hex4((ushort)(bytes[i] << 8 | bytes[i + 1]));
        sink.Raw(">"u8);
    }

    private readonly record struct Place(bool InObjectStream, int Where);
}
