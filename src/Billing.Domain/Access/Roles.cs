namespace Billing.Domain.Access;

/// <summary>What a member may be in a practice. What each may do is the API's table of endpoints and roles.</summary>
public static class Roles
{
    /// <summary>Runs the practice.</summary>
    public const string Owner = "owner";

    /// <summary>Does work for clients and writes down the time it took.</summary>
    public const string Assistant = "assistant";

    /// <summary>Looks after the books.</summary>
    public const string Bookkeeper = "bookkeeper";

    public static IReadOnlyList<string> All { get; } = [Owner, Assistant, Bookkeeper];
}
