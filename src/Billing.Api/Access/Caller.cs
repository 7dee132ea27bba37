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
public sealed record Caller(BookId Book, Guid MemberId, Role Role, Guid TokenId, string TimeZone)
{
    /// <summary>As it goes into the metadata of events.</summary>
    public string Actor { get; } = $"member:{MemberId:D}";
}
