namespace Billing.Cli.Running;

/// <summary>What the process answers; docs/cli.md is the promise.</summary>
internal enum ExitCode
{
    Done = 0,

    /// <summary>The server refused: its code and what to do instead are on stderr.</summary>
    Refused = 1,

    /// <summary>The command was not understood, fits several things, or was not confirmed. Nothing was sent that writes.</summary>
    Usage = 2,

    /// <summary>Nobody is signed in, the token is not good, or its role may not do this.</summary>
    NotAllowed = 3,

    /// <summary>The server could not be reached, or what answered is none.</summary>
    Unreachable = 4,

    /// <summary>Ctrl+C.</summary>
    Interrupted = 130,
}

/// <summary>Ends a verb early: the message goes to stderr, the code is the process's.</summary>
internal sealed class Stop(ExitCode code, string message) : Exception(message)
{
    public ExitCode Code => code;

    public static Stop Usage(string message) => new(ExitCode.Usage, message);
}
