using System.CommandLine;
using Billing.Cli.Running;

namespace Billing.Cli.Work;

/// <summary>What is said of work when it is clocked or logged: for whom, a note, tags, whether it is billed.</summary>
internal sealed class WorkWish
{
    private readonly Argument<string> _engagement =
        new("engagement") { Description = "Client and engagement by parts of their names, such as \"Acme / inbox\"." };

    private readonly Option<string?> _note = new("--note") { Description = "What was done." };

    private readonly Option<string[]> _tags = new("--tag") { Description = "May be said several times." };

    private readonly Option<bool> _isFree = new("--not-billable") { Description = "The client does not pay for it." };

    public Symbol[] Symbols => [_engagement, _note, _tags, _isFree];

    public string EngagementOf(Session session) => session.Parsed.GetValue(_engagement)!;

    public string? NoteOf(Session session) => session.Parsed.GetValue(_note);

    public string[] TagsOf(Session session) => session.Parsed.GetValue(_tags) ?? [];

    public bool IsBillable(Session session) => !session.Parsed.GetValue(_isFree);
}
