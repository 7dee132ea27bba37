using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Billing.Api.Hosting;

/// <summary>Where clients reach this server, for work that no request asked for.</summary>
public sealed class ReachableAddress(BillingOptions options, IServer server)
{
    /// <summary>The configured one, or where it listens; null before it does.</summary>
    public Uri? Now => options.PublicUrl
        ?? (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } listening ? new Uri(listening) : null);
}
