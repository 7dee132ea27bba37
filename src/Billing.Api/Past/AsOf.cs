using Billing.Api.Http;

namespace Billing.Api.Past;

/// <summary>The parameter <c>asOf</c>, and in which of three ways a query takes it.</summary>
public static class AsOf
{
    public const string Name = "asOf";

    /// <summary>Of a query that reads the read models: they are filled as far as the place.</summary>
    public const string Known = Name;

    /// <summary>Of a query that folds the book and looks into no read model.</summary>
    public const string KnownInBook = "asOf, book alone";

    /// <summary>
    /// Of a query that looks at things on a day. A day is that, with all that is known now; an instant or a place is what was known
    /// then, looked at on its day.
    /// </summary>
    public const string DayOrKnown = "asOf, or day";

    private const string KnownThen =
        "What was known then: at the end of a day where the practice is, at an instant such as 2026-03-01T00:00:00Z, or at a place in the "
        + "book such as 120. Now unless given. Its day is then what today is otherwise.";

    internal static IReadOnlyList<QueryParameter> Parameters { get; } =
    [
        new(Name, "string", null, KnownThen),
        new(Name, "string", null, KnownThen) { Key = KnownInBook },
        new(
            Name, "string", null,
            "The day on which it is looked at, with all that is known now; today unless given. Or an instant such as 2026-03-01T00:00:00Z "
            + "or a place in the book: what was known then, looked at on its day.") { Key = DayOrKnown },
    ];
}
