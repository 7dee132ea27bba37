using MimeKit;
using NodaTime;

namespace Billing.Api.Mailing;

/// <summary>Takes a mail out of the house.</summary>
public interface IMailCarrier
{
    /// <param name="askedAt">When the mail was put into the outbox.</param>
    Task<HandOver> HandOver(MimeMessage message, string kind, Instant askedAt, CancellationToken cancellationToken);
}

/// <summary>How an attempt ended.</summary>
public abstract record HandOver
{
    private HandOver() { }

    /// <param name="Answer">What the server said.</param>
    public sealed record Taken(string Answer) : HandOver;

    /// <summary>It was certainly not sent.</summary>
    /// <param name="IsPermanent">Another try would fail too.</param>
    public sealed record Failed(string Reason, bool IsPermanent) : HandOver;

    /// <summary>The mail was on its way when the connection ended, and no answer came.</summary>
    public sealed record Unknown(string Reason) : HandOver;
}
