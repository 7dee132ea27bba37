using Billing.Api.Access;
using Billing.Api.Commands;
using Billing.Domain.Taxes.UsFederal;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Running;

namespace Billing.Api.Past;

/// <summary>
/// Says what events that are stored nowhere would change: the figures of a book are worked out as it is and with them, by the
/// same code. The read models of the book asked for last are kept in memory and taken further, so that a dry run costs what was
/// written since the one before.
/// </summary>
public sealed class CommandEffects(IServiceProvider services, IEventStore events, KeyRing keys) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private (BookId Book, long Erasures)? kept;
    private BookSnapshot? snapshot;

    /// <summary>Null for a book that has more than <see cref="PastBooks.MostEvents"/>.</summary>
    public async Task<EffectView?> Of(AppendRequest request, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (await BookPlaces.At(events, request.Book, PastBooks.MostEvents, cancellationToken) is not null) return null;
            var now = await Newest(request.Book, cancellationToken);
            return now.Last is { } last ? await Weigh(now, last, request, cancellationToken) : null;
        }
        catch
        {
            // What was folded half way must not be asked again.
            Forget();
            throw;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Lets go of what is kept: something in it was erased.</summary>
    public void Clear()
    {
        turn.Wait();
        Forget();
        turn.Release();
    }

    public void Dispose()
    {
        Forget();
        turn.Dispose();
    }

    private async Task<EffectView> Weigh(BookSnapshot now, StoredEvent last, AppendRequest request, CancellationToken cancellationToken)
    {
        var (more, cache) = (Behind(last, request), new StateCache());
        var context = new CommandContext(request.Book, request.Metadata.Actor, request.Metadata.RecordedAt, Guid.Empty);
        var today = await Session([]).Today();
        var taxYear = TaxDates.Next(today).Year;
        var before = await Figures([]);
        foreach (var write in request.Writes) cache.Drop(request.Book, write.Stream);
        var after = await now.With(more, () => Figures(more));
        return new EffectView(today, taxYear, BookFigures.Changes(before, after));

        BookThrough Book(IReadOnlyList<StoredEvent> further) => new(events, request.Book, last.Place, further);

        BookSession Session(IReadOnlyList<StoredEvent> further) => new(Book(further), cache, context, cancellationToken);

        async Task<BookFigures> Figures(IReadOnlyList<StoredEvent> further)
        {
            await using var over = PastBook.ServicesOver(services, Book(further), now.Database);
            return await BookFigures.Of(over, Session(further), today, taxYear);
        }
    }

    /// <summary>The read models of the book as it is stored now.</summary>
    private async Task<BookSnapshot> Newest(BookId book, CancellationToken cancellationToken)
    {
        var wanted = (book, keys.Erasures);
        if (snapshot is null || kept != wanted)
        {
            Forget();
            snapshot = await BookSnapshot.Fill(events, book, long.MaxValue, cancellationToken);
            kept = wanted;
            return snapshot;
        }
        await snapshot.Advance(events, book, long.MaxValue, cancellationToken);
        return snapshot;
    }

    /// <summary>The events as they would lie in the store.</summary>
    private static List<StoredEvent> Behind(StoredEvent last, AppendRequest request) =>
    [
        .. request.Writes.SelectMany(write => write.Events.Select((e, i) => (write, e, i))).Select((one, number) => new StoredEvent(
            last.Position + 1 + number, request.Book, last.Place + 1 + number, one.write.Stream, one.write.ExpectedVersion + 1 + one.i,
            one.e.Id, one.e.Type, one.e.Data, one.e.Confidential, one.e.ConfidentialKey, request.Metadata, default)),
    ];

    private void Forget()
    {
        snapshot?.Dispose();
        (snapshot, kept) = (null, null);
    }
}
