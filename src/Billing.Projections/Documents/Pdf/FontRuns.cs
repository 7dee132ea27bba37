using System.Text;

namespace Billing.Projections.Documents.Pdf;

/// <summary>Cuts a word into parts that one font each can write, and that run one way each.</summary>
internal static class FontRuns
{
    /// <summary>The parts in the order in which they are read; nearly always the word itself.</summary>
    public static ShapedWord[] Shape(FontFace face, ReadOnlySpan<char> word)
    {
        if (!FontLibrary.HasPacks || CanWrite(face, word)) return [face.Shaper.Shape(word)];
        var isTurned = RightToLeft.Is(word);
        var parts = new List<ShapedWord>();
        var (start, at) = (0, 0);
        var (current, before) = (face, default(Rune?));
        foreach (var rune in word.EnumerateRunes())
        {
            var wanted = FontLibrary.FaceFor(rune.Value, face);
            if (wanted != current || (before is { } last && RightToLeft.Parts(last, rune)))
            {
                Add(word[start..at]);
                (start, current) = (at, wanted);
            }
            at += rune.Utf16SequenceLength;
            before = rune;
        }
        Add(word[start..]);
        return [.. parts];

        void Add(ReadOnlySpan<char> part)
        {
            if (part.IsEmpty) return;
            // A sign such as a bracket runs, and is mirrored, with the letters beside it.
            var shaped = isTurned && !HasLetterOrDigit(part) ? current.Shaper.ShapeFromRight(part) : current.Shaper.Shape(part);
            parts.Add(parts.Count == 0 ? shaped : shaped with { Joins = true });
        }
    }

    private static bool CanWrite(FontFace face, ReadOnlySpan<char> word)
    {
        if (Ascii.IsValid(word)) return true;
        foreach (var rune in word.EnumerateRunes())
            if (!face.Has(rune.Value)) return false;
        return true;
    }

    private static bool HasLetterOrDigit(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune)) return true;
        return false;
    }
}
