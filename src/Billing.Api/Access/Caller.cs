using Billing.Domain.Access;
using Billing.EventStore.Port;

namespace Billing.Api.Access;

/// <summary>What a member may be. Several together say who may use an endpoint.</summary>
[Flags]
public enum Role
{
    None = 0,
    Owner = 1,
    Assistant = 2,
    Bookkeeper = 4,
    Everyone = Owner | Assistant | Bookkeeper,
}

/// <summary>Whose token came with a request.</summary>
/// <param name="TimeZone">IANA name; the member's own.</param>
/// <param name="SeesRates">Whether what work costs may be shown.</param>
/// <param name="Scopes">What the token may do; null for all that the role may.</param>
public sealed record Caller(
    BookId Book, Guid MemberId, Role Role, Guid TokenId, string TimeZone, bool SeesRates = true, TokenScopes? Scopes = null)
{
    /// <summary>Whether the token may be used for that; its role is another matter.</summary>
    public bool Has(NeededScope needed) => needed.Area is not { } area || Scopes?.Allow(area, needed.Writes) != false;

    /// <summary>As it goes into the metadata of events.</summary>
    public string Actor { get; } = $"member:{MemberId:D}";
}
