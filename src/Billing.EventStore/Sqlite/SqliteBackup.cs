using Billing.EventStore.Port;
using Billing.EventStore.Verification;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// Copies an event file while it is being written. SQLite's backup interface copies pages of one snapshot and never makes the
/// writer wait; what is written in the meantime waits in the log, which can't start anew until the copy is done.
/// </summary>
public static class SqliteBackup
{
    /// <param name="to">Made last, once the copy is on the disk and its chains hold.</param>
    /// <exception cref="EventStoreException">
    /// There is a file at <paramref name="to"/> already, or what was copied does not hold; then the copy is kept beside it.
    /// </exception>
    public static async Task Write(
        string from, string to, IProgress<PagesCopied>? progress, CancellationToken cancellationToken)
    {
        (from, to) = (Path.GetFullPath(from), Path.GetFullPath(to));
        if (File.Exists(to)) throw new EventStoreException($"{to} is there already: name a new file, or move the old one away.");
        await SqliteEventReader.Open(from).DisposeAsync().ConfigureAwait(false);
        var beside = to + ".partial";
        FileCopy.Make(from, beside, progress, cancellationToken);
        if (await Fault(beside, cancellationToken).ConfigureAwait(false) is { } fault)
        {
            File.Move(beside, to + ".faulty", overwrite: true);
            throw new EventStoreException(
                $"What was copied does not hold. {fault} The copy is kept as {to}.faulty; keep the older backups and run 'verify'.");
        }
        File.Move(beside, to, overwrite: false);
    }

    /// <summary>What is wrong with the first book that is not whole, as a sentence; null where all are.</summary>
    internal static async Task<string?> Fault(string path, CancellationToken cancellationToken)
    {
        await using var reader = SqliteEventReader.Open(path);
        return await StoreVerifier.FirstFault(reader, cancellationToken).ConfigureAwait(false) is { } report
            ? $"Book {report.Book}: {report.Fault}."
            : null;
    }
}
