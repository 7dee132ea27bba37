using NodaTime;

namespace Billing.Api.Mailing;

/// <summary>How mail leaves this server.</summary>
public sealed class MailOptions
{
    public const string NoSecurity = "none", StartTls = "starttls", Tls = "tls";

    /// <summary>Whether this server sends what lies in the outbox; of several, some may leave it to the others.</summary>
    public bool Sends { get; set; } = true;

    /// <summary>The SMTP server; left out, mails are written into the folder <c>outbox/</c> of the data folder.</summary>
    public string? Host { get; set; }

    public int Port { get; set; } = 587;

    /// <summary>Left out, nobody signs in.</summary>
    public string? User { get; set; }

    public string? Password { get; set; }

    /// <summary>The address that mails come from; their name is the practice's.</summary>
    public string? From { get; set; }

    /// <summary><c>none</c>, <c>starttls</c> or <c>tls</c>.</summary>
    public string Security { get; set; } = StartTls;

    /// <summary>The most that one attempt may take. After twice as long, one without an end counts as unknown.</summary>
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>The pause after a first failure; each further one is four times as long.</summary>
    public int RetrySeconds { get; set; } = 60;

    /// <summary>How often a mail of unknown end is sent again unasked, at the risk of a double.</summary>
    public int RetryUnknown { get; set; }

    public bool HasServer => !string.IsNullOrWhiteSpace(Host);

    public string Sender => From ?? "billing@localhost";

    public Duration Timeout => Duration.FromSeconds(TimeoutSeconds);

    internal string? Fault()
    {
        if (!HasServer) return null;
        if (From is not { } from || !MimeKit.MailboxAddress.TryParse(from, out _))
            return "Billing:Mail:Host is set, but Billing:Mail:From is no address that mails could come from.";
        if (Security is not (NoSecurity or StartTls or Tls))
            return $"Billing:Mail:Security '{Security}' is none of {NoSecurity}, {StartTls} and {Tls}.";
        if (Port is < 1 or > 65535) return "Billing:Mail:Port is 1 to 65535.";
        if (User is not null && Password is null) return "Billing:Mail:User is set, but Billing:Mail:Password is not.";
        return TimeoutSeconds is < 1 or > 600 || RetrySeconds is < 0 or > 3600 || RetryUnknown is < 0 or > 5
            ? "Billing:Mail:TimeoutSeconds is 1 to 600, RetrySeconds 0 to 3600, RetryUnknown 0 to 5."
            : null;
    }
}
