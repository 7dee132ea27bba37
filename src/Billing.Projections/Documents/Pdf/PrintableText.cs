using System.Globalization;
using System.Text;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// Makes any text printable. Line breaks of every kind become one, tabs and odd spaces a space; control and
/// formatting characters (bidirectional marks, joiners, variation selectors) go. A character that the fonts lack
/// becomes U+FFFD, the black diamond with a question mark, and is told of: never an empty box, and never nothing,
/// in silence.
/// </summary>
internal sealed class PrintableText
{
    private const int MostWarnings = 20;
    private readonly SortedDictionary<int, int> _missing = [];

    /// <summary>What was replaced, each character once with how often, for whoever made the document.</summary>
    public IReadOnlyList<string> Warnings()
    {
        var warnings = new List<string>();
        foreach (var (rune, times) in _missing.Take(MostWarnings))
            warnings.Add($"The fonts have no character U+{rune:X4}; it was replaced by U+FFFD ({times} times).");
        var further = _missing.Count - MostWarnings;
        if (further > 0) warnings.Add($"{further} further characters were replaced by U+FFFD.");
        return warnings;
    }

    public string Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var clean = new StringBuilder(text.Length);
        var afterReturn = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != '\n' || !afterReturn) Append(clean, rune);
            afterReturn = rune.Value == '\r';
        }
        return clean.ToString();
    }

    /// <summary>The same in one line, for titles and metadata.</summary>
    public string InOneLine(string? text) => Of(text).Replace('\n', ' ').Trim();

    private void Append(StringBuilder clean, Rune rune)
    {
        if (rune.Value is '\n' or '\r' or '\v' or '\f' or 0x85 or 0x2028 or 0x2029) clean.Append('\n');
        else if (rune.Value == '\t') clean.Append(' ');
        else if (rune.Value is 0xA0 or 0x202F) clean.Append('\u00A0');
        else if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.SpaceSeparator) clean.Append(' ');
        else if (IsUnseen(rune)) return;
        else if (IsCharacter(rune) && FontLibrary.CanWrite(rune.Value))
            clean.Append(rune.ToString());
        else Replace(clean, rune);
    }

    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        || rune.Value is >= 0xFE00 and <= 0xFE0F or >= 0xE0100 and <= 0xE01EF;

    private static bool IsCharacter(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    private void Replace(StringBuilder clean, Rune rune)
    {
        clean.Append(FontFace.Replacement);
        _missing[rune.Value] = _missing.GetValueOrDefault(rune.Value) + 1;
    }
}
