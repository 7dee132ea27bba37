using Billing.EventStore.Port;
using Billing.EventStore.Sqlite;
using Billing.EventStore.Tests.Verification;
using Billing.EventStore.Verification;

namespace Billing.EventStore.Tests.Sqlite;

/// <summary>A damaged file says what a person must do, in a sentence, wherever the damage is met.</summary>
public sealed class DamageTests
{
    private const string Remedy = "put the newest backup in its place with 'restore --from FILE'";
    private const int PageBytes = 4_096;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_overwritten_header_is_refused_at_the_start()
    {
        await using var written = await WrittenBook.Write();
        await Overwrite(written.Path, at: 0, new byte[100]);

        var writing = Assert.Throws<EventStoreException>(() => SqliteEventStore.Open(written.Path));
        var reading = Assert.Throws<EventStoreException>(() => SqliteEventReader.Open(written.Path));

        Assert.Contains(Remedy, writing.Message, StringComparison.Ordinal);
        Assert.Contains(Remedy, reading.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whichever_page_is_zeroed_the_start_or_the_walk_says_so()
    {
        await using var written = await WrittenBook.Write();
        var whole = await File.ReadAllBytesAsync(written.Path, Stop);
        Assert.True(whole.Length > 8 * PageBytes, "The file has too few pages for this test.");

        for (var at = 0; at < whole.Length; at += PageBytes)
        {
            await File.WriteAllBytesAsync(written.Path, whole, Stop);
            await Overwrite(written.Path, at, new byte[PageBytes]);

            var said = await Said(written);

            Assert.True(said is null || said.Contains(Remedy, StringComparison.Ordinal), $"page at {at}: {said}");
            if (said is null) await AssertOnlyAnIndexOfWritesIsHurt(written, at);
        }
    }

    /// <summary>What opening, listing and walking say; null where they met nothing.</summary>
    private static async Task<string?> Said(WrittenBook written)
    {
        try
        {
            await using var reader = SqliteEventReader.Open(written.Path);
            var books = await reader.ReadBooks(null, 10, Stop);
            if (!books.Contains(written.Book)) return Remedy;
            return (await BookVerifier.Verify(new StoredBook(reader, written.Book), [], null, Stop)).Fault?.Found;
        }
        catch (EventStoreException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>A page that reading never meets is met by a backup, which looks through all of them.</summary>
    private static async Task AssertOnlyAnIndexOfWritesIsHurt(WrittenBook written, int at)
    {
        var refusal = await Record.ExceptionAsync(() => SqliteBackup.Write(written.Path, $"{written.Path}.{at}", null, Stop));
        Assert.IsType<EventStoreException>(refusal);
    }

    private static async Task Overwrite(string path, int at, byte[] bytes)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Position = at;
        await file.WriteAsync(bytes, Stop);
    }
}
