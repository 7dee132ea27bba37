using System.Buffers;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>
/// Fills lines greedily. Lines break at spaces; a word that is wider than the whole line is broken too, behind a
/// hyphen, slash or the like where one is near the end, else between any two letters, so that nothing is ever cut
/// off.
/// </summary>
internal sealed class LineBreaker
{
    private static readonly SearchValues<char> LineEnders = SearchValues.Create("-/_.,@&=?");

    private readonly TextStyle _style;
    private readonly double _width;
    private readonly List<TextLine> _lines;
    private readonly List<ShapedWord> _words = [];
    private readonly double _space;
    private readonly bool _fromRight;
    private double _used;
    private double _spaceAbove;

    private LineBreaker(TextStyle style, double width, List<TextLine> lines, bool fromRight)
    {
        _fromRight = fromRight;
        (_style, _width, _lines, _spaceAbove) = (style, width, lines, style.SpaceAbove);
        _space = style.WidthOf(style.Face.Shaper.Shape(" ").Width);
    }

    public static void Break(string text, TextStyle style, double width, List<TextLine> lines)
    {
        var breaker = new LineBreaker(style, width, lines, FontLibrary.HasPacks && RightToLeft.Is(text));
        foreach (var paragraph in text.AsSpan().Split('\n'))
        {
            foreach (var word in text.AsSpan(paragraph).Split(' '))
                breaker.Add(text.AsSpan(paragraph)[word]);
            breaker.EndLine(false);
        }
    }

    private void Add(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty) return;
        if (word.Length <= Shaper.LongestWord)
        {
            var parts = FontRuns.Shape(_style.Face, word);
            var wordWidth = WidthOf(parts);
            if (!Fits(wordWidth)) EndLine(true);
            if (wordWidth <= _width)
            {
                Place(parts, wordWidth);
                return;
            }
        }
        else if (_words.Count > 0) EndLine(true);
        AddInPieces(word);
    }

    /// <summary>Each piece gets a line of its own; further words may follow the last one.</summary>
    private void AddInPieces(ReadOnlySpan<char> word)
    {
        while (!word.IsEmpty)
        {
            var length = Math.Min(word.Length, Shaper.LongestWord);
            if (length < word.Length && char.IsHighSurrogate(word[length - 1])) length--;
            var piece = word[..PieceLength(word[..length])];
            if (_words.Count > 0) EndLine(false);
            var parts = FontRuns.Shape(_style.Face, piece);
            Place(parts, WidthOf(parts));
            word = word[piece.Length..];
        }
    }

    /// <summary>
    /// How many characters fit into a line: at least one cluster, better up to a sign that may end a line.
    /// </summary>
    private int PieceLength(ReadOnlySpan<char> word)
    {
        if (FontRuns.Shape(_style.Face, word) is not [{ IsRightToLeft: false } whole] || whole.Face != _style.Face) return Shortened(word);
        var glyphs = whole.Glyphs;
        var width = 0;
        var length = 0;
        for (var i = 0; i < glyphs.Length; i++)
        {
            var fits = length == 0 || _style.WidthOf(width) <= _width;
            if (glyphs[i].Cluster > length && fits) length = glyphs[i].Cluster;
            width += glyphs[i].Advance;
            if (length > 0 && _style.WidthOf(width) > _width) break;
        }
        if (_style.WidthOf(width) <= _width || length == 0) return word.Length;
        var sign = word[..length].LastIndexOfAny(LineEnders);
        return sign > length / 2 ? sign + 1 : length;
    }

    /// <summary>The same for words of further fonts, whose parts cannot be counted along: halved until what is left fits.</summary>
    private int Shortened(ReadOnlySpan<char> word)
    {
        var (fits, tooLong) = (0, word.Length + 1);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (WidthOf(FontRuns.Shape(_style.Face, word[..middle])) <= _width) fits = middle;
            else tooLong = middle;
        }
        if (fits > 0 && fits < word.Length && char.IsLowSurrogate(word[fits])) fits--;
        return fits > 0 ? fits : Math.Min(word.Length, char.IsHighSurrogate(word[0]) ? 2 : 1);
    }

    private double WidthOf(ShapedWord[] parts)
    {
        var width = 0.0;
        foreach (var part in parts) width += part.WidthAt(_style.Size);
        return width;
    }

    private bool Fits(double wordWidth) => _words.Count == 0 || _used + _space + wordWidth <= _width;

    private void Place(ShapedWord[] parts, double wordWidth)
    {
        _used += (_words.Count > 0 ? _space : 0) + wordWidth;
        _words.AddRange(parts);
    }

    private void EndLine(bool goesOn)
    {
        _lines.Add(new TextLine(_style, RightToLeft.Ordered([.. _words], _fromRight), _used, goesOn, _spaceAbove));
        _words.Clear();
        (_used, _spaceAbove) = (0, 0);
    }
}
