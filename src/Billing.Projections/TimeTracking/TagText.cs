namespace Billing.Projections.TimeTracking;

/// <summary>
/// The tags of an entry lie in its row, each between two line breaks, which no tag has in it: so a tag is found in both
/// databases by what is left without it.
/// </summary>
internal static class TagText
{
    private const char Break = '\n';

    public static string? Of(IReadOnlyList<string>? tags) =>
        tags is null or { Count: 0 } ? null : $"{Break}{string.Join($"{Break}{Break}", tags)}{Break}";

    /// <summary>What stands in the row of every entry that has the tag.</summary>
    public static string Sought(string tag) => $"{Break}{tag.Trim()}{Break}";

    public static IReadOnlyList<string> Tags(string? text) =>
        text?.Split(Break, StringSplitOptions.RemoveEmptyEntries) ?? [];
}
