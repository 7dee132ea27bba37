using HarfBuzzSharp;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// One document's use of a font: gives each glyph a character id as it is first needed, after those of the base
/// glyphs, and writes the composite font's objects (ISO 32000-1, 9.7) at the end.
/// </summary>
internal sealed class EmbeddedFont
{
    private readonly ushort[] _idOfGlyph;
    private readonly List<(ushort Glyph, string Text)> _further = [];
    private readonly Dictionary<(ushort, string), ushort> _specialIds = [];

    public EmbeddedFont(FontFace face, int objectId, byte[] resourceName)
    {
        (Face, ObjectId, ResourceName) = (face, objectId, resourceName);
        _idOfGlyph = new ushort[face.GlyphCount];
        for (var i = 0; i < face.BaseGlyphs.Count; i++) _idOfGlyph[face.BaseGlyphs[i]] = (ushort)(i + 1);
    }

    public FontFace Face { get; }
    public int ObjectId { get; }
    public byte[] ResourceName { get; }

    /// <summary>
    /// The character id of a glyph that stands for the text, or for its own text where that is null.
    /// </summary>
    public ushort IdOf(ushort glyph, string? text)
    {
        if (text is not null) return SpecialIdOf(glyph, text);
        var id = _idOfGlyph[glyph];
        return id != 0 ? id : _idOfGlyph[glyph] = Add(glyph, Face.TextOf(glyph) ?? "\u200B");
    }

    public void Write(PdfFile file)
    {
        var program = _further.Count == 0
            ? Face.BaseProgram.Value
            : FontProgram.Build(Face, [.. BaseCharacters(), .. _further]);
        var (descendantId, descriptorId, fileId) = (file.Reserve(), file.Reserve(), file.Reserve());
        var (glyphMapId, toUnicodeId) = (file.Reserve(), file.Reserve());
        file.Begin(ObjectId).Raw("<</Type/Font/Subtype/Type0/Encoding/Identity-H/BaseFont/"u8).Raw(Name(program))
            .Raw("/DescendantFonts["u8).Ref(descendantId).Raw("]/ToUnicode "u8).Ref(toUnicodeId).Raw(">>"u8);
        file.Begin(descendantId).Raw("<</Type/Font/Subtype/CIDFontType2/BaseFont/"u8).Raw(Name(program))
            .Raw("/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"u8)
            .Raw("/FontDescriptor "u8).Ref(descriptorId)
            .Raw("/CIDToGIDMap "u8).Ref(glyphMapId).Raw("/W"u8).Raw(program.Widths).Raw(">>"u8);
        WriteDescriptor(file.Begin(descriptorId), program, fileId);
        using var length = new ByteSink(32);
        file.PackedStream(fileId, length.Raw("/Length1 "u8).Int(program.FileLength).Written, program.PackedFile);
        file.PackedStream(glyphMapId, [], program.PackedGlyphMap);
        file.PackedStream(toUnicodeId, [], program.PackedToUnicode);
    }

    private void WriteDescriptor(ByteSink sink, FontProgram program, int fileId)
    {
        // Flag 4, symbolic: the characters are outside the standard Latin set. StemV is asked for but not used by
        // readers of embedded fonts.
        sink.Raw("<</Type/FontDescriptor/Flags 4/ItalicAngle 0/StemV 90/FontName/"u8).Raw(Name(program));
        sink.Raw("/FontBBox["u8);
        foreach (var side in Face.BoundingBox()) Thousandths(sink, side).Raw(" "u8);
        Thousandths(sink.Raw("]/Ascent "u8), Face.Metric(OpenTypeMetricsTag.HorizontalAscender));
        Thousandths(sink.Raw("/Descent "u8), Face.Metric(OpenTypeMetricsTag.HorizontalDescender));
        Thousandths(sink.Raw("/CapHeight "u8), Face.Metric(OpenTypeMetricsTag.CapHeight));
        sink.Raw("/FontFile2 "u8).Ref(fileId).Raw(">>"u8);
    }

    private ushort SpecialIdOf(ushort glyph, string text)
    {
        if (_specialIds.TryGetValue((glyph, text), out var id)) return id;
        return _specialIds[(glyph, text)] = Add(glyph, text);
    }

    private ushort Add(ushort glyph, string text)
    {
        _further.Add((glyph, text));
        return (ushort)(Face.BaseGlyphs.Count + _further.Count);
    }

    private IEnumerable<(ushort Glyph, string Text)> BaseCharacters() =>
        Face.BaseGlyphs.Select(glyph => (glyph, Face.TextOf(glyph)!));

    private ByteSink Thousandths(ByteSink sink, int units) => sink.Number(units * 1000.0 / Face.UnitsPerEm);

    private static byte[] Name(FontProgram program) => System.Text.Encoding.ASCII.GetBytes(program.SubsetName);
}
