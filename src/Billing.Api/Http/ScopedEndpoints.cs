using Billing.Api.Access;

namespace Billing.Api.Http;

/// <summary>On an endpoint that is sent a body and writes nothing all the same.</summary>
public sealed record WritesNothing;

/// <summary>Endpoints are told which scope they ask for, by their addresses and by whether they write.</summary>
public static class ScopedEndpoints
{
    /// <summary>Marks every endpoint of the group that takes a member's token.</summary>
    public static void MarkScopes(this RouteGroupBuilder group) => ((IEndpointConventionBuilder)group).Finally(endpoint =>
    {
        if (endpoint is RouteEndpointBuilder route && endpoint.Metadata.OfType<AllowedRoles>().Any())
            endpoint.Metadata.Add(ScopeAreas.Of(route.RoutePattern.RawText!, Writes(endpoint)));
    });

    private static bool Writes(EndpointBuilder endpoint) => !endpoint.Metadata.OfType<WritesNothing>().Any()
        && endpoint.Metadata.OfType<IHttpMethodMetadata>().Any(methods => methods.HttpMethods is not ["GET"]);
}
