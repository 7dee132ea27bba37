using Billing.EventStore.Port;
using NodaTime;
using NodaTime.Text;

namespace Billing.EventStore.Sqlite;

/// <summary>
/// Puts a backup in the place of an event file. All work is done beside it; one rename makes the backup the event file, so
/// that an end in the middle leaves the old file or the new one, and running it again completes it.
/// </summary>
public sealed class SqliteRestore
{
    private static readonly InstantPattern FileTime = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss'Z'");

    private readonly string from, to, beside;
    private readonly IReadOnlyList<string> derived;
    private readonly IProgress<PagesCopied>? progress;

    private SqliteRestore(string from, string to, IReadOnlyList<string> derived, Instant now, IProgress<PagesCopied>? progress)
    {
        (this.from, this.to, this.derived, this.progress) = (Path.GetFullPath(from), Path.GetFullPath(to), derived, progress);
        beside = this.to + ".restoring";
        Replaced = $"{this.to}.replaced-{FileTime.Format(now)}";
    }

    /// <summary>Where the file that was replaced is kept.</summary>
    private string Replaced { get; }

    /// <param name="derived">Databases worked out from the events, which have to be worked out anew.</param>
    /// <returns>Where the replaced file is kept; null where there was none.</returns>
    /// <exception cref="EventStoreException">A server is running, or the backup does not hold; nothing was changed.</exception>
    public static Task<string?> Run(
        string from, string to, IReadOnlyList<string> derived, Instant now, IProgress<PagesCopied>? progress,
        CancellationToken cancellationToken) => Run(from, to, derived, now, progress, held: null, cancellationToken);

    /// <inheritdoc cref="Run(string, string, IReadOnlyList{string}, Instant, IProgress{PagesCopied}?, CancellationToken)"/>
    /// <param name="held">The event file's lock, where the caller has it already.</param>
    internal static async Task<string?> Run(
        string from, string to, IReadOnlyList<string> derived, Instant now, IProgress<PagesCopied>? progress, StoreLock? held,
        CancellationToken cancellationToken)
    {
        var restore = new SqliteRestore(from, to, derived, now, progress);
        await restore.Run(int.MaxValue, held, cancellationToken).ConfigureAwait(false);
        return File.Exists(restore.Replaced) ? restore.Replaced : null;
    }

    /// <summary>The first so many steps, as a process would have done them that is killed behind them.</summary>
    internal static Task RunPart(string from, string to, IReadOnlyList<string> derived, Instant now, int steps) =>
        new SqliteRestore(from, to, derived, now, null).Run(steps, held: null, CancellationToken.None);

    private async Task Run(int steps, StoreLock? held, CancellationToken cancellationToken)
    {
        if (!File.Exists(from)) throw new EventStoreException($"There is no backup {from}: check the path.");
        if (from == to) throw new EventStoreException($"{from} is the event file itself: name a backup.");
        if (File.Exists(Replaced)) throw new EventStoreException($"{Replaced} is there already: wait a second and try again.");
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        using var own = held is null ? StoreLock.Take(to) : null;
        Func<CancellationToken, Task>[] all = [CopyBeside, VerifyCopy, DropDerived, FoldOldLog, Replace];
        foreach (var step in all.Take(steps)) await step(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What takes the place is a copy, so the backup stays what it is, and an older one is brought up to date.</summary>
    private Task CopyBeside(CancellationToken cancellationToken)
    {
        FileCopy.Make(from, beside, progress, cancellationToken);
        try
        {
            WriterSession.Open(beside, new SqliteStoreOptions()).Dispose();
        }
        catch (Failure failure)
        {
            throw failure.Explain(from, $"{from} can't be restored");
        }
        FileCopy.Settle(beside);
        return Task.CompletedTask;
    }

    private async Task VerifyCopy(CancellationToken cancellationToken)
    {
        if (await SqliteBackup.Fault(beside, cancellationToken).ConfigureAwait(false) is not { } fault) return;
        FileCopy.RemoveWithLog(beside);
        throw new EventStoreException($"{from} does not hold, and nothing was changed. {fault} Restore an older backup.");
    }

    /// <summary>Before the events change: rows that fit no events must never be met.</summary>
    private Task DropDerived(CancellationToken cancellationToken)
    {
        foreach (var path in derived) FileCopy.RemoveWithLog(path);
        return Task.CompletedTask;
    }

    /// <summary>
    /// The log beside the old file must not meet the new one. What is in it goes into the old file; a damaged file can't take
    /// it, and SQLite may drop it on the way, so a copy is made first.
    /// </summary>
    private Task FoldOldLog(CancellationToken cancellationToken)
    {
        var (log, kept) = (to + "-wal", Replaced + "-wal");
        if (File.Exists(log)) File.Copy(log, kept, overwrite: true);
        if (File.Exists(to) && TryFold())
        {
            if (File.Exists(log)) throw GiveUpForReaders();
            File.Delete(kept);
        }
        File.Delete(log);
        File.Delete(to + "-shm");
        return Task.CompletedTask;
    }

    /// <summary>False for a damaged file.</summary>
    private bool TryFold()
    {
        try
        {
            using var old = Database.Open(to, forWriting: true);
            return old.ReadNumber("PRAGMA wal_checkpoint(TRUNCATE)") == 0 ? true : throw GiveUpForReaders();
        }
        catch (Failure failure)
        {
            return failure.IsDamage ? false : throw failure.Explain(to, $"{to} can't be set aside");
        }
    }

    /// <summary>Keeping the old file is a second name for it, given before the new one takes the first.</summary>
    private Task Replace(CancellationToken cancellationToken)
    {
        if (File.Exists(to)) File.Replace(beside, to, Replaced);
        else File.Move(beside, to);
        return Task.CompletedTask;
    }

    private EventStoreException GiveUpForReaders()
    {
        File.Delete(Replaced + "-wal");
        return new EventStoreException(
            $"{to} is being read by another program, such as 'verify' or 'backup': wait for its end and restore again.");
    }
}
