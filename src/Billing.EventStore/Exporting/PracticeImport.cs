using System.Globalization;
using Billing.EventStore.Copying;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Verification;
using NodaTime;

namespace Billing.EventStore.Exporting;

/// <summary>
/// Takes an exported practice into a store without events. In an event file it is there whole or not at all; on a server, where each
/// append stands by itself, an import that was cut off is completed by running it again.
/// </summary>
/// <param name="keepFile">Keeps a file of receipts for good.</param>
/// <param name="derived">Databases worked out from the events, which have to be worked out anew.</param>
public sealed class PracticeImport(
    StoreAddress target, KeyRing keys, Func<byte[], CancellationToken, Task> keepFile, IReadOnlyList<string> derived)
{
    /// <exception cref="EventStoreException">There are events already, or the store can't be written.</exception>
    public async Task<CopiedBook> Run(
        ExportedPractice practice, Instant now, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        // Held to the end, so that neither a server nor another import gets at an event file between the look at it and its replacement.
        using var held = target.Engine == "sqlite" ? Hold() : null;
        await CheckRoom(practice, cancellationToken).ConfigureAwait(false);
        // Whatever the events need comes before them: a key or a file too many harms nobody.
        keys.TakeIn(practice.Book, practice.Keys, now);
        await foreach (var file in practice.ReadFiles(cancellationToken).ConfigureAwait(false))
            await keepFile(file, cancellationToken).ConfigureAwait(false);
        if (held is not null) return await IntoFile(practice, held, now, progress, cancellationToken).ConfigureAwait(false);
        var store = await target.Open(cancellationToken).ConfigureAwait(false);
        await using var closing = store.ConfigureAwait(false);
        return await BookCopy.Run(practice, store, progress, cancellationToken).ConfigureAwait(false);
    }

    private StoreLock Hold()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target.Place))!);
        return StoreLock.Take(target.Place);
    }

    private async Task CheckRoom(ExportedPractice practice, CancellationToken cancellationToken)
    {
        if (target.Engine == "sqlite" && SqliteEventReader.IsBare(target.Place)) return;
        var store = await target.OpenReader(cancellationToken).ConfigureAwait(false);
        await using var closing = store.ConfigureAwait(false);
        if (await store.HeadPosition(cancellationToken).ConfigureAwait(false) == 0) return;
        var last = await LastEvent.Of(store, practice.Book, cancellationToken).ConfigureAwait(false);
        var books = await store.ReadBooks(null, 2, cancellationToken).ConfigureAwait(false);
        if (last is null || books.Count > 1)
        {
            throw new EventStoreException(
                $"{target} holds events of {(last is null ? "another practice" : "several practices")}, and nothing was imported. Import "
                + "into an empty installation; 'copy' brings a practice from there into another store.");
        }
        if (target.Engine == "sqlite" || last.Place >= practice.Place)
        {
            throw new EventStoreException(string.Create(
                CultureInfo.InvariantCulture,
                $"The practice {practice.Book} is in {target} already, with {last.Place} events, and nothing was imported."));
        }
    }

    /// <summary>All is done beside the event file, and one rename makes it the event file.</summary>
    private async Task<CopiedBook> IntoFile(
        ExportedPractice practice, StoreLock held, Instant now, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var beside = target.Place + ".importing";
        FileCopy.RemoveWithLog(beside);
        try
        {
            CopiedBook copied;
            var store = SqliteEventStore.Open(beside);
            await using (store.ConfigureAwait(false))
                copied = await BookCopy.Run(practice, store, progress, cancellationToken).ConfigureAwait(false);
            var replaced = await SqliteRestore.Run(beside, target.Place, derived, now, null, held, cancellationToken).ConfigureAwait(false);
            // It held no event.
            if (replaced is not null) FileCopy.RemoveWithLog(replaced);
            return copied;
        }
        finally
        {
            FileCopy.RemoveWithLog(beside);
            File.Delete(beside + ".lock");
        }
    }
}
