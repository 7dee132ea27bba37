using NodaTime;

namespace Billing.Api.Webhooks;

/// <summary>How this server sends webhooks.</summary>
public sealed class WebhookOptions
{
    private static readonly int[] UsualPorts = [443, 8443];

    /// <summary>As Standard Webhooks proposes: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h.</summary>
    private static readonly int[] UsualRetrySeconds = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

    /// <summary>Whether this server sends them; of several, some may leave it to the others.</summary>
    public bool Sends { get; set; } = true;

    /// <summary>Lets addresses of this machine itself be called, by http too and on any port. For trying out; never on a server.</summary>
    public bool AllowLoopback { get; set; }

    /// <summary>The ports that may be called; left out, 443 and 8443.</summary>
    public IList<int> Ports { get; } = [];

    /// <summary>The most that one attempt may take.</summary>
    public int TimeoutSeconds { get; set; } = 15;

    /// <summary>The pause before each further attempt; after the last one the endpoint is paused.</summary>
    public IList<int> RetrySeconds { get; } = [];

    public Duration Timeout => Duration.FromSeconds(TimeoutSeconds);

    internal bool MayCall(int port) => Ports.Count == 0 ? UsualPorts.Contains(port) : Ports.Contains(port);

    /// <summary>The pause after so many attempts in vain; null after the last.</summary>
    internal Duration? PauseAfter(int attempts)
    {
        IList<int> pauses = RetrySeconds.Count == 0 ? UsualRetrySeconds : RetrySeconds;
        return attempts <= pauses.Count ? Duration.FromSeconds(pauses[attempts - 1]) : null;
    }

    internal string? Fault() =>
        TimeoutSeconds is < 1 or > 60 ? "Billing:Webhooks:TimeoutSeconds is 1 to 60."
        : Ports.Any(port => port is < 1 or > 65_535) ? "Billing:Webhooks:Ports are 1 to 65535."
        : RetrySeconds.Count > 20 || RetrySeconds.Any(pause => pause is < 0 or > 604_800)
            ? "Billing:Webhooks:RetrySeconds are up to 20 pauses of 0 to 604800."
        : null;
}
