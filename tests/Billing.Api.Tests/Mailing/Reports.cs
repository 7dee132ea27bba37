using System.Text;

namespace Billing.Api.Tests.Mailing;

/// <summary>Delivery status notifications as mail servers write them.</summary>
internal static class Reports
{
    /// <param name="headers">Of the mail that is returned.</param>
    /// <param name="perMessage">Fields about the mail.</param>
    /// <param name="perRecipient">Fields about its recipient.</param>
    public static byte[] Of(
        string headers, string perMessage, string perRecipient, string id = "report-1@mx.acme.example", string returnedAs = "text/rfc822-headers") =>
        Encoding.UTF8.GetBytes($"""
            From: MAILER-DAEMON@mx.acme.example
            To: mail@juniper.example
            Subject: Undelivered Mail Returned to Sender
            Message-ID: <{id}>
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

            --b1
            Content-Type: text/plain

            I'm sorry to have to inform you that your message could not be delivered.

            --b1
            Content-Type: message/delivery-status

            {perMessage}

            {perRecipient}

            --b1
            Content-Type: {returnedAs}

            {headers}

            --b1--

            """.ReplaceLineEndings("\r\n"));

    /// <summary>As Postfix writes it.</summary>
    public static byte[] Postfix(
        Guid mail, string action = "failed", string status = "5.1.1", string address = "office@acme.example", string id = "report-1@mx.acme.example") => Of(
        $"From: Juniper <mail@juniper.example>\nMessage-Id: <{mail:N}@juniper.example>\nSubject: Invoice",
        "Reporting-MTA: dns; mx.acme.example\nArrival-Date: Wed, 1 Apr 2026 10:00:00 +0000",
        $"""
        Final-Recipient: rfc822; {address}
        Original-Recipient: rfc822;{address}
        Action: {action}
        Status: {status}
        Remote-MTA: dns; mail.acme.example
        Diagnostic-Code: smtp; 550 5.1.1 <{address}>:
            Recipient address rejected
        """, id);
}
