using Billing.Api.Http;
using Billing.Projections.Access;

namespace Billing.Api.Access;

public static class BusinessQueryEndpoints
{
    public static void MapBusinessQueries(this IEndpointRouteBuilder v1)
    {
        v1.Query<BusinessView>("/business", Role.Everyone, call => new(
            Lists.One(call.Service<AccessQueries>().Business(call.Book), "practice", view => view.Version)));

        v1.Query<ListView<MemberView>>("/members", Role.Owner | Role.Bookkeeper, call => new(
            Lists.All(call.Service<AccessQueries>().Members(call.Book))));

        v1.Query<CallerView>("/me", Role.Everyone, call =>
        {
            var member = call.Service<AccessQueries>().Member(call.Book, call.Caller.MemberId)!;
            return new(CallerView.Of(call.Caller, member));
        });
    }
}

/// <summary>Whose token was sent.</summary>
/// <param name="Scopes">What the token may do; null for all that the role may.</param>
public sealed record CallerView(
    Guid BusinessId, Guid MemberId, string? Name, string Role, string TimeZone, IReadOnlyList<string>? Scopes = null)
{
    public static CallerView Of(Caller caller, MemberView member) =>
        new(caller.Book.Value, caller.MemberId, member.Name, member.Role, member.TimeZone, caller.Scopes?.Names);
}
