using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using HarfBuzzSharp;
using Buffer = HarfBuzzSharp.Buffer;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// One glyph of a shaped word; lengths in font units, the cluster is the index of its first character.
/// </summary>
/// <param name="Text">What the glyph stands for where that is not what the font's own map says, else null.</param>
internal readonly record struct ShapedGlyph(
    ushort Glyph, short Advance, short XOffset, short YOffset, byte Cluster, string? Text);

/// <summary>A word, or a part of one in one font, as glyphs with their places. Never changed, so documents share it.</summary>
/// <param name="Width">In units of its own font.</param>
/// <param name="IsRightToLeft">Its glyphs stand as they are seen, the last letter first.</param>
internal sealed record ShapedWord(ShapedGlyph[] Glyphs, int Width, FontFace Face, bool IsRightToLeft)
{
    /// <summary>No space comes before it: it goes on the word before, in another font.</summary>
    public bool Joins { get; init; }

    public double WidthAt(double size) => Width * size / Face.UnitsPerEm;
}

/// <summary>
/// Turns words into placed glyphs through HarfBuzz and remembers the latest ones. Ligatures and contextual forms
/// are off, so that each glyph has a text of its own to be copied and searched by; words with digits are set
/// without kerning, so that figures stand below each other. Words run left to right, but for those of scripts that do not
/// (<see cref="RightToLeft"/>).
/// </summary>
internal sealed class Shaper(Font font, FontFace face)
{
    /// <summary>Longest word that is shaped as one; longer ones come in pieces.</summary>
    public const int LongestWord = 120;

    private const int Generation = 4096;
    private static readonly Feature[] Plain = [Feature.Parse("-liga"), Feature.Parse("-clig"), Feature.Parse("-calt")];
    private static readonly Feature[] Figures = [.. Plain, Feature.Parse("-kern")];
    private static readonly Language English = new("en");

    // Two generations bound the memory: when the young one is full, it becomes the old one and the old one is
    // dropped.
    private volatile Words _young = new();
    private volatile Words _old = new();

    public ShapedWord Shape(ReadOnlySpan<char> word)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(word.Length, LongestWord);
        var young = _young;
        if (young.Find(word, out var known)) return known;
        if (!_old.Find(word, out known)) known = ShapeAnew(word, RightToLeft.Is(word));
        if (young.Count >= Generation)
        {
            _old = young;
            _young = young = new Words();
        }
        young.Add(word.ToString(), known);
        return known;
    }

    /// <summary>Signs that have no direction of their own, as they stand among what runs from right to left.</summary>
    public ShapedWord ShapeFromRight(ReadOnlySpan<char> signs) => ShapeAnew(signs, isRightToLeft: true);

    private ShapedWord ShapeAnew(ReadOnlySpan<char> word, bool isRightToLeft)
    {
        using var buffer = new Buffer();
        buffer.AddUtf16(word);
        buffer.GuessSegmentProperties();
        buffer.Direction = isRightToLeft ? Direction.RightToLeft : Direction.LeftToRight;
        buffer.Language = English;
        font.Shape(buffer, word.ContainsAnyInRange('0', '9') ? Figures : Plain);

        var infos = buffer.GetGlyphInfoSpan();
        var positions = buffer.GetGlyphPositionSpan();
        var glyphs = new ShapedGlyph[infos.Length];
        var width = 0;
        for (var i = 0; i < glyphs.Length; i++)
        {
            var glyph = (ushort)infos[i].Codepoint;
            var at = positions[i];
            var text = isRightToLeft ? TextFromRight(word, infos, i) : TextOf(word, infos, i);
            var special = text == face.TextOf(glyph) ? null : text;
            glyphs[i] = new ShapedGlyph(
                glyph, Short(at.XAdvance), Short(at.XOffset), Short(at.YOffset), (byte)infos[i].Cluster, special);
            width += glyphs[i].Advance;
        }
        return new ShapedWord(glyphs, width, face, isRightToLeft);
    }

    /// <summary>
    /// The text of glyph i. As many glyphs as characters in a cluster: one each. Fewer: the first glyph takes them
    /// all. More: the glyphs left over stand for a zero-width space, since no glyph may go without a text
    /// (PDF/UA-1, 7.21.7).
    /// </summary>
    private static string TextOf(ReadOnlySpan<char> word, ReadOnlySpan<GlyphInfo> infos, int i)
    {
        var first = i;
        while (first > 0 && infos[first - 1].Cluster == infos[i].Cluster) first--;
        var end = i + 1;
        while (end < infos.Length && infos[end].Cluster == infos[i].Cluster) end++;
        var textEnd = end < infos.Length ? (int)infos[end].Cluster : word.Length;
        var text = word[(int)infos[i].Cluster..textEnd];
        if (end - first == 1) return text.ToString();

        var runes = new List<string>();
        foreach (var rune in text.EnumerateRunes()) runes.Add(rune.ToString());
        if (runes.Count >= end - first && i == end - 1) return string.Concat(runes.Skip(i - first));
        return i - first < runes.Count ? runes[i - first] : "\u200B";
    }

    /// <summary>The same where clusters fall from left to right: the first glyph of one takes all of its text.</summary>
    private static string TextFromRight(ReadOnlySpan<char> word, ReadOnlySpan<GlyphInfo> infos, int i)
    {
        var cluster = infos[i].Cluster;
        if (i > 0 && infos[i - 1].Cluster == cluster) return "\u200B";
        return word[(int)cluster..(i == 0 ? word.Length : (int)infos[i - 1].Cluster)].ToString();
    }

    private static short Short(int value) => (short)Math.Clamp(value, short.MinValue, short.MaxValue);

    private sealed class Words
    {
        private readonly ConcurrentDictionary<string, ShapedWord> _words = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, ShapedWord>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
        private int _count;

        public Words() => _bySpan = _words.GetAlternateLookup<ReadOnlySpan<char>>();

        public int Count => Volatile.Read(ref _count);

        public bool Find(ReadOnlySpan<char> word, [NotNullWhen(true)] out ShapedWord? shaped) =>
            _bySpan.TryGetValue(word, out shaped);

        public void Add(string word, ShapedWord shaped)
        {
            if (_words.TryAdd(word, shaped)) Interlocked.Increment(ref _count);
        }
    }
}
