using Billing.Api.Hosting;

namespace Billing.Api.Demo;

/// <summary>
/// The sample practice in a book of its own beside the real ones, for somebody who wants to look around first. It is made once in the
/// life of a server, and only where it can reach nobody: without a mail server, without Stripe, and where one owner has the server alone.
/// </summary>
public sealed class SamplePractice(IServiceProvider services, BillingOptions options) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private DemoTokens? _made;

    public bool IsOffered => options is { Mail.HasServer: false, Stripe.IsConfigured: false, OperatorToken: null, Store: Stores.Sqlite };

    /// <summary>The token of its owner.</summary>
    /// <param name="address">Of this server, for its links.</param>
    /// <exception cref="InvalidOperationException">It is not offered here.</exception>
    public async Task<string> OwnerToken(Uri address, CancellationToken cancellationToken)
    {
        if (!IsOffered) throw new InvalidOperationException("The sample practice is not offered on this server.");
        await _one.WaitAsync(cancellationToken);
        try
        {
            // Who turns away meanwhile finds it finished when they come again.
            _made ??= await new DemoPractice(services, standIn: null, address).Make(CancellationToken.None);
            return _made.Owner;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
