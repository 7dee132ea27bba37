using Billing.Api.Http;
using Billing.Domain;
using Billing.Domain.Access;
using Billing.Projections.Access;

namespace Billing.Api.Access;

/// <summary>The tokens of a practice's members: issued, listed and revoked.</summary>
public static class TokenEndpoints
{
    private static readonly object TokenKey = new();

    public static void MapTokens(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<TokenView>>("/tokens", Role.Owner, call =>
        {
            var uses = call.Service<TokenUses>().Of(call.Book);
            IReadOnlyList<TokenView> tokens = [.. call.Service<AccessQueries>().Tokens(call.Book).Select(token =>
                uses.TryGetValue(token.TokenId, out var hour) ? token with { LastUsedAt = hour } : token)];
            return new(Lists.All(tokens));
        });

        v1.Command<IssueTokenBody>(
            "/tokens", Role.Owner, IssueToken,
            (call, done) =>
            {
                var issued = done.Find<BusinessEvent.AccessTokenIssued>();
                var secret = done.Replayed || issued is null ? null : (string)call.Http.Items[TokenKey]!;
                var id = issued?.TokenId ?? call.Body.Id!.Value;
                return new Answer(new IssuedToken(id, done.Version, Answers.Position(done), secret), $"/v1/tokens/{id:D}");
            },
            afterOwnWrites: body => body.Scopes is not null);

        v1.Command<NoBody>("/tokens/{id:guid}:revoke", Role.Owner, call => new RevokeTokenCommand(
                call.Context, new RevokeToken(call.RouteId(), call.Now)),
            (call, done) => Answers.Changed(done, call.RouteId()));
    }

    private static IssueTokenCommand? IssueToken(CommandCall<IssueTokenBody> call)
    {
        if (RefuseScopes(call) is { } refusal)
        {
            call.Refuse(refusal);
            return null;
        }
        var secret = Secrets.NewToken();
        call.Http.Items[TokenKey] = secret;
        return new IssueTokenCommand(call.Context, new IssueToken(
            call.IdOrNew(call.Body.Id), call.Body.MemberId, Secrets.HashOf(secret), call.Body.Label, call.Body.ExpiresAt, call.Now,
            call.Body.Scopes));
    }

    /// <summary>What the books cannot know: what the token that asks may do itself, and what a role may do at all.</summary>
    private static Rejection? RefuseScopes(CommandCall<IssueTokenBody> call)
    {
        if (TokenScopes.Refuse(call.Body.Scopes) is { } refusal) return refusal;
        var wished = TokenScopes.Of(call.Body.Scopes);
        if (call.Caller.Scopes is { } own && !own.Cover(wished))
        {
            return new Rejection(
                "scopes-exceed-own",
                $"A token with scopes issues tokens with no more than these; it has {string.Join(", ", own.Names)}.", "/scopes",
                RejectionKind.NotAllowed);
        }
        if (wished is null || call.Http.RequestServices.GetRequiredService<AccessQueries>().Member(call.Caller.Book, call.Body.MemberId)
                is not { } member)
            return null;
        var known = call.Http.RequestServices.GetRequiredService<RoleScopes>().Of(Enum.Parse<Role>(member.Role, ignoreCase: true));
        return wished.Names.FirstOrDefault(name => !known.Contains(name)) is { } useless
            ? new Rejection(
                "scope-not-for-role", $"There is nothing that the role {member.Role} may do with {useless}.",
                $"/scopes/{call.Body.Scopes!.ToList().IndexOf(useless)}", RejectionKind.Invalid)
            : null;
    }
}
