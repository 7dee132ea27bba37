using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using NodaTime;

namespace Billing.Api.Mailing;

/// <summary>
/// Hands mails to an SMTP server (RFC 5321), each over a connection of its own. An answer of the server is definite, and so is
/// whatever ends before the first byte of the mail; what ends after it without an answer is unknown.
/// </summary>
public sealed class SmtpCarrier(MailOptions options) : IMailCarrier
{
    private const int FirstPermanent = 500;

    public async Task<HandOver> HandOver(MimeMessage message, string kind, Instant askedAt, CancellationToken cancellationToken)
    {
        using var timed = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timed.CancelAfter(options.Timeout.ToTimeSpan());
        var departure = new Departure();
        using var client = new NamingClient { Timeout = options.TimeoutSeconds * 1000 };
        string answer;
        try
        {
            await client.ConnectAsync(options.Host!, options.Port, Security(), timed.Token);
            if (options.User is { } user) await client.AuthenticateAsync(user, options.Password!, timed.Token);
            answer = await client.SendAsync(message, timed.Token, departure);
        }
        catch (SmtpCommandException e)
        {
            var code = (int)e.StatusCode;
            var reason = string.Create(CultureInfo.InvariantCulture, $"The server answered {code} {e.Message}");
            return new HandOver.Failed(reason, IsPermanent: code >= FirstPermanent);
        }
        catch (AuthenticationException)
        {
            // What the server says to it may repeat what was sent.
            return new HandOver.Failed("The server does not take Billing:Mail:User with its password.", IsPermanent: false);
        }
        catch (NotSupportedException e)
        {
            return new HandOver.Failed($"The server cannot take this mail: {e.Message}", IsPermanent: true);
        }
        catch (Exception e) when (IsBroken(e))
        {
            return departure.HasBegun
                ? new HandOver.Unknown($"The connection ended before the server had answered ({e.GetType().Name}).")
                : new HandOver.Failed($"The server could not be talked to ({e.GetType().Name}: {e.Message})", IsPermanent: false);
        }
        await Quit(client, timed.Token);
        return new HandOver.Taken(answer);
    }

    /// <summary>The mail is taken, however the goodbye goes.</summary>
    private static async Task Quit(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken);
        }
        catch (Exception e) when (e is SmtpCommandException || IsBroken(e))
        {
            return;
        }
    }

    private SecureSocketOptions Security() => options.Security switch
    {
        MailOptions.NoSecurity => SecureSocketOptions.None,
        MailOptions.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.StartTls,
    };

    private static bool IsBroken(Exception e) =>
        e is ProtocolException or ServiceNotConnectedException or SslHandshakeException or IOException or SocketException
            or TimeoutException or OperationCanceledException;

    /// <summary>Names each mail in its envelope too, as far as the server takes that (RFC 3461), for reports without its headers.</summary>
    private sealed class NamingClient : SmtpClient
    {
        protected override string GetEnvelopeId(MimeMessage message) => message.MessageId!;
    }

    private sealed class Departure : ITransferProgress
    {
        public bool HasBegun { get; private set; }

        public void Report(long bytesTransferred, long totalSize) => HasBegun = true;

        public void Report(long bytesTransferred) => HasBegun = true;
    }
}
