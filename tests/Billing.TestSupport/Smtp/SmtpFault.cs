namespace Billing.TestSupport.Smtp;

/// <summary>What a mail server does wrong, once.</summary>
/// <param name="At">A command such as <c>RCPT</c>, or <c>.</c> for the end of a mail.</param>
/// <param name="Reply">What it answers then; null where it drops the connection instead.</param>
public sealed record SmtpFault(string At, string? Reply)
{
    /// <summary>Drops the connection after this many lines of a mail, and forgets them.</summary>
    public int? DropAfterLines { get; init; }

    /// <summary>Takes the mail, and drops the connection where the answer should come.</summary>
    public static SmtpFault TakeAndDrop { get; } = new(".", null);
}

/// <param name="Text">As it came over the line, without the dots that SMTP adds.</param>
public sealed record ReceivedMail(string Sender, string Recipient, string Text);
