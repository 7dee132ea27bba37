namespace Billing.StripeStandIn;

/// <summary>How a stand-in is set up.</summary>
public sealed record StripeStandInOptions
{
    /// <summary>The loopback port; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The only secret key that is let in.</summary>
    public string ApiKey { get; init; } = "sk_test_standin";

    /// <summary>The account that the key belongs to.</summary>
    public string AccountId { get; init; } = "acct_standin";

    /// <summary>The accounts that <c>Stripe-Account</c> may name.</summary>
    public IReadOnlyList<string> ConnectedAccountIds { get; init; } = [];

    /// <summary>
    /// Where the platform's events go; null until <see cref="Webhooks.WebhookControl.AddEndpoint"/> names one.
    /// </summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>What webhooks to <see cref="WebhookUrl"/> are signed with; several while one is rolled.</summary>
    public IReadOnlyList<string> WebhookSecrets { get; init; } = ["whsec_standin"];

    /// <summary>
    /// The waits between the tries of a webhook that is not answered with 2xx; Stripe's own run over three days.
    /// </summary>
    public IReadOnlyList<TimeSpan> WebhookRetryDelays { get; init; } =
    [
        TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1),
    ];

    /// <summary>Takes the webhooks instead of the network, for a host that has no port of its own.</summary>
    public HttpMessageHandler? WebhookHandler { get; init; }

    /// <summary>Tells the time of objects, events, signatures and expiry.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
