namespace Billing.Projections.Documents.Pdf;

/// <summary>Writes shaped words as text-showing operators (ISO 32000-1, 9.4.3).</summary>
internal static class TextOperators
{
    /// <summary>
    /// Shows the words with real spaces between them; a line that goes on in the next one ends in a space too, so
    /// that the words stay apart when the text is copied or read aloud.
    /// </summary>
    /// <param name="goesOn">Words stand before them already.</param>
    public static void Show(
        ByteSink sink, EmbeddedFont font, double size, ReadOnlySpan<ShapedWord> words, bool goesOn, bool spaceAfter)
    {
        var state = new State(sink, font, size);
        var space = spaceAfter || goesOn || words.Length > 1 ? font.Face.Shaper.Shape(" ").Glyphs[0] : default;
        sink.Raw("[<"u8);
        for (var i = 0; i < words.Length; i++)
        {
            if ((i > 0 || goesOn) && !words[i].Joins) state.Show(space);
            foreach (var glyph in words[i].Glyphs) state.Show(glyph);
        }
        if (spaceAfter) state.Show(space);
        state.Finish();
    }

    private ref struct State(ByteSink sink, EmbeddedFont font, double size)
    {
        private int _shift;
        private int _rise;

        public void Show(ShapedGlyph glyph)
        {
            if (glyph.YOffset != _rise) Raise(glyph.YOffset);
            _shift += glyph.XOffset;
            if (_shift != 0) sink.Raw(">"u8).Number(Thousandths(-_shift)).Raw("<"u8);
            sink.Hex4(font.IdOf(glyph.Glyph, glyph.Text));
            // The viewer moves on by the font's own advance; what shaping wants more or less is made up before the
            // next.
            _shift = glyph.Advance - font.Face.AdvanceOf(glyph.Glyph) - glyph.XOffset;
        }

        public void Finish()
        {
            if (_rise != 0) Raise(0);
            sink.Raw(">]TJ"u8);
        }

        private void Raise(int rise)
        {
            _rise = rise;
            sink.Raw(">]TJ "u8).Number(Thousandths(rise) * size / 1000).Raw(" Ts [<"u8);
        }

        private readonly double Thousandths(int units) => units * 1000.0 / font.Face.UnitsPerEm;
    }
}
