using Billing.Domain.Values;

namespace Billing.Domain.TimeTracking;

/// <summary>
/// Short labels on work, whatever they were sent like: without blanks around them, each once, in the order of their letters.
/// Two lists that hold the same labels are the same.
/// </summary>
public static class TagList
{
    public const int MostTags = 20;
    public const int TagMaxLength = 50;

    /// <summary>As they are kept; null where there are none.</summary>
    public static IReadOnlyList<string>? Kept(IReadOnlyList<string>? tags)
    {
        if (tags is null or { Count: 0 }) return null;
        var kept = tags.Select(tag => tag.Trim()).Distinct(StringComparer.Ordinal).ToArray();
        Array.Sort(kept, StringComparer.Ordinal);
        return kept;
    }

    /// <summary>Whether both hold the same labels, in whatever order and however often.</summary>
    public static bool AreSame(IReadOnlyList<string>? one, IReadOnlyList<string>? other) =>
        (Kept(one) ?? []).SequenceEqual(Kept(other) ?? [], StringComparer.Ordinal);

    /// <summary>Null where each is a line that says something, and they are few.</summary>
    public static Rejection? Refuse(IReadOnlyList<string>? tags, string field)
    {
        if (tags is null or { Count: 0 }) return null;
        if (tags.Count > MostTags)
        {
            return new Rejection(
                "tags-too-many", $"Work has at most {MostTags} tags; say the rest in the note.", field, RejectionKind.Invalid);
        }
        for (var i = 0; i < tags.Count; i++)
        {
            var refusal = Wording.RefuseName(tags[i], $"{field}/{i}")
                ?? Wording.RefuseLine(tags[i], TagMaxLength, $"{field}/{i}");
            if (refusal is not null) return refusal;
        }
        return null;
    }
}
