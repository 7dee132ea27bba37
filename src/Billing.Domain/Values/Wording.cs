using System.Text;

namespace Billing.Domain.Values;

/// <summary>
/// What free text may be wherever somebody types it: names, addresses, notes. Each rule answers null where the text is
/// fine. Lengths are in UTF-16 code units, as JSON and .NET count them.
/// </summary>
public static class Wording
{
    public const int NameMaxLength = 200;

    /// <summary>RFC 5321 lets no address be longer.</summary>
    public const int EmailMaxLength = 254;

    public const int AddressMaxLines = 10;

    /// <summary>Notes come in pasted from chats and tickets and run to thousands of letters.</summary>
    public const int NoteMaxLength = 5000;

    /// <summary>A single line that must say something.</summary>
    public static Rejection? RefuseName(string? text, string field) => string.IsNullOrWhiteSpace(text)
        ? Invalid("text-missing", "This needs a text that is not blank.", field)
        : RefuseLine(text, NameMaxLength, field);

    /// <summary>A single line, which may be left out.</summary>
    public static Rejection? RefuseLine(string? text, int maxLength, string field) =>
        Refuse(text, maxLength, field, allowsLineBreaks: false);

    /// <summary>Text of any number of lines, which may be left out.</summary>
    public static Rejection? RefuseNote(string? text, string field) =>
        Refuse(text, NoteMaxLength, field, allowsLineBreaks: true);

    /// <summary>Something with one @ between two parts, which may be left out; only mail can tell whether mail arrives.</summary>
    public static Rejection? RefuseEmail(string? email, string field)
    {
        if (email is null) return null;
        var at = email.IndexOf('@', StringComparison.Ordinal);
        var isPlausible = at > 0 && at == email.LastIndexOf('@') && at < email.Length - 1 && !email.Any(char.IsWhiteSpace);
        return isPlausible
            ? RefuseLine(email, EmailMaxLength, field)
            : Invalid("email-malformed", "This is no e-mail address; write it as name@example.com or leave it out.", field);
    }

    /// <summary>Lines as they stand on an envelope; none of them blank.</summary>
    public static Rejection? RefuseAddress(IReadOnlyList<string> lines, string field) => lines.Count > AddressMaxLines
        ? Invalid("address-too-long", $"An address has at most {AddressMaxLines} lines.", field)
        : lines.Select((line, i) => RefuseName(line, $"{field}/{i}")).FirstOrDefault(refusal => refusal is not null);

    private static Rejection? Refuse(string? text, int maxLength, string field, bool allowsLineBreaks)
    {
        if (text is null) return null;
        if (text.Length > maxLength)
            return Invalid("text-too-long", $"This text has {text.Length} letters; at most {maxLength} are kept.", field);
        return IsPrintable(text, allowsLineBreaks)
            ? null
            : Invalid("text-unprintable", "This text has control characters or broken Unicode in it; take them out.", field);
    }

    /// <summary>Few of those who come after can store or print control characters and halves of surrogate pairs.</summary>
    private static bool IsPrintable(string text, bool allowsLineBreaks)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done) return false;
            var isLayout = rune.Value is '\n' or '\r' or '\t';
            if (Rune.IsControl(rune) && !(isLayout && allowsLineBreaks)) return false;
            rest = rest[length..];
        }
        return true;
    }

    private static Rejection Invalid(string code, string detail, string field) =>
        new(code, detail, field, RejectionKind.Invalid);
}
