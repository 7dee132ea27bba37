using System.CommandLine;
using Billing.Api.Hosting;
using Billing.EventStore;

namespace Billing.Api.Operations;

/// <summary>What a verb shares with the server: its settings, given in the same ways.</summary>
internal static class VerbSettings
{
    /// <summary>Takes settings as the server does, and nothing else: a slip in an option must not pass unseen.</summary>
    /// <exception cref="InvalidConfigurationException">There is an argument that is neither option nor setting.</exception>
    public static BillingOptions Of(ParseResult parsed)
    {
        foreach (var argument in parsed.UnmatchedTokens)
        {
            if (argument.StartsWith("--Billing:", StringComparison.OrdinalIgnoreCase) && argument.Contains('=', StringComparison.Ordinal))
                continue;
            throw new InvalidConfigurationException(
                $"'{argument}' is no option of this verb; settings are given as --Billing:NAME=VALUE.");
        }
        var options = BillingHost.CreateBuilder([.. parsed.UnmatchedTokens]).Configuration.GetSection("Billing").Get<BillingOptions>()
            ?? new BillingOptions();
        return options.Fault() is { } fault ? throw new InvalidConfigurationException(fault) : options;
    }

    public static Option<string?> StoreOption() => new("--store")
    {
        Description = "The store: sqlite:PATH, postgres:CONNECTION STRING or kurrentdb:CONNECTION STRING; else the settings'.",
    };

    public static Option<Guid?> BookOption() => new("--book") { Description = "The book's id; else every book of the store." };

    public static StoreAddress StoreOf(string? given, BillingOptions options) =>
        given is null ? Stores.Events(options) : StoreAddress.Parse(given);

    /// <summary>The event file in the data folder.</summary>
    /// <exception cref="InvalidConfigurationException">The events are on a server.</exception>
    public static string EventFileOf(BillingOptions options) => options.Store == Stores.Sqlite
        ? options.EventFile
        : throw new InvalidConfigurationException(
            $"Billing:Store is {options.Store}, whose own tools back it up and restore it; this verb is for the SQLite event file.");

    /// <summary>A file to write that must not be there yet: what was kept is never replaced by a slip.</summary>
    /// <exception cref="IOException">The file is there already.</exception>
    public static FileStream NewFile(string path)
    {
        if (File.Exists(path)) throw new IOException($"{path} is there already: name a new file.");
        return new FileStream(path, FileMode.CreateNew, FileAccess.Write);
    }
}
