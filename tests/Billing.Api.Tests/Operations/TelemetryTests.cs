using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Billing.Api.Hosting;
using Billing.Api.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Billing.Api.Tests.Operations;

public sealed class TelemetryTests
{
    [Fact]
    public async Task A_collector_gets_traces_and_metrics_and_no_secret()
    {
        await using var collector = await Collector.Start();
        await using var server = await ApiServer.Start(settings: new Dictionary<string, string?>
        {
            ["Billing:Telemetry:Endpoint"] = collector.Address,
            ["Billing:Telemetry:Protocol"] = "http/protobuf",
            ["Billing:Telemetry:TraceShare"] = "1",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        });
        var practice = await Practice.Open(server);
        (await server.Get(null, practice.SharePath)).Ok();

        var told = await collector.Until(
            "/i/{secret}", "FinalizeInvoiceCommand", "billing.append.duration", "billing.append.waiting", "billing.projection.lag",
            "billing.inbox.age", "http.server.request.duration");
        foreach (var secret in (string[])[practice.SharePath["/i/".Length..], practice.Owner, practice.Assistant])
            Assert.DoesNotContain(secret, told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_that_cannot_be_used_is_named() => Assert.Equal(
        ("Billing:Telemetry:Endpoint 'ftp://collector/' is no http or https address.",
            "Billing:Telemetry:Protocol 'smoke' is neither grpc nor http/protobuf.", "Billing:Telemetry:TraceShare is 0 to 1."),
        (new TelemetryOptions { Endpoint = new Uri("ftp://collector") }.Fault(),
            new TelemetryOptions { Protocol = "smoke" }.Fault(),
            new TelemetryOptions { TraceShare = double.NaN }.Fault()));

    /// <summary>Takes what is sent by OTLP over HTTP. Names and values stand in its bytes as text.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentQueue<string> _got = new();
        private readonly WebApplication _app;

        private Collector(WebApplication app) => _app = app;

        public string Address => _app.Urls.Single();

        /// <summary>All that was sent once it has these names in it.</summary>
        public async Task<string> Until(params string[] names)
        {
            for (var limit = Stopwatch.StartNew(); ; await Task.Delay(100, TestContext.Current.CancellationToken))
            {
                var told = string.Concat(_got);
                var missing = Array.FindAll(names, name => !told.Contains(name, StringComparison.Ordinal));
                if (missing.Length == 0) return told;
                Assert.True(limit.Elapsed < TimeSpan.FromSeconds(30), $"Nobody said {string.Join(", ", missing)}.");
            }
        }

        public static async Task<Collector> Start()
        {
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
            var collector = new Collector(builder.Build());
            collector._app.Run(async http =>
            {
                using var bytes = new MemoryStream();
                await http.Request.Body.CopyToAsync(bytes, http.RequestAborted);
                collector._got.Enqueue(Encoding.Latin1.GetString(bytes.ToArray()));
            });
            await collector._app.StartAsync(TestContext.Current.CancellationToken);
            return collector;
        }

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
