using System.Text.RegularExpressions;
using Billing.Domain.Access;

namespace Billing.Api.Access;

/// <summary>On each endpoint that takes a token: which scope a token that has only some must have for it.</summary>
/// <param name="Area">One of <see cref="TokenScopes.Areas"/>; null where any token will do.</param>
public sealed record NeededScope(string? Area, bool Writes)
{
    /// <summary>Such as <c>time:write</c>; null where any token will do.</summary>
    public string? Name => Area is null ? null : TokenScopes.Name(Area, Writes);
}

/// <summary>
/// Which area of the work an address belongs to: the one table of it. A row is the beginning of an address, with <c>*</c> for what
/// differs, and of several that fit the longest counts.
/// </summary>
public static partial class ScopeAreas
{
    /// <summary>For addresses that tell a token nothing but whose it is, or lead to others that ask for their own.</summary>
    private const string Any = "any";

    /// <summary>The rows: beginnings of addresses under <c>/v1</c>, and their areas.</summary>
    public static IReadOnlyDictionary<string, string> Table { get; } = Rows(
        (Any, "me mcp"),
        ("access", "members tokens identities"),
        ("business", "business chain"),
        ("changes", "changes events"),
        ("clients", "clients"),
        ("engagements", "engagements budget-alerts"),
        ("exchange", "imports"),
        ("export", "export export.zip"),
        ("expenses", "expenses expense-categories expense-policy recurring-expenses trips vehicles"),
        ("invoices", "invoices recurring-invoices credit-notes late-fees proposals unbilled e-invoicing clients/*/unbilled "
            + "invoices.quickbooks.csv"),
        ("mail", "mails mail-policy mail-reports reminders"),
        ("payments",
            "payments bank-lines bank-statements disputes payouts stripe-account clients/*/credit clients/*/collection "
            + "invoices/*:collect invoices/*:checkout"),
        ("quotes", "quotes"),
        ("reports", "reports receivables cash journal journal.hledger journal.beancount clients/*/statement"),
        ("retainers", "retainers unearned"),
        ("tax", "tax-years tax-policy tax-links tax-calendar.ics sales-tax"),
        ("time", "time-entries timer timers weeks hours.timeclock hours.timedot hours.ics"),
        ("webhooks", "webhooks"));

    /// <summary>The scope that an endpoint asks for.</summary>
    /// <param name="route">As <c>/v1/clients/{id:guid}:describe</c>.</param>
    /// <exception cref="InvalidOperationException">No row of the table fits it.</exception>
    public static NeededScope Of(string route, bool writes)
    {
        var area = Table[RowOf(route) ?? throw new InvalidOperationException($"No row of the table of scopes has {route}.")];
        return new NeededScope(area == Any ? null : area, writes);
    }

    /// <summary>The row of the table that counts for a route; null where none does.</summary>
    public static string? RowOf(string route)
    {
        var address = Parameter().Replace(route, "*").TrimStart('/');
        if (address.StartsWith("v1/", StringComparison.Ordinal)) address = address["v1/".Length..];
        return Table.Keys.Where(row => Begins(address, row)).MaxBy(row => row.Length);
    }

    private static bool Begins(string address, string row) => address.StartsWith(row, StringComparison.Ordinal)
        && (address.Length == row.Length || address[row.Length] is '/' or ':');

    private static Dictionary<string, string> Rows(params (string Area, string Beginnings)[] areas) => areas
        .SelectMany(one => one.Beginnings.Split(' ').Select(beginning => (beginning, one.Area)))
        .ToDictionary(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
