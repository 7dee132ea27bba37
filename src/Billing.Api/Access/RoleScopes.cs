using Billing.Api.Http;

namespace Billing.Api.Access;

/// <summary>Which scopes are of any use to whom: those that an endpoint asks for which the role may use.</summary>
public sealed class RoleScopes(EndpointDataSource endpoints)
{
    private readonly Lazy<ILookup<Role, string>> _known = new(() => endpoints.Endpoints
        .Select(endpoint => (endpoint.Metadata.GetMetadata<AllowedRoles>()?.Roles, endpoint.Metadata.GetMetadata<NeededScope>()?.Name))
        .Where(pair => pair is { Roles: not null, Name: not null })
        .SelectMany(pair => new[] { Role.Owner, Role.Assistant, Role.Bookkeeper }
            .Where(role => pair.Roles!.Value.HasFlag(role)).Select(role => (role, pair.Name!)))
        .Distinct().ToLookup(pair => pair.role, pair => pair.Item2));

    /// <param name="role">A single one.</param>
    public IReadOnlyCollection<string> Of(Role role) => [.. _known.Value[role]];
}
