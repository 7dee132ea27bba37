using System.Net;
using Billing.StripeStandIn.Api;
using Billing.StripeStandIn.Control;
using Billing.StripeStandIn.Pages;
using Billing.StripeStandIn.Payments;
using Billing.StripeStandIn.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Billing.StripeStandIn;

/// <summary>
/// A small Stripe of our own on a loopback port: the API calls we make, the checkout page, signed webhooks, and
/// controls to play what can go wrong. Its state lives in memory and ends with it.
/// </summary>
public sealed class StripeStandInServer : IAsyncDisposable
{
    private static readonly TimeSpan CatchUpEvery = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stopping = new();
    private readonly WebApplication? _web;
    private readonly Func<HttpContext, Task> _route;
    private readonly Sandbox _sandbox;
    private readonly ITimer _timer;

    private StripeStandInServer(StripeStandInOptions options, bool hasPort)
    {
        // Every event goes from the sandbox to the webhooks, and the webhooks mark it when it is delivered.
        Webhooks = new WebhookControl(options, webhooks => new Sandbox(
            options.TimeProvider, options.AccountId, options.ConnectedAccountIds, webhooks.Enqueue));
        _sandbox = Webhooks.Sandbox;
        Checkout = new CheckoutControl(_sandbox);
        SavedMethods = new SavedMethodControl(_sandbox);
        Connect = new ConnectControl(_sandbox);
        var pages = new CheckoutPages(_sandbox, Checkout);
        var api = new ApiPipeline(options, _sandbox, Faults, Endpoints());
        var control = new ControlEndpoints(options.ApiKey, Checkout, Connect, Webhooks, Faults);
        _route = http => Route(http, api, pages, control);
        if (hasPort)
        {
            _web = Build(options.Port);
            _web.Run(http => _route(http));
        }
        _timer = options.TimeProvider.CreateTimer(_ => CatchUp(), null, CatchUpEvery, CatchUpEvery);
    }

    /// <summary>Stripe.net's <c>ApiBase</c>, and where the checkout pages are: <c>http://127.0.0.1:port</c>.</summary>
    public Uri BaseAddress { get; private set; } = new("http://127.0.0.1");

    /// <summary>Payers, banks and time.</summary>
    public CheckoutControl Checkout { get; }

    /// <summary>Kept methods and charges without the payer.</summary>
    public SavedMethodControl SavedMethods { get; }

    /// <summary>Connected accounts and their owners.</summary>
    public ConnectControl Connect { get; }

    /// <summary>Webhooks and how they arrive.</summary>
    public WebhookControl Webhooks { get; }

    /// <summary>Failing API calls.</summary>
    public FaultControl Faults { get; } = new();

    /// <summary>Starts listening. Dispose it to stop.</summary>
    public static async Task<StripeStandInServer> Start(
        StripeStandInOptions options, CancellationToken cancellation = default)
    {
        var server = new StripeStandInServer(options, hasPort: true);
        try
        {
            await server._web!.StartAsync(cancellation);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        server.BaseAddress = new Uri(server._web.Urls.Single());
        return server;
    }

    /// <summary>Without a port: requests come in by handlers of <see cref="InProcess"/> alone. Dispose it to stop.</summary>
    public static StripeStandInServer WithoutPort(StripeStandInOptions options) => new(options, hasPort: false);

    /// <summary>Takes the requests of an <see cref="HttpClient"/> in this process, without any network.</summary>
    public HttpMessageHandler InProcess() => new InProcessHandler(_route);

    /// <summary>Ends open requests and the webhooks still queued.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _timer.DisposeAsync();
        if (_web is not null)
        {
            await _web.StopAsync(CancellationToken.None);
            await _web.DisposeAsync();
        }
        await Webhooks.DisposeAsync();
        _stopping.Dispose();
    }

    private List<ApiEndpoint> Endpoints() =>
    [
        .. new CheckoutEndpoints(_sandbox, () => new Uri(BaseAddress, CheckoutPages.Path).ToString()).All,
        .. new PaymentEndpoints(_sandbox).All,
        .. new IntentEndpoints(_sandbox, SavedMethods).All,
        .. new RefundEndpoints(_sandbox).All,
        .. DisputeEndpoints.All,
        .. PayoutEndpoints.All,
        .. new AccountEndpoints(_sandbox, () => BaseAddress.ToString()).All,
    ];

    private Task Route(HttpContext http, ApiPipeline api, CheckoutPages pages, ControlEndpoints control)
    {
        var path = http.Request.Path.ToString();
        if (path.StartsWith("/v1/", StringComparison.Ordinal)) return api.Handle(http, _stopping.Token);
        if (path.StartsWith(CheckoutPages.Path, StringComparison.Ordinal)) return pages.Handle(http);
        if (path.StartsWith("/_control/", StringComparison.Ordinal)) return control.Handle(http);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private void CatchUp()
    {
        lock (_sandbox.Gate) _sandbox.CatchUp();
    }

    /// <summary>
    /// Empty: no settings files, no environment, no logging and no signal handlers, so that it can live beside
    /// the product in one process.
    /// </summary>
    private static WebApplication Build(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        return builder.Build();
    }

    /// <summary>The owner says when to stop, not a signal.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
