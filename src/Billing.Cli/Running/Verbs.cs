using System.CommandLine;
using Billing.Cli.Server;
using Billing.Cli.SignIn;

namespace Billing.Cli.Running;

/// <summary>Makes verbs: each ends in an exit code, and what stops it early is one line on stderr.</summary>
internal sealed class Verbs(Surroundings at)
{
    public Surroundings At => at;

    public Option<bool> Json { get; } = new("--json") { Description = "Print the server's JSON as it came.", Recursive = true };

    /// <summary>A verb for somebody who is signed in.</summary>
    public Command Make(string name, string description, Func<Session, Task> work, params Symbol[] takes) => MakeBare(
        name, description, async (parsed, cancellationToken) =>
        {
            var credentials = CredentialsFile.Of(at).Current();
            using var server = new BillingClient(credentials, at.Time);
            await work(new Session(at, parsed, server, parsed.GetValue(Json), cancellationToken));
        }, takes);

    /// <summary>A verb that needs no sign-in.</summary>
    public Command MakeBare(
        string name, string description, Func<ParseResult, CancellationToken, Task> work, params Symbol[] takes)
    {
        var verb = new Command(name, description);
        foreach (var symbol in takes)
        {
            if (symbol is Argument argument) verb.Arguments.Add(argument);
            else verb.Options.Add((Option)symbol);
        }
        verb.SetAction(async (parsed, cancellationToken) => (int)await End(() => work(parsed, cancellationToken), cancellationToken));
        return verb;
    }

    public static Command Group(string name, string description, params Command[] verbs)
    {
        var group = new Command(name, description);
        foreach (var verb in verbs) group.Subcommands.Add(verb);
        return group;
    }

    private async Task<ExitCode> End(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
            return ExitCode.Done;
        }
        catch (Stop stop)
        {
            await at.Error.WriteLineAsync(stop.Message);
            return stop.Code;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }
}
