namespace Billing.Domain.Access;

/// <summary>
/// What a token may do where that is less than all that its member's role may: areas of the work, each to be read or to be written.
/// Who may write in an area may read there too.
/// </summary>
/// <param name="Text">As it is stored: the names in their order, with a space between each.</param>
public sealed record TokenScopes(string Text)
{
    public const string Read = "read", Write = "write";

    /// <summary>The areas that all of the work is divided into. Which address belongs to which is the API's table.</summary>
    public static IReadOnlyList<string> Areas { get; } =
    [
        "access", "business", "changes", "clients", "engagements", "exchange", "expenses", "export", "invoices", "mail", "payments",
        "quotes", "reports", "retainers", "tax", "time", "webhooks",
    ];

    /// <summary>Every scope that there is, such as <c>time:write</c>.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Areas.SelectMany(area => (string[])[Name(area, writes: false), Name(area, writes: true)])];

    public IReadOnlyList<string> Names { get; } = Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string Name(string area, bool writes) => $"{area}:{(writes ? Write : Read)}";

    /// <summary>Of names that <see cref="Refuse"/> has let pass; null, as for tokens that are not narrowed, where there are none.</summary>
    public static TokenScopes? Of(IReadOnlyList<string>? names) =>
        names is null ? null : new(string.Join(' ', names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));

    /// <summary>As it was stored; null for a token that may do what its member's role may.</summary>
    public static TokenScopes? Stored(string? text) => text is null ? null : new(text);

    /// <summary>Null where a token can be issued with them: <c>scopes-empty</c>, <c>scope-unknown</c>.</summary>
    /// <param name="names">Null for a token that is not narrowed.</param>
    public static Rejection? Refuse(IReadOnlyList<string>? names)
    {
        if (names is null) return null;
        if (names.Count == 0)
        {
            return new Rejection(
                "scopes-empty", "A token without any scope could do nothing; name one, or leave scopes out for all that the role may.",
                "/scopes", RejectionKind.Invalid);
        }
        var known = names.TakeWhile(name => All.Contains(name, StringComparer.Ordinal)).Count();
        if (known == names.Count) return null;
        // A list of JSON may hold null, whatever its type says.
        var unknown = names[known] ?? "";
        return new Rejection(
            "scope-unknown",
            $"'{unknown[..Math.Min(unknown.Length, MostShown)]}' is no scope. Write an area and what may be done there, such as "
            + $"time:write or invoices:read; the areas are {string.Join(", ", Areas)}.",
            $"/scopes/{known}", RejectionKind.Invalid);
    }

    public bool Allow(string area, bool writes) =>
        Names.Contains(Name(area, writes: true), StringComparer.Ordinal)
        || (!writes && Names.Contains(Name(area, writes: false), StringComparer.Ordinal));

    /// <summary>Whether everything that the others allow is allowed by these too.</summary>
    /// <param name="others">Null for all that a role may.</param>
    public bool Cover(TokenScopes? others) => others?.Names.All(name =>
        name.Split(':') is [var area, var deed] && Allow(area, deed == Write)) == true;

    /// <summary>By the text alone, from which the names are made.</summary>
    public bool Equals(TokenScopes? other) => other?.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    private const int MostShown = 50;
}
