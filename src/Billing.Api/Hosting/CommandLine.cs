using System.CommandLine;
using Billing.Api.Demo;
using Billing.Api.Exchange;
using Billing.Api.Operations;
using Billing.Api.Sealing;
using Billing.Api.Taxes.Batch;
using Billing.EventStore.Port;
using Billing.Projections.Storage;
using NodaTime;

namespace Billing.Api.Hosting;

/// <summary>The verbs of the program. Without one it serves the practice in the data folder.</summary>
public static class CommandLine
{
    public static async Task<int> Run(string[] args)
    {
        // Nothing to parse, which would take longer than opening the stores.
        if (AreSettings(args)) return await Guarded(() => Serve(args, CancellationToken.None));
        var root = new RootCommand("Time billing and contractor accounting. Without a verb: serves the practice in the data folder.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        root.SetAction((parsed, cancellationToken) => Guarded(() => AreSettings([.. parsed.UnmatchedTokens])
            ? Serve([.. parsed.UnmatchedTokens], cancellationToken)
            : throw new InvalidConfigurationException(
                $"'{string.Join(' ', parsed.UnmatchedTokens)}' is neither a verb nor settings like --urls http://…; "
                + "--help lists the verbs.")));
        root.Subcommands.Add(DemoVerb());
        root.Subcommands.Add(ImportVerb.Build());
        root.Subcommands.Add(OwnerTokenVerb.Build(Guarded));
        root.Subcommands.Add(VerifyVerb.Build(Guarded));
        root.Subcommands.Add(CheckpointVerb.Build(Guarded, SystemClock.Instance));
        root.Subcommands.Add(ExportBookVerb.Build(Guarded));
        root.Subcommands.Add(ReconcileVerb.Build(Guarded));
        root.Subcommands.Add(BackupVerbs.Backup(Guarded));
        root.Subcommands.Add(BackupVerbs.Restore(Guarded, SystemClock.Instance));
        root.Subcommands.Add(KeyVerbs.Backup(Guarded, SystemClock.Instance));
        root.Subcommands.Add(KeyVerbs.Restore(Guarded, SystemClock.Instance));
        root.Subcommands.Add(CopyVerb.Build(Guarded));
        root.Subcommands.Add(ImportPracticeVerb.Build(Guarded, SystemClock.Instance));
        root.Subcommands.Add(TaxVerb.Build(Guarded));
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    /// <summary>Whether all that is said is like <c>--urls http://…</c>, <c>--urls=http://…</c> or <c>urls=http://…</c>.</summary>
    private static bool AreSettings(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i].Contains('=', StringComparison.Ordinal)) continue;
            if (!args[i].StartsWith("--", StringComparison.Ordinal) || args[i] is "--help" or "--version") return false;
            i++;
        }
        return true;
    }

    private static Command DemoVerb()
    {
        var agency = new Option<bool>("--agency") { Description = "Instead, a whole year of an agency of five." };
        var verb = new Command("demo", "Serves a sample practice, made afresh at each start. No money moves.") { agency };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction((parsed, cancellationToken) => Guarded(() => parsed.GetValue(agency)
            ? DemoServer.RunAgency([.. parsed.UnmatchedTokens], cancellationToken)
            : DemoServer.Run([.. parsed.UnmatchedTokens], cancellationToken)));
        return verb;
    }

    private static async Task<int> Serve(string[] args, CancellationToken cancellationToken)
    {
        await using var app = await BillingServer.Build(BillingHost.CreateBuilder(args));
        await app.StartAsync(cancellationToken);
        if (await FirstStart.EnsurePractice(app.Services, cancellationToken) is { } token)
        {
            Console.WriteLine("A new practice was opened. This owner token is shown only now; keep it safe:");
            Console.WriteLine();
            Console.WriteLine($"    {token}");
            Console.WriteLine();
        }
        Console.WriteLine($"Serving on {string.Join(", ", app.Urls)} (Ctrl+C stops)");
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    /// <summary>What a person can mend is said in a line; anything else is a bug and keeps its trace.</summary>
    private static async Task<int> Guarded(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e) when (e is InvalidConfigurationException or EventStoreException or IOException
            or InvalidDataException or UnauthorizedAccessException or ReadDatabaseException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
