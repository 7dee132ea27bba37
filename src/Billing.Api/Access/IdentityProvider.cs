using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using NodaTime;

namespace Billing.Api.Access;

/// <summary>
/// What the identity provider says of itself: who issues, and by which keys. It is fetched by the first request that needs it, again after
/// an hour, and at most once a minute for a key that is not known yet. What can't be fetched again stays as it was known.
/// </summary>
internal sealed class IdentityProvider(OidcOptions options, IClock clock) : IDisposable
{
    private static readonly Duration KnownFor = Duration.FromHours(1), BetweenRenewals = Duration.FromMinutes(1),
        BetweenFailures = Duration.FromSeconds(5);

    private readonly string _address = $"{options.Authority!.AbsoluteUri.TrimEnd('/')}/.well-known/openid-configuration";

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private OpenIdConnectConfiguration? _known;
    private Exception? _fault;
    private Instant _dueAt = Instant.MinValue, _renewedAt = Instant.MinValue;

    /// <exception cref="IdentityProviderException">Nothing was ever fetched.</exception>
    public async ValueTask<OpenIdConnectConfiguration> Described(CancellationToken cancellationToken)
    {
        if (clock.GetCurrentInstant() < _dueAt) return _known ?? throw new IdentityProviderException(_fault!);
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (clock.GetCurrentInstant() >= _dueAt) await Fetch(cancellationToken);
            return _known ?? throw new IdentityProviderException(_fault!);
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>As it describes itself by now, for a token whose key is not among those that are known.</summary>
    /// <returns>Null where it is too early to ask again.</returns>
    public async ValueTask<OpenIdConnectConfiguration?> Renewed(
        OpenIdConnectConfiguration seen, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (_known != seen) return _known;
            if (clock.GetCurrentInstant() < _renewedAt + BetweenRenewals) return null;
            _renewedAt = clock.GetCurrentInstant();
            await Fetch(cancellationToken);
            return _known != seen ? _known : null;
        }
        finally
        {
            _fetching.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _fetching.Dispose();
    }

    private async Task Fetch(CancellationToken cancellationToken)
    {
        var wait = BetweenFailures;
        try
        {
            var documents = new HttpDocumentRetriever(_http) { RequireHttps = options.MustBeHttps };
            _known = await OpenIdConnectConfigurationRetriever.GetAsync(_address, documents, cancellationToken);
            wait = KnownFor;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested
            && e is InvalidOperationException or IOException or HttpRequestException or OperationCanceledException or ArgumentException)
        {
            _fault = e;
        }
        _dueAt = clock.GetCurrentInstant() + wait;
    }
}

/// <summary>What the identity provider says of itself can't be fetched, so that nobody can tell whether a token is its.</summary>
public sealed class IdentityProviderException(Exception inner) : Exception("The identity provider can't be reached.", inner);
