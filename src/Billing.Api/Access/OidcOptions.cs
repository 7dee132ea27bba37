namespace Billing.Api.Access;

/// <summary>An identity provider (OpenID Connect) whose tokens let members in whom one of its identities is linked to.</summary>
public sealed class OidcOptions
{
    /// <summary>
    /// Address under which the provider describes itself, at <c>/.well-known/openid-configuration</c>; left out, there is none.
    /// </summary>
    public Uri? Authority { get; set; }

    /// <summary>For whom its tokens must be made out: the name of this server there.</summary>
    public string? Audience { get; set; }

    public bool IsConfigured => Authority is not null;

    /// <summary>Whether what is fetched of the provider must come by https. On this machine itself nobody listens in.</summary>
    internal bool MustBeHttps => Authority is not { IsLoopback: true };

    internal string? Fault() => this switch
    {
        { Authority: null, Audience: not null } => "Billing:Oidc:Audience is set, but Billing:Oidc:Authority is not.",
        { Authority: null } => null,
        { Authority: var authority } when !authority.IsAbsoluteUri || authority.Scheme is not ("http" or "https")
            || authority.Query.Length > 0 || authority.Fragment.Length > 0 || authority.UserInfo.Length > 0 =>
            $"Billing:Oidc:Authority '{authority}' is no plain https address.",
        { Authority: { Scheme: "http" } authority } when MustBeHttps =>
            $"Billing:Oidc:Authority '{authority}' is http; keys that come that way could be anybody's. Name an https address.",
        { Audience: var audience } when string.IsNullOrWhiteSpace(audience) =>
            "Billing:Oidc:Authority is set, but Billing:Oidc:Audience is not; tokens for other programs would be taken.",
        _ => null,
    };
}
