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
    private double _used;
    private double _spaceAbove;

    private LineBreaker(TextStyle style, double width, List<TextLine> lines)
    {
        (_style, _width, _lines, _spaceAbove) = (style, width, lines, style.SpaceAbove);
        _space = style.WidthOf(style.Face.Shaper.Shape(" ").Width);
    }

    public static void Break(string text, TextStyle style, double width, List<TextLine> lines)
    {
        var breaker = new LineBreaker(style, width, lines);
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
            var shaped = _style.Face.Shaper.Shape(word);
            var wordWidth = _style.WidthOf(shaped.Width);
            if (!Fits(wordWidth)) EndLine(true);
            if (wordWidth <= _width)
            {
                Place(shaped, wordWidth);
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
            var shaped = _style.Face.Shaper.Shape(piece);
            Place(shaped, _style.WidthOf(shaped.Width));
            word = word[piece.Length..];
        }
    }

    /// <summary>
    /// How many characters fit into a line: at least one cluster, better up to a sign that may end a line.
    /// </summary>
    private int PieceLength(ReadOnlySpan<char> word)
    {
        var glyphs = _style.Face.Shaper.Shape(word).Glyphs;
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

    private bool Fits(double wordWidth) => _words.Count == 0 || _used + _space + wordWidth <= _width;

    private void Place(ShapedWord word, double wordWidth)
    {
        _used += (_words.Count > 0 ? _space : 0) + wordWidth;
        _words.Add(word);
    }

    private void EndLine(bool goesOn)
    {
        _lines.Add(new TextLine(_style, [.. _words], _used, goesOn, _spaceAbove));
        _words.Clear();
        (_used, _spaceAbove) = (0, 0);
    }
}
