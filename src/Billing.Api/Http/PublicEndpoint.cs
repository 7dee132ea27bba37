namespace Billing.Api.Http;

/// <summary>On an endpoint that takes no token: why that is right.</summary>
public sealed record PublicEndpoint(string Reason)
{
    public static PublicEndpoint Because(string reason) => new(reason);
}
