using System.Text;

namespace Billing.Domain.Banking;

/// <summary>
/// What people and banks write into transfers: numbers lose their dashes or gain spaces, names come in capitals, without
/// accents and with or without their legal form.
/// </summary>
internal static class PaymentText
{
    /// <summary>A number shorter than this is a word of its own, or it would be found in any amount or date.</summary>
    private const int LeastLettersInside = 5;

    private const int LeastLettersOfWord = 3;

    private static readonly HashSet<string> LegalForms = new(StringComparer.Ordinal)
    {
        "AG", "BV", "CO", "COMPANY", "CORP", "CORPORATION", "GBR", "GMBH", "INC", "KG", "LIMITED", "LLC", "LLP", "LTD", "OHG", "PLC",
        "PLLC", "SARL", "THE", "UG", "UND", "AND",
    };

    /// <summary>The text has the invoice's number in it, however it is broken up, and no longer number that contains it.</summary>
    public static bool Names(string? text, string number)
    {
        var wanted = Letters(number);
        if (string.IsNullOrEmpty(text) || wanted.Length == 0) return false;
        if (wanted.Length < LeastLettersInside) return Words(text).Contains(wanted);
        var all = Letters(text);
        var at = -1;
        while ((at = all.IndexOf(wanted, at + 1, StringComparison.Ordinal)) >= 0)
        {
            var end = at + wanted.Length;
            var isCutOff = (at > 0 && char.IsAsciiDigit(all[at - 1]) && char.IsAsciiDigit(wanted[0]))
                || (end < all.Length && char.IsAsciiDigit(all[end]) && char.IsAsciiDigit(wanted[^1]));
            if (!isCutOff) return true;
        }
        return false;
    }

    /// <summary>All words of the shorter name are in the longer one, legal forms aside.</summary>
    public static bool IsSameName(string? payer, string? client)
    {
        if (payer is null || client is null) return false;
        var (one, other) = (NameWords(payer), NameWords(client));
        var (few, many) = one.Count <= other.Count ? (one, other) : (other, one);
        return few.Any(word => word.Length >= LeastLettersOfWord) && few.IsSubsetOf(many);
    }

    private static HashSet<string> NameWords(string name) =>
        Words(name).Where(word => !LegalForms.Contains(word)).ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var letter in Plain(text))
        {
            if (char.IsLetterOrDigit(letter)) word.Append(letter);
            else if (letter != '\'')
            {
                if (word.Length > 0) yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0) yield return word.ToString();
    }

    private static string Letters(string text) => string.Concat(Plain(text).Where(char.IsLetterOrDigit));

    /// <summary>Capitals without the accents of western Europe, which banks drop.</summary>
    private static IEnumerable<char> Plain(string text) => text.Select(char.ToUpperInvariant).Select(letter => letter switch
    {
        >= 'À' and <= 'Å' => 'A',
        'Ç' => 'C',
        >= 'È' and <= 'Ë' => 'E',
        >= 'Ì' and <= 'Ï' => 'I',
        'Ñ' => 'N',
        (>= 'Ò' and <= 'Ö') or 'Ø' => 'O',
        >= 'Ù' and <= 'Ü' => 'U',
        'Ý' => 'Y',
        _ => letter,
    });
}
