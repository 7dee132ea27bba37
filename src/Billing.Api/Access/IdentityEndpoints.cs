using System.Net.Mime;
using Billing.Api.Commands;
using Billing.Api.Http;
using Billing.Domain.Access;
using Billing.Projections.Access;

namespace Billing.Api.Access;

/// <param name="IdentityToken">A token that the identity provider issued to the caller, for this server.</param>
public sealed record LinkIdentityBody([property: Text(IdentityTokens.MostCharacters)] string IdentityToken, Guid? Id = null);

/// <summary>
/// By which identities of the identity provider members come in. Whoever links one shows both a token of ours and one of the provider's, so
/// that nobody can claim an identity, or be claimed by a practice, that is not theirs.
/// </summary>
public static class IdentityEndpoints
{
    public static void MapIdentities(this IEndpointRouteBuilder v1)
    {
        v1.Query<ListView<IdentityView>>("/identities", Role.Owner, call =>
        {
            var uses = call.Service<TokenUses>().Of(call.Book);
            IReadOnlyList<IdentityView> identities = [.. call.Service<AccessQueries>().Identities(call.Book).Select(identity =>
                uses.TryGetValue(identity.LinkId, out var hour) ? identity with { LastUsedAt = hour } : identity)];
            return new(Lists.All(identities));
        });

        v1.MapPost("/identities", (Delegate)Link)
            .WithMetadata(new AllowedRoles(Role.Everyone), new TakesCommand())
            .Accepts<LinkIdentityBody>(MediaTypeNames.Application.Json)
            .Produces<Receipt>();

        v1.Command<NoBody>("/identities/{id:guid}:unlink", Role.Owner, call => new ChangeIdentitiesCommand(
                call.Context, state => Business.Decide(state, new UnlinkIdentity(call.RouteId(), call.Now))),
            (call, done) => Answers.Changed(done, call.RouteId()));
    }

    private static async Task<IResult> Link(HttpContext http, IdentityTokens identities, CommandBus bus)
    {
        var (call, problem) = await EndpointMapping.Read<LinkIdentityBody>(http, Role.Everyone);
        if (call is null) return problem!.AsResult();
        if (call.Caller.Scopes is not null)
        {
            return Problem.Of(
                403, "scopes-exceed-own", "An identity may do all that its member may: link it with a token without scopes.").AsResult();
        }
        if (!identities.AreTaken)
            return Problem.Of(409, "oidc-not-configured", "This server takes no identity provider's tokens.").AsResult();
        var (identity, why) = await identities.Verify(call.Body.IdentityToken, http.RequestAborted);
        if (identity is null)
        {
            const string code = "identity-token-not-good";
            var detail = $"The identity provider's token is not good: {why}.";
            return Problem.Of(422, code, detail, [new FieldProblem("/identityToken", code, detail)]).AsResult();
        }
        var wish = new LinkIdentity(
            call.IdOrNew(call.Body.Id), call.Caller.MemberId, identity.Hash, identity.Issuer, identity.Subject, call.Now);
        var result = await bus.Send(
            call.Context, () => new ChangeIdentitiesCommand(call.Context, state => Business.Decide(state, wish)), http.RequestAborted);
        return EndpointMapping.Render(http, result!, done => Answers.Created(
            done, done.Find<BusinessEvent.IdentityLinked>()?.LinkId ?? wish.LinkId, "/v1/identities"));
    }
}
