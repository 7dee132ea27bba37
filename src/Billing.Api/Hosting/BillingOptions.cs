using Billing.Api.Access;
using Billing.Api.Limits;
using Billing.Api.Mailing;
using Billing.Api.Sealing;
using Billing.Api.Webhooks;

namespace Billing.Api.Hosting;

/// <summary>What a person who runs the server may set, by <c>Billing:…</c> in any configuration source.</summary>
public sealed class BillingOptions
{
    /// <summary>Where the events are: <c>sqlite</c>, <c>postgres</c> or <c>kurrentdb</c>.</summary>
    public string Store { get; set; } = Stores.Sqlite;

    /// <summary>
    /// Connection string of the PostgreSQL database with the read models, Stripe's notices, webhooks and, where
    /// <see cref="Store"/> says so, the events; each in a schema of its own.
    /// </summary>
    public string? Postgres { get; set; }

    /// <summary>Connection string of the KurrentDB server or cluster with the events, such as <c>esdb://host:2113</c>.</summary>
    public string? KurrentDb { get; set; }

    /// <summary>Folder of what lies in SQLite files.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>The address under which clients reach this server; share links begin with it. Left out, where it listens.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Lets its bearer open further practices on this server; left out, nobody can.</summary>
    public string? OperatorToken { get; set; }

    /// <summary>The largest receipt that is taken, in bytes.</summary>
    public long ReceiptMaxBytes { get; set; } = 10 * 1024 * 1024;

    /// <summary>Folder of further TrueType fonts for documents, such as Noto Sans Hebrew or Japanese; left out, there are none.</summary>
    public string? Fonts { get; set; }

    /// <summary>Whether this server makes the invoices that recur, or that retainers call for by themselves; of several, some may leave
    /// it to the others.</summary>
    public bool RunsRecurringInvoices { get; set; } = true;

    /// <summary>
    /// Addresses and networks (<c>10.0.0.0/8</c>) of the reverse proxies in front of this server, whose word about who calls, and whether
    /// by https, is taken. Left out, nobody's is.
    /// </summary>
    public IList<string> Proxies { get; } = [];

    public StripeOptions Stripe { get; set; } = new();

    public MailOptions Mail { get; set; } = new();

    public TelemetryOptions Telemetry { get; set; } = new();

    public RateLimitOptions RateLimit { get; set; } = new();

    public SealingOptions Sealing { get; set; } = new();

    public WebhookOptions Webhooks { get; set; } = new();

    public OidcOptions Oidc { get; set; } = new();

    /// <summary>The embedded event store, which holds the only copy of the books.</summary>
    public string EventFile => Path.Combine(DataFolder, "events.db");

    /// <summary>The keys that open the confidential parts of the events; kept and backed up apart from them.</summary>
    public string KeyFile => Path.Combine(DataFolder, "keys.db");

    /// <summary>Worked out from the events; made anew where it is missing.</summary>
    public string ReadModelFile => Path.Combine(DataFolder, "read.db");

    /// <summary>Names what is wrong with the settings in one sentence; null where nothing is.</summary>
    public string? Fault()
    {
        if (string.IsNullOrWhiteSpace(DataFolder)) return "Billing:DataFolder is empty; name the folder that keeps the books.";
        if (PublicUrl is { } url && (!url.IsAbsoluteUri || url.Scheme is not ("http" or "https")))
            return $"Billing:PublicUrl '{url}' is no http or https address.";
        if (OperatorToken is { Length: < 32 }) return "Billing:OperatorToken has fewer than 32 characters; make a longer one.";
        if (ReceiptMaxBytes is < 1 or > BillingServer.MaxRequestBytes)
            return $"Billing:ReceiptMaxBytes is 1 to {BillingServer.MaxRequestBytes}.";
        if (Fonts is { } fonts && !Directory.Exists(fonts)) return $"Billing:Fonts '{fonts}' is no folder; name the one with the fonts.";
        return Hosting.Proxies.Fault(this) ?? Stores.Fault(this) ?? Stripe.Fault() ?? Mail.Fault() ?? Telemetry.Fault()
            ?? RateLimit.Fault() ?? Sealing.Fault() ?? Webhooks.Fault() ?? Oidc.Fault();
    }
}

/// <summary>Where traces, metrics and logs go.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Address of an OpenTelemetry collector. Left out, nothing is gathered, unless <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>
    /// names one.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>How it is spoken to: <c>grpc</c> or <c>http/protobuf</c>.</summary>
    public string Protocol { get; set; } = "grpc";

    /// <summary>How many of the requests are traced, from 0 to 1; those that come with a trace go by its mark.</summary>
    public double TraceShare { get; set; } = 0.1;

    public string? Fault() => this switch
    {
        { Endpoint: { } endpoint } when !endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") =>
            $"Billing:Telemetry:Endpoint '{endpoint}' is no http or https address.",
        { Protocol: not ("grpc" or "http/protobuf") } =>
            $"Billing:Telemetry:Protocol '{Protocol}' is neither grpc nor http/protobuf.",
        { TraceShare: not (>= 0 and <= 1) } => "Billing:Telemetry:TraceShare is 0 to 1.",
        _ => null,
    };
}

public sealed class StripeOptions
{
    /// <summary>Secret or restricted key of the Stripe account; left out, nobody can pay online.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Where Stripe's API is; left out, at Stripe.</summary>
    public Uri? ApiBase { get; set; }

    /// <summary>Whether this server charges kept methods by itself; of several, some may leave it to the others.</summary>
    public bool Collects { get; set; } = true;

    /// <summary>
    /// Whether each practice has an account of its own at Stripe, connected to the one of the key; left out, payments of all go into
    /// that one.
    /// </summary>
    public bool Platform { get; set; }

    /// <summary>Signing secrets of the webhook endpoint. While one is rolled there are two.</summary>
    public IList<string> WebhookSecrets { get; } = [];

    /// <summary>Signing secrets of the webhook endpoint for connected accounts. While one is rolled there are two.</summary>
    public IList<string> ConnectWebhookSecrets { get; } = [];

    public bool IsConfigured => !string.IsNullOrWhiteSpace(ApiKey);

    /// <summary>Whether the key moves real money; null where it does not say.</summary>
    public bool? IsLive => ApiKey is null ? null
        : ApiKey.Contains("_live_", StringComparison.Ordinal) ? true
        : ApiKey.Contains("_test_", StringComparison.Ordinal) ? false
        : null;

    internal string? Fault() => this switch
    {
        { Platform: true, IsConfigured: false } => "Billing:Stripe:Platform is set, but Billing:Stripe:ApiKey is not.",
        { Platform: true, ConnectWebhookSecrets.Count: 0 } =>
            "Billing:Stripe:Platform is set, but Billing:Stripe:ConnectWebhookSecrets is empty; payments would never arrive.",
        { Platform: false, ConnectWebhookSecrets.Count: > 0 } =>
            "Billing:Stripe:ConnectWebhookSecrets is set, but Billing:Stripe:Platform is not.",
        { Platform: false, IsConfigured: true, WebhookSecrets.Count: 0 } =>
            "Billing:Stripe:ApiKey is set, but Billing:Stripe:WebhookSecrets is empty; payments would never arrive.",
        { IsConfigured: false, WebhookSecrets.Count: > 0 } => "Billing:Stripe:WebhookSecrets is set, but Billing:Stripe:ApiKey is not.",
        _ => null,
    };
}
