using System.CommandLine;
using Billing.Cli.Invoicing;
using Billing.Cli.Reports;
using Billing.Cli.SignIn;
using Billing.Cli.Taxes;
using Billing.Cli.TimeTracking;

namespace Billing.Cli.Running;

/// <summary>The command <c>billing</c> with all of its verbs.</summary>
internal static class BillingCommand
{
    public static async Task<int> Run(string[] args, Surroundings at)
    {
        var parsed = Build(new Verbs(at)).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await at.Error.WriteLineAsync(error.Message);
            await at.Error.WriteLineAsync("Say --help for what there is.");
            return (int)ExitCode.Usage;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration { Output = at.Out, Error = at.Error });
    }

    private static RootCommand Build(Verbs verbs)
    {
        var root = new RootCommand("Hours, invoices and taxes of a practice, from a terminal.") { verbs.Json };
        foreach (var verb in (Command[])[
            LoginVerb.Build(verbs), .. TimerVerbs.Build(verbs), .. EntryVerbs.Build(verbs), InvoiceVerbs.Build(verbs),
            .. ReportVerbs.Build(verbs), TaxVerbs.Next(verbs),
            Verbs.Group("explain", "Say how a figure came about.", TaxVerbs.Explain(verbs), ReportVerbs.Explain(verbs))])
        {
            root.Subcommands.Add(verb);
        }
        return root;
    }
}
