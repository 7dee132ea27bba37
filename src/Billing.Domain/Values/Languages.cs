namespace Billing.Domain.Values;

/// <summary>The languages in which clients are written to, by their ISO 639-1 codes.</summary>
public static class Languages
{
    public const string English = "en";
    public const string German = "de";

    /// <summary>For clients of whom nothing is said.</summary>
    public const string Default = English;

    public static IReadOnlyList<string> All { get; } = [English, German];

    /// <summary>Null where mails and statements can be written in it, or nothing is said.</summary>
    public static Rejection? Refuse(string? language, string field) => language is null || All.Contains(language)
        ? null
        : new Rejection(
            "language-unknown", $"Clients are written to in one of {string.Join(", ", All)}.", field, RejectionKind.Invalid);
}
