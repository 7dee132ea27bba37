using System.ComponentModel.DataAnnotations;

namespace Billing.Api.Http;

/// <summary>
/// Text of at least one and at most so many characters, without control characters other than line breaks and tabs. On a
/// list it holds for each item.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TextAttribute(int maxLength) : ValidationAttribute
{
    public int MaxLength { get; } = maxLength;

    /// <summary>Whether empty text is good too.</summary>
    public bool MayBeEmpty { get; init; }

    public override bool IsValid(object? value) => value switch
    {
        null => true,
        string text => IsGood(text),
        IEnumerable<string> texts => texts.Count() <= 20 && texts.All(IsGood),
        _ => false,
    };

    public override string FormatErrorMessage(string name) =>
        $"{name} must have {(MayBeEmpty ? 0 : 1)} to {MaxLength} characters and no control characters.";

    private bool IsGood(string? text) =>
        text?.Length <= MaxLength && (MayBeEmpty || !string.IsNullOrWhiteSpace(text)) &&
        !text.Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t'));
}
