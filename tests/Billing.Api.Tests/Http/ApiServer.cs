using System.Collections.Concurrent;
using System.Globalization;
using Billing.Api.Hosting;
using Billing.EventStore.Port;
using Billing.Projections.Running;
using Billing.StripeStandIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Billing.Api.Tests.Http;

/// <summary>The server in this process: a real port, a data folder that is removed afterwards.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    public const string OperatorToken = "operator-token-of-these-tests-0001";
    public const string WebhookSecret = "whsec_of_these_tests";
    public const string StripeKey = "sk_test_of_these_tests";
    private const string PositionHeader = "Billing-Position";
    private readonly string _folder;
    private WebApplication _app;
    private readonly SocketsHttpHandler _connections;
    private readonly ErrorLog _log;

    private LastWrite? _lastWrite;

    private ApiServer(
        string folder, WebApplication app, StripeStandInServer? standIn, ErrorLog log, IReadOnlyDictionary<string, string?> settings)
    {
        (_folder, _app, StandIn, _log, Settings) = (folder, app, standIn, log, settings);
        Address = new Uri(app.Urls.Single());
        // Without a propagator the tests' own calls are in no trace: what is traced in this process is the server's.
        _connections = new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, ActivityHeadersPropagator = null };
        Http = new HttpClient(_connections) { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Stripe's stand-in; null where the server takes no payments online.</summary>
    public StripeStandInServer? StandIn { get; private set; }

    public string DataFolder => _folder;

    /// <summary>What it was started with beside that.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; }

    /// <summary>What the server logged as errors: there must be none, whatever is sent.</summary>
    public IReadOnlyCollection<string> Errors => _log.Lines;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <param name="withStripe">Whether payments go to a stand-in of its own.</param>
    /// <param name="store">Opens another event store than the server's own would be, given the data folder.</param>
    /// <param name="settings">Further settings, such as <c>Billing:Mail:Host</c>.</param>
    /// <param name="log">Is told all that is logged, until the server is restarted.</param>
    public static async Task<ApiServer> Start(
        bool withStripe = false, Func<string, IEventStore>? store = null, IReadOnlyDictionary<string, string?>? settings = null,
        ILoggerProvider? log = null)
    {
        settings ??= new Dictionary<string, string?>();
        var folder = Directory.CreateTempSubdirectory("billing-api-tests-").FullName;
        var standIn = withStripe
            ? await StripeStandInServer.Start(new StripeStandInOptions
            {
                ApiKey = StripeKey,
                WebhookRetryDelays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)],
            }, Cancellation)
            : null;
        var errors = new ErrorLog();
        var app = await Serve(folder, "http://127.0.0.1:0", standIn, errors, settings, store, log);
        standIn?.Webhooks.AddEndpoint(new Uri(new Uri(app.Urls.Single()), "/v1/stripe/webhook"), [WebhookSecret]);
        return new ApiServer(folder, app, standIn, errors, settings);
    }

    /// <summary>Every endpoint that the server has, as <c>POST /v1/clients</c>.</summary>
    public IReadOnlyDictionary<string, RouteEndpoint> Routes => Services.GetRequiredService<EndpointDataSource>().Endpoints
        .OfType<RouteEndpoint>()
        .SelectMany(e => e.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Select(
            method => ($"{method} {e.RoutePattern.RawText}", e)))
        .ToDictionary(named => named.Item1, named => named.e, StringComparer.Ordinal);

    /// <summary>Position of the newest event: unchanged means that nothing was written to any practice's books.</summary>
    public async Task<long> Head() => await Services.GetRequiredService<IEventStore>().HeadPosition(Cancellation);

    /// <summary>Waits until the read models show everything that is written.</summary>
    public async Task CatchUp() => Assert.True(await Services.GetRequiredService<ProjectionRunner>()
        .WaitFor(await Head(), TimeSpan.FromSeconds(20), Cancellation), "The read models did not catch up.");

    public async Task<ApiAnswer> Send(HttpRequestMessage request)
    {
        using (request)
        {
            ShowOthersWrites(request);
            using var response = await Http.SendAsync(request, Cancellation);
            var answer = await ApiAnswer.Of(response, Cancellation);
            if (long.TryParse(answer.Header(PositionHeader), NumberStyles.None, CultureInfo.InvariantCulture, out var position)
                && position >= (_lastWrite?.Position ?? 0))
                _lastWrite = new LastWrite(TokenOf(request), position);
            return answer;
        }
    }

    /// <summary>
    /// A token's reads wait for its own writes, not for those of others: who looks at what another did says so, as people's clients would.
    /// </summary>
    private void ShowOthersWrites(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Get && _lastWrite is { } last && last.Token != TokenOf(request)
            && !request.Headers.Contains(PositionHeader))
            request.Headers.Add(PositionHeader, last.Position.ToString(CultureInfo.InvariantCulture));
    }

    private static string? TokenOf(HttpRequestMessage request) => request.Headers.Authorization?.Parameter;

    /// <summary>Stops the server and starts it again on the same files and the same port.</summary>
    /// <param name="meanwhile">Is done while it is stopped.</param>
    public async Task Restart(Func<Task>? meanwhile = null)
    {
        await _app.StopAsync(Cancellation);
        await _app.DisposeAsync();
        _lastWrite = null;
        if (meanwhile is not null) await meanwhile();
        _app = await Serve(_folder, Address.GetLeftPart(UriPartial.Authority), StandIn, _log, Settings);
    }

    /// <summary>Stripe is gone from here on, with all that its stand-in has remembered in this process.</summary>
    public async Task EndStripe()
    {
        if (StandIn is not null) await StandIn.DisposeAsync();
        StandIn = null;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _connections.Dispose();
        await EndStripe();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<WebApplication> Serve(
        string folder, string url, StripeStandInServer? standIn, ErrorLog log, IReadOnlyDictionary<string, string?> settings,
        Func<string, IEventStore>? store = null, ILoggerProvider? further = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.WebHost.UseUrls(url);
        builder.Configuration["Billing:DataFolder"] = folder;
        builder.Configuration["Billing:OperatorToken"] = OperatorToken;
        // Tests that look whether anything was written want nothing written beside them.
        builder.Configuration["Billing:Mail:Sends"] = "false";
        builder.Configuration["Billing:RunsRecurringInvoices"] = "false";
        if (standIn is not null)
        {
            builder.Configuration["Billing:Stripe:ApiKey"] = StripeKey;
            builder.Configuration["Billing:Stripe:ApiBase"] = standIn.BaseAddress.GetLeftPart(UriPartial.Authority);
            builder.Configuration["Billing:Stripe:WebhookSecrets:0"] = WebhookSecret;
            builder.Configuration["Billing:Stripe:Collects"] = "false";
        }
        // Tests send more than any office, and much that is wrong.
        foreach (var allowance in new[] { "Token", "Address", "Failures" })
            builder.Configuration[$"Billing:RateLimit:{allowance}:Burst"] = "1000000";
        foreach (var (name, value) in settings) builder.Configuration[name] = value;
        if (store is not null) builder.Services.AddSingleton(_ => store(folder));
        builder.Logging.ClearProviders().AddProvider(log);
        if (further is not null) builder.Logging.AddProvider(further);
        var app = await BillingServer.Build(builder);
        await app.StartAsync(Cancellation);
        return app;
    }

    private sealed record LastWrite(string? Token, long Position);

    /// <summary>Keeps what is logged as an error, with its exception.</summary>
    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Lines.Enqueue($"{formatter(state, exception)} {exception}");
        }

        public void Dispose() { }
    }
}
