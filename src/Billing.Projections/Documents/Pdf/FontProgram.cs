namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// A font as a document embeds it: the subset, and for each character id (CID, counted from 1) its width, its glyph
/// in the subset and its text. All parts are ready to be written; CID 0 is the missing glyph and never used.
/// </summary>
internal sealed class FontProgram
{
    private static readonly byte[] ToUnicodeHead =
        """
        /CIDInit /ProcSet findresource begin
        12 dict begin
        begincmap
        /CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
        /CMapName /Adobe-Identity-UCS def
        /CMapType 2 def
        1 begincodespacerange
        <0000> <FFFF>
        endcodespacerange

        """u8.ToArray();

    private FontProgram() { }

    public required string SubsetName { get; init; }
    public required int FileLength { get; init; }
    public required byte[] PackedFile { get; init; }
    public required byte[] PackedGlyphMap { get; init; }
    public required byte[] PackedToUnicode { get; init; }

    /// <summary>The value of the font's W entry.</summary>
    public required byte[] Widths { get; init; }

    /// <summary>
    /// Builds the program of the glyphs, each with the text that it stands for; the first becomes CID 1.
    /// </summary>
    public static FontProgram Build(FontFace face, ReadOnlySpan<(ushort Glyph, string Text)> characters)
    {
        var glyphs = new ushort[characters.Length];
        for (var i = 0; i < glyphs.Length; i++) glyphs[i] = characters[i].Glyph;
        var (file, places) = FontSubsetter.Subset(face.Face, glyphs);
        return new FontProgram
        {
            SubsetName = SubsetTag(glyphs) + "+" + face.Name,
            FileLength = file.Length,
            PackedFile = Packed(sink => sink.Raw(file)),
            PackedGlyphMap = Packed(sink => GlyphMap(sink, places)),
            PackedToUnicode = PackedTexts(characters),
            Widths = WidthsOf(face, glyphs),
        };
    }

    private static byte[] WidthsOf(FontFace face, ushort[] glyphs)
    {
        using var sink = new ByteSink();
        sink.Raw("[1["u8);
        foreach (var glyph in glyphs) sink.Number(face.AdvanceOf(glyph) * 1000.0 / face.UnitsPerEm).Raw(" "u8);
        return sink.Raw("]]"u8).Written.ToArray();
    }

    private static void GlyphMap(ByteSink sink, ushort[] places)
    {
        sink.Raw([0, 0]);
        foreach (var place in places) sink.Raw([(byte)(place >> 8), (byte)(place & 255)]);
    }

    private static byte[] PackedTexts(ReadOnlySpan<(ushort Glyph, string Text)> characters)
    {
        using var map = new ByteSink(8192);
        map.Raw(ToUnicodeHead);
        // A block of a CMap holds at most 100 entries (Adobe technical note 5014).
        for (var start = 0; start < characters.Length; start += 100)
        {
            var block = characters[start..Math.Min(start + 100, characters.Length)];
            map.Int(block.Length).Raw(" beginbfchar\n"u8);
            for (var i = 0; i < block.Length; i++)
            {
                map.Raw("<"u8).Hex4((ushort)(start + i + 1)).Raw("><"u8);
                foreach (var unit in block[i].Text) map.Hex4(unit);
                map.Raw(">\n"u8);
            }
            map.Raw("endbfchar\n"u8);
        }
        map.Raw("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"u8);
        using var packed = new ByteSink();
        return packed.Deflated(map.Written).Written.ToArray();
    }

    private static byte[] Packed(Action<ByteSink> write)
    {
        using var plain = new ByteSink(32 * 1024);
        write(plain);
        using var packed = new ByteSink(32 * 1024);
        return packed.Deflated(plain.Written).Written.ToArray();
    }

    /// <summary>
    /// Six letters that tell this subset from another one (ISO 32000-1, 9.6.4): a hash (FNV-1a) of its glyphs.
    /// </summary>
    private static string SubsetTag(ushort[] glyphs)
    {
        var hash = 2166136261u;
        foreach (var glyph in glyphs) hash = unchecked((hash ^ glyph) * 16777619u);
        return string.Create(6, hash, (letters, rest) =>
        {
            for (var i = 0; i < letters.Length; i++, rest /= 26) letters[i] = (char)('A' + rest % 26);
        });
    }
}
