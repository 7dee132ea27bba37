using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Billing.Domain.Taxes.UsStates;

/// <summary>A state of the United States, or the District of Columbia.</summary>
/// <param name="Code">Two letters of the postal service, upper case.</param>
public sealed record UsState(string Code, string Name)
{
    private static readonly FrozenDictionary<string, UsState> Known = Table().ToFrozenDictionary(
        state => state.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>All of them, by their names.</summary>
    public static IReadOnlyList<UsState> All { get; } = [.. Table()];

    /// <summary>What its tax years are filed under, such as <c>us-ca</c>.</summary>
    [SuppressMessage("Globalization", "CA1308", Justification = "Codes of jurisdictions are lower case.")]
    public string Jurisdiction => $"us-{Code.ToLowerInvariant()}";

    /// <summary>The state of a code, in either case; refuses <c>state-unknown</c>.</summary>
    public static bool TryOf(string? code, [NotNullWhen(true)] out UsState? state, [NotNullWhen(false)] out Rejection? rejection)
    {
        state = code is not null && Known.TryGetValue(code, out var known) ? known : null;
        rejection = state is not null ? null : new Rejection(
            "state-unknown", "This is no state: write its two letters, such as ca for California.", "/state", RejectionKind.Invalid);
        return state is not null;
    }

    /// <summary>Whether tax years are kept under this code of a jurisdiction.</summary>
    public static bool IsJurisdiction(string jurisdiction) => All.Any(state => state.Jurisdiction == jurisdiction);

    private static IEnumerable<UsState> Table() =>
        (
            "AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|"
            + "DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|KS Kansas|KY Kentucky|"
            + "LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana|"
            + "NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|"
            + "OK Oklahoma|OR Oregon|PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|"
            + "VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming").Split('|')
        .Select(entry => new UsState(entry[..2], entry[3..]));
}
