using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.InteropServices;
using HarfBuzzSharp;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// One parsed TrueType font, shared by all documents and threads: its metrics, what it can write, and the shaped
/// words that were asked for lately. Lengths are in font units, <see cref="UnitsPerEm"/> of them to the type size.
/// </summary>
internal sealed class FontFace
{
    /// <summary>Stands for a character that the font lacks; the fonts that we ship all have it.</summary>
    public const char Replacement = '\uFFFD';

    private readonly Blob _blob;
    private readonly Font _font;
    private readonly FrozenDictionary<int, ushort> _glyphOfRune;
    private readonly string?[] _textOfGlyph;
    private readonly ushort[] _advances;

    private FontFace(string name, Blob blob, Face face, Font font, bool isPack)
    {
        (Name, _blob, Face, _font) = (name, blob, face, font);
        UnitsPerEm = face.UnitsPerEm;
        _textOfGlyph = new string?[face.GlyphCount];
        _advances = new ushort[face.GlyphCount];
        for (var glyph = 0; glyph < _advances.Length; glyph++)
            _advances[glyph] = (ushort)_font.GetHorizontalGlyphAdvance((uint)glyph);
        _glyphOfRune = ReadCharacters();
        Shaper = new Shaper(_font, this);
        // What a further font is asked for is no part of every document.
        BaseGlyphs = isPack ? [] : [.. BaseCharacters().Select(character => _glyphOfRune[character]).Distinct()];
        BaseProgram = new(() => FontProgram.Build(this, [.. BaseGlyphs.Select(glyph => (glyph, TextOf(glyph)!))]));
    }

    public string Name { get; }
    public bool IsBold => Name.Contains("Bold", StringComparison.OrdinalIgnoreCase);
    public Face Face { get; }
    public int UnitsPerEm { get; }
    public Shaper Shaper { get; }
    public int GlyphCount => _advances.Length;

    /// <summary>
    /// The glyphs that every document embeds: printable ASCII and the signs that our own wording uses.
    /// </summary>
    public IReadOnlyList<ushort> BaseGlyphs { get; }

    /// <summary>The embedded form of just the base glyphs, which most documents get by with; made once.</summary>
    public Lazy<FontProgram> BaseProgram { get; }

    public int Metric(OpenTypeMetricsTag tag) =>
        _font.OpenTypeMetrics.TryGetPosition(tag, out var position) ? position : 0;

    public int AdvanceOf(ushort glyph) => _advances[glyph];

    /// <summary>The text that a glyph stands for in the font's own character map.</summary>
    public string? TextOf(ushort glyph) => _textOfGlyph[glyph];

    public bool Has(int rune) => _glyphOfRune.ContainsKey(rune);

    /// <summary>The box of the whole font, from its head table.</summary>
    public short[] BoundingBox()
    {
        using var head = Face.ReferenceTable(new Tag('h', 'e', 'a', 'd'));
        var bytes = head.AsSpan();
        return [Short(bytes, 36), Short(bytes, 38), Short(bytes, 40), Short(bytes, 42)];

        static short Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt16BigEndian(bytes[at..]);
    }

    /// <summary>
    /// Parses a TrueType font. The memory is kept for the life of the process, as shared fonts are.
    /// </summary>
    public static FontFace Parse(string name, byte[] file, bool isPack = false)
    {
        var pinned = GCHandle.Alloc(file, GCHandleType.Pinned);
        var blob = new Blob(pinned.AddrOfPinnedObject(), file.Length, MemoryMode.ReadOnly, pinned.Free);
        blob.MakeImmutable();
        var face = new Face(blob, 0);
        face.MakeImmutable();
        return new FontFace(name, blob, face, new Font(face), isPack);
    }

    /// <summary>A font that somebody put beside ours.</summary>
    /// <returns>Null where it has no TrueType outlines, or is no font.</returns>
    public static FontFace? ParsePack(string name, byte[] file)
    {
        // 1.0 or "true"; a collection or outlines of another kind would need other objects in the file.
        if (file.Length < 12 || BinaryPrimitives.ReadUInt32BigEndian(file) is not (0x00010000 or 0x74727565)) return null;
        var face = Parse(name, file, isPack: true);
        using var outlines = face.Face.ReferenceTable(new Tag('g', 'l', 'y', 'f'));
        return outlines.Length > 0 && face.GlyphCount > 0 ? face : null;
    }

    private static IEnumerable<int> BaseCharacters() =>
        Enumerable.Range(' ', '~' - ' ' + 1).Concat("\u00A0·–—‘’“”•…×§€£".Select(character => (int)character));

    private FrozenDictionary<int, ushort> ReadCharacters()
    {
        var characters = new Dictionary<int, ushort>();
        for (var rune = 0x20; rune <= 0x1FFFF; rune++)
        {
            // Surrogates and private use are no characters.
            if (rune is >= 0xD800 and < 0xF900) continue;
            if (!_font.TryGetNominalGlyph((uint)rune, out var glyph) || glyph == 0) continue;
            characters.Add(rune, (ushort)glyph);
            _textOfGlyph[glyph] ??= char.ConvertFromUtf32(rune);
        }
        return characters.ToFrozenDictionary();
    }
}
