using System.Text;
using Billing.Api.Mailing;

namespace Billing.Api.Tests.Mailing;

/// <summary>Reading what mail servers report.</summary>
public sealed class ReportedDeliveryTests
{
    private static readonly Guid Mail = new("0197a2b4-0000-7000-8000-00000000000a");

    [Fact]
    public void A_report_names_the_mail_and_what_became_of_it_in_one_line()
    {
        var read = ReportedDelivery.Read(Reports.Postfix(Mail))!;

        Assert.Equal(Mail, read.MailId);
        Assert.Equal(
            ("failed", "5.1.1", "550 5.1.1 <office@acme.example>: Recipient address rejected"),
            (read.Report.Action, read.Report.StatusCode, read.Report.Reason));
        Assert.Equal(["office@acme.example", "office@acme.example"], read.Report.Addresses);
    }

    [Fact]
    public void The_mail_is_found_in_returned_mails_and_headers_and_else_by_the_envelope()
    {
        var headers = $"Message-ID: <{Mail:N}@juniper.example>\nSubject: Invoice";
        Assert.Equal(Mail, ReportedDelivery.Read(Reports.Of($"{headers}\n\nHello", "Reporting-MTA: dns; a", "Action: failed", returnedAs: "message/rfc822"))!.MailId);
        Assert.Equal(Mail, ReportedDelivery.Read(Reports.Of(headers, "Reporting-MTA: dns; a", "Action: failed"))!.MailId);
        Assert.Equal(Mail, ReportedDelivery.Read(Reports.Of(
            "Subject: Invoice", $"Reporting-MTA: dns; a\nOriginal-Envelope-Id: {Mail:N}@juniper.example", "Action: failed"))!.MailId);
        Assert.Null(ReportedDelivery.Read(Reports.Of("Message-ID: <x@elsewhere.example>", "Reporting-MTA: dns; a", "Action: failed"))!.MailId);
    }

    [Theory]
    [InlineData("Action: failed\nStatus: 4.4.7 (expired)", "failed", "4.4.7")]
    [InlineData("Action: Delayed (still trying)\nStatus: 4.4.1", "delayed", "4.4.1")]
    [InlineData("Action: delivered\nStatus: 2.0.0", "delivered", "2.0.0")]
    [InlineData("Action: relayed", "relayed", null)]
    [InlineData("Status: 5.7.1", "failed", "5.7.1")]
    [InlineData("Status: 4.2.2", "delayed", "4.2.2")]
    [InlineData("Action: delivered\nStatus: 2.0.0\n\nAction: failed\nStatus: 5.1.1", "failed", "5.1.1")]
    public void What_was_done_is_said_by_the_action_and_where_there_is_none_by_the_status(string fields, string action, string? status)
    {
        var report = ReportedDelivery.Read(Reports.Of("Subject: x", "Reporting-MTA: dns; a", fields))!.Report;
        Assert.Equal((action, status), (report.Action, report.StatusCode));
        Assert.StartsWith($"The mail server reported {action}", report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_report_has_one_fingerprint_by_whichever_way_it_comes()
    {
        var report = Reports.Postfix(Mail);
        byte[] forwarded = [.. "Received: from mx by mx2; Wed, 1 Apr 2026 11:00:00 +0000\r\n"u8, .. report];
        Assert.Equal(Fingerprint(report), Fingerprint(forwarded));
        Assert.NotEqual(Fingerprint(report), Fingerprint(Reports.Postfix(Mail, id: "report-2@mx.acme.example")));

        static string Fingerprint(byte[] bytes) => ReportedDelivery.Read(bytes)!.Report.Fingerprint;
    }

    [Theory]
    [InlineData("")]
    [InlineData("\0\0\0")]
    [InlineData("Subject: Out of office\r\n\r\nI am away.")]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nAction: failed\r\n--b--\r\n")]
    [InlineData("Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nA: 1\r\n\r\nAction: eaten\r\n--b--\r\n")]
    public void What_is_no_report_is_none(string text) => Assert.Null(ReportedDelivery.Read(Encoding.UTF8.GetBytes(text)));

    /// <summary>A report quotes the mail that came back, and that may quote another report.</summary>
    [Fact]
    public void A_report_within_the_returned_mail_is_not_taken_for_the_one_that_reports()
    {
        var inner = Encoding.UTF8.GetString(Reports.Postfix(Mail));
        var plain = Encoding.UTF8.GetBytes($"Subject: Fwd\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n{inner}");
        Assert.Null(ReportedDelivery.Read(plain));
    }
}
