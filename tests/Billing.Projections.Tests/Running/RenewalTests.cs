using System.Text;
using Billing.Domain.Clients;
using Billing.EventStore.Codec;
using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using Billing.EventStore.Sealing;
using Billing.Projections.Running;
using Billing.Projections.Storage;
using Billing.Projections.Tests.Given;

namespace Billing.Projections.Tests.Running;

/// <summary>After an erasure the rows of its book, and of no other, are made anew.</summary>
public abstract class RenewalTests : IAsyncDisposable
{
    private protected const string Word = "ZqErasedAtOnce";
    private static readonly BookId Other = new(Ids.Of(1, 2));
    private static readonly KeyOwner Contact = new(Ids.Acme, KeyUse.Contact);

    private readonly string folder = Directory.CreateTempSubdirectory("billing-renewal-").FullName;
    private readonly ReadModels models;
    private readonly KeyRing keys;
    private readonly SealedEventStore store;
    private ReadDatabase database;
    private ProjectionRunner runner;

    private protected RenewalTests(ReadModels models)
    {
        this.models = models;
        keys = new KeyRing(SqliteKeyHome.Open(Path.Combine(folder, "keys.db")), master: null, Guid.CreateVersion7);
        store = new SealedEventStore(new MemoryEventStore(), keys);
        database = models.Open();
        runner = new ProjectionRunner(store, database, keys: keys);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public async Task Renewed_rows_are_those_that_a_replay_gives_and_other_books_are_not_touched(int seed)
    {
        await AppendHistory(Practice.Book, seed);
        await AppendHistory(Other, seed + 50);
        await runner.CatchUp(Stop);
        var before = runner.DumpRows();
        // A mark that no replay would make.
        database.Writer.Execute("UPDATE clients SET name = 'untouched' WHERE book = (SELECT book FROM books ORDER BY book DESC LIMIT 1)");

        keys.Erase(Practice.Book, Contact, Practice.Now);
        runner.NoticeErasure();
        Assert.Equal(0, runner.Position);
        await AppendHistory(Practice.Book, seed + 100);
        await runner.CatchUp(Stop);

        var renewed = runner.DumpRows();
        Assert.Contains(renewed, row => IsClientOf(row, 2) && row.Contains("untouched", StringComparison.Ordinal));
        Assert.Equal(await store.HeadPosition(Stop), runner.Position);
        await runner.Rebuild(Stop);
        Assert.NotEqual(before, runner.DumpRows());
        Assert.Equal(runner.DumpRows().Where(row => !IsClientOf(row, 2)), renewed.Where(row => !IsClientOf(row, 2)));
    }

    [Fact]
    public async Task Nothing_is_read_by_position_until_the_book_is_renewed_and_no_word_stays_in_the_database()
    {
        await AppendClient();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var running = runner.Run(stop.Token);
        var head = await store.HeadPosition(Stop);
        Assert.True(await runner.WaitFor(head, TimeSpan.FromSeconds(20), Stop));
        Assert.True(IsWordInDatabase());

        keys.Erase(Practice.Book, Contact, Practice.Now);
        runner.NoticeErasure();
        Assert.True(await runner.WaitFor(head, TimeSpan.FromSeconds(20), Stop));

        Assert.DoesNotContain(runner.DumpRows(), row => row.Contains(Word, StringComparison.Ordinal));
        await stop.CancelAsync();
        await running;
        Assert.False(IsWordInDatabase());
    }

    [Fact]
    public async Task An_erasure_that_came_while_nobody_ran_is_made_good_before_anything_is_read()
    {
        await AppendClient();
        await runner.CatchUp(Stop);
        Close();
        keys.Erase(Practice.Book, Contact, Practice.Now);

        database = models.Open();
        runner = new ProjectionRunner(store, database, keys: keys);
        Assert.Equal(0, runner.Position);
        await runner.CatchUp(Stop);

        Assert.Equal(await store.HeadPosition(Stop), runner.Position);
        Assert.DoesNotContain(runner.DumpRows(), row => row.Contains(Word, StringComparison.Ordinal));
        Assert.False(IsWordInDatabase());
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        await store.DisposeAsync();
        keys.Dispose();
        models.Dispose();
        Directory.Delete(folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected ReadModels Models => models;

    /// <summary>Whether its bytes are anywhere in what holds the clients.</summary>
    private protected abstract bool IsWordInDatabase();

    private static bool IsClientOf(string row, int book) => row.StartsWith($"clients|{book}|", StringComparison.Ordinal);

    private void Close()
    {
        runner.Dispose();
        database.Dispose();
    }

    private Task AppendClient() => Append(
        Practice.Book, $"client-{Ids.Acme:D}", new ClientEvent.ClientAdded(Ids.Acme, Word, null, null, "USD", 30, Practice.Now), Contact);

    /// <summary>Every third event is sealed for the client that is erased.</summary>
    private async Task AppendHistory(BookId book, int seed)
    {
        foreach (var (index, (stream, @event)) in RandomHistory.Of(seed, 100).Index())
            await Append(book, stream, @event, index % 3 == 0 ? Contact : null);
    }

    private async Task Append(BookId book, string stream, object @event, KeyOwner? owner)
    {
        var written = EventCodec.Encode(Guid.CreateVersion7(), @event) with { Owner = owner };
        var metadata = new EventMetadata("member:test", Guid.CreateVersion7(), Guid.CreateVersion7(), Practice.Now);
        Assert.IsType<AppendOutcome.Appended>(await store.Append(
            new AppendRequest(book, [new StreamAppend(stream, StreamAppend.AnyVersion, [written])], [], metadata), Stop));
    }
}

public sealed class RenewalOnSqlite() : RenewalTests(ReadModels.In(ReadModelsIn.Sqlite))
{
    private protected override bool IsWordInDatabase() => Models.Files.Any(file => Holds(file, Encoding.UTF8.GetBytes(Word)));

    private static bool Holds(string path, ReadOnlySpan<byte> word)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(word) >= 0;
    }
}

/// <summary>
/// Alone: a snapshot that anybody in the database still holds keeps deleted rows in their files, as it would on a busy server.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RenewalAlone
{
    public const string Name = "renewal";
}

[Collection(RenewalAlone.Name)]
public sealed class RenewalOnPostgres() : RenewalTests(new ReadModels.Schema())
{
    /// <summary>In the table's file as the server has it, rows that nobody can read any more and all.</summary>
    private protected override bool IsWordInDatabase()
    {
        var schema = (ReadModels.Schema)Models;
        schema.Run("CHECKPOINT");
        return schema.Run($"SELECT position('{Word}'::bytea IN pg_read_binary_file(pg_relation_filepath('clients')))") is > 0;
    }
}
