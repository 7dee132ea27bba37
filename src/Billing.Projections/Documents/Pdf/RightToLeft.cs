using System.Text;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// Which way text runs, as far as we go: each word as its first letter has it, with the signs in it, and a text as its first word
/// with a letter. That is less than the bidirectional algorithm (Unicode, annex 9): a number runs along with a word beside it that
/// runs as numbers do, a bracket around several words is not mirrored, and marks that set a direction are not heard.
/// </summary>
internal static class RightToLeft
{
    /// <summary>Whether its first letter is of a script that runs from right to left.</summary>
    public static bool Is(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetter(rune)) return IsOf(rune.Value);
        }
        return false;
    }

    /// <summary>Digits of every script run from left to right, also within a word that does not.</summary>
    public static bool Parts(Rune one, Rune other) => Rune.IsDigit(one) != Rune.IsDigit(other) && (IsOf(one.Value) || IsOf(other.Value));

    /// <summary>Puts the words of a line into the order in which they are seen.</summary>
    /// <param name="fromRight">The way of the whole text.</param>
    public static ShapedWord[] Ordered(ShapedWord[] words, bool fromRight)
    {
        if (!fromRight && !Array.Exists(words, word => word.IsRightToLeft)) return words;
        var order = new List<int>(words.Length);
        // What runs against the text keeps its own order.
        for (var start = 0; start < words.Length;)
        {
            var end = start;
            while (end < words.Length && words[end].IsRightToLeft == words[start].IsRightToLeft) end++;
            var run = Enumerable.Range(start, end - start);
            if (words[start].IsRightToLeft) run = run.Reverse();
            if (fromRight) order.InsertRange(0, run);
            else order.AddRange(run);
            start = end;
        }
        return
        [
            .. order.Select((index, place) => words[index] with
            {
                Joins = place > 0 && Math.Abs(index - order[place - 1]) == 1 && words[Math.Max(index, order[place - 1])].Joins,
            }),
        ];
    }

    private static bool IsOf(int rune) => rune is >= 0x0590 and <= 0x08FF or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF
        or >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EFFF;
}
