using System.Text;
using Billing.EventStore.Port;
using NodaTime;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Every_part_of_an_event_comes_back_as_it_went_in()
    {
        var book = Given.Book();
        var sealedBytes = Enumerable.Range(0, 256).Select(n => (byte)n).ToArray();
        var plain = new NewEvent(
            Guid.CreateVersion7(), "client-added.v2", "{ \"b\" : 1,\n\"a\":\"é\\u00e9\" }"u8.ToArray(), "{\"name\":\"Zoë\"}"u8.ToArray());
        var shut = new NewEvent(
            Guid.CreateVersion7(), "client-added.v2", "{}"u8.ToArray(), sealedBytes, Guid.CreateVersion7());
        var metadata = new EventMetadata(
            "share-link:ünï", Guid.CreateVersion7(), Guid.CreateVersion7(),
            Instant.FromUnixTimeTicks(17_723_456_789_012_345), "key ✓", "9f86d081884c7d65");
        await Appended(new AppendRequest(book, [new StreamAppend("client-1", 0, [plain, shut])], [], metadata));

        var stored = await Stream(book, "client-1");

        foreach (var (given, found) in new[] { plain, shut }.Zip(stored))
        {
            Assert.Equal((book, "client-1", given.Id, given.Type), (found.Book, found.Stream, found.Id, found.Type));
            Assert.Equal(given.Data.ToArray(), found.Data.ToArray());
            Assert.Equal(given.Confidential.ToArray(), found.Confidential.ToArray());
            Assert.Equal(given.ConfidentialKey, found.ConfidentialKey);
            Assert.Equal(metadata, found.Metadata);
            Assert.Equal(Chain.LinkLength, found.Link.Length);
        }
        AssertWhole(stored);
    }

    [Fact]
    public async Task Absent_parts_come_back_absent()
    {
        var book = Given.Book();
        await Appended(Given.Append(book, "client-1", 0));

        var stored = Assert.Single(await Stream(book, "client-1"));

        Assert.True(stored.Confidential.IsEmpty);
        Assert.Null(stored.ConfidentialKey);
        Assert.Null(stored.Metadata.IdempotencyKey);
        Assert.Null(stored.Metadata.BodyHash);
    }

    [Theory]
    [InlineData("invoice-1")]
    [InlineData("Invoice-1")]
    [InlineData("invoice-1 ")]
    [InlineData("invoice-'; DROP TABLE events; --")]
    [InlineData("invoice-%_?*[a]")]
    [InlineData("invoice-née-née")]
    [InlineData("発票-一")]
    [InlineData("facture-🧾‍💶")]
    [InlineData("$all")]
    [InlineData("\u202einvoice\u0001\n\t")]
    public async Task A_stream_name_is_taken_letter_by_letter(string name)
    {
        var book = Given.Book();
        string[] alike = [.. new[] { "invoice-1", "Invoice-1", "invoice-1 ", "invoice-née", "$al" }.Where(s => s != name)];
        foreach (var other in alike) await Appended(Given.Append(book, other, 0));

        await Appended(Given.Append(book, name, 0, 2));

        Assert.Equal([name, name], (await Stream(book, name)).Select(e => e.Stream));
        Assert.Equal(new AppendOutcome.Conflict(name, 1, 2), await Store.Append(Given.Append(book, name, 1), Stop));
        foreach (var other in alike) Assert.Equal(other, Assert.Single(await Stream(book, other)).Stream);
        AssertWhole(await Book(book));
    }

    [Fact]
    public async Task The_longest_name_is_taken_whole()
    {
        var (book, name) = (Given.Book(), new string('x', 511));
        await Appended(Given.Append(book, name + "1", 0));
        await Appended(Given.Append(book, name + "2", 0));

        Assert.Single(await Stream(book, name + "2"));
    }

    [Fact]
    public async Task An_event_of_a_megabyte_is_kept_whole()
    {
        var book = Given.Book();
        var json = "{\"note\":\"" + string.Concat(Enumerable.Repeat("überlang ", 100_000)) + "\"}";
        await Appended(Given.Append(book, new StreamAppend("expense-1", 0, [Given.Event(), Given.Event(json), Given.Event()])));

        var stored = await Stream(book, "expense-1");

        Assert.True(stored[1].Data.Length > 1_000_000);
        Assert.Equal(json, Encoding.UTF8.GetString(stored[1].Data.Span));
        AssertWhole(stored);
        Assert.Equal(3, (await Feed()).Count);
    }

    [Fact]
    public async Task The_caller_may_use_its_buffers_again_after_the_append()
    {
        var book = Given.Book();
        var buffer = "{\"n\":1}"u8.ToArray();
        await Appended(Given.Append(
            book, new StreamAppend("client-1", 0, [new NewEvent(Guid.CreateVersion7(), "client-added.v1", buffer, buffer)])));
        buffer.AsSpan().Clear();

        var stored = Assert.Single(await Stream(book, "client-1"));

        Assert.Equal("{\"n\":1}", Encoding.UTF8.GetString(stored.Data.Span));
        Assert.Equal("{\"n\":1}", Encoding.UTF8.GetString(stored.Confidential.Span));
    }
}
