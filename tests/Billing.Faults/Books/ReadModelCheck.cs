using Billing.EventStore.Port;
using Billing.Projections.Running;
using Billing.Projections.Sqlite;

namespace Billing.Faults.Books;

/// <summary>Whether read models that were killed in their work come to the same rows as read models made from nothing.</summary>
internal static class ReadModelCheck
{
    /// <returns>What is wrong; null where nothing is.</returns>
    public static async Task<string?> Run(IEventStore store, string killedFile)
    {
        var killed = await Rows(store, killedFile);
        var rebuilt = await Rows(store, killedFile + ".rebuilt");
        var odd = killed.Except(rebuilt).Concat(rebuilt.Except(killed)).FirstOrDefault();
        if (odd is null && killed.Count == rebuilt.Count) return null;
        return $"the read models have {killed.Count} rows, and {rebuilt.Count} when rebuilt; one that differs: {odd}";
    }

    private static async Task<IReadOnlyList<string>> Rows(IEventStore store, string file)
    {
        using var database = SqliteReadDatabase.Open(file);
        using var runner = new ProjectionRunner(store, database);
        await runner.CatchUp(CancellationToken.None);
        if (runner.Health is ProjectionHealth.Halted halted) return [$"halted: {halted.Reason}"];
        return runner.DumpRows();
    }
}
