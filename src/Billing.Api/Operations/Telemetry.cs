using System.Diagnostics;
using Billing.Api.Commands;
using Billing.Api.Hosting;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Billing.Api.Operations;

/// <summary>Traces, metrics and logs by OTLP, where a collector is named. Nothing is gathered without one.</summary>
internal static class Telemetry
{
    /// <summary>OpenTelemetry's own variable, which counts like the setting.</summary>
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder, BillingOptions options)
    {
        if (options.Telemetry.Endpoint is null && builder.Configuration[EndpointVariable] is null or "") return;
        builder.Services.AddHostedService<Vitals>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("billing", serviceVersion: Version))
            .WithTracing(traces => traces
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.Telemetry.TraceShare)))
                .AddSource(CommandBus.Trace.Name)
                .AddAspNetCoreInstrumentation(requests => requests.EnrichWithHttpResponse = HideSecrets)
                .AddHttpClientInstrumentation())
            .WithMetrics(metrics => metrics
                .AddMeter(AppendMetrics.Meter, Vitals.MeterName)
                .AddAspNetCoreInstrumentation()
                .AddRuntimeInstrumentation())
            .WithLogging(configureBuilder: null, logs => logs.IncludeFormattedMessage = true);
        if (options.Telemetry.Endpoint is { } endpoint) telemetry.UseOtlpExporter(ProtocolOf(options.Telemetry), endpoint);
        else telemetry.UseOtlpExporter();
    }

    private static string? Version => typeof(Telemetry).Assembly.GetName().Version?.ToString(3);

    private static OtlpExportProtocol ProtocolOf(TelemetryOptions telemetry) =>
        telemetry.Protocol == "grpc" ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;

    /// <summary>The path of a share link is its key: a trace has the pattern of the route instead.</summary>
    private static void HideSecrets(Activity activity, HttpResponse response)
    {
        if (response.HttpContext.Request.Path.StartsWithSegments("/v1")) return;
        activity.SetTag("url.path", (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "/…");
    }
}
