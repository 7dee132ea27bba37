using System.Text;
using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Visiting_a_stream_shows_what_reading_it_gives()
    {
        var book = Given.Book();
        await Appended(Given.Append(Given.Book(), "client-1", 0, 3));
        await Appended(Given.Append(book, "client-2", 0, 3));
        var named = new NewEvent(Guid.CreateVersion7(), "client-added.v1", "{}"u8.ToArray(), "{\"name\":\"Zoë\"}"u8.ToArray());
        var shut = new NewEvent(Guid.CreateVersion7(), "client-added.v1", "{}"u8.ToArray(), new byte[40], Guid.CreateVersion7());
        await Appended(Given.Append(book, new StreamAppend("client-1", 0, [named, shut, .. Given.Events(2_100)])));

        var shown = new List<(long, Guid, string, string, Guid?, string, string)>();
        var version = await Store.VisitStream(book, "client-1", visited => shown.Add((
            visited.Position, visited.Id, visited.Type, Encoding.UTF8.GetString(visited.Data), visited.ConfidentialKey,
            Convert.ToHexString(visited.Confidential), Encoding.UTF8.GetString(visited.Plain))), Stop);

        var read = await Stream(book, "client-1");
        Assert.Equal(2_102, version);
        Assert.Equal(
            read.Select(e => (e.Position, e.Id, e.Type, Encoding.UTF8.GetString(e.Data.Span), e.ConfidentialKey,
                Convert.ToHexString(e.Confidential.Span), e.ConfidentialKey is null ? Encoding.UTF8.GetString(e.Confidential.Span) : "")),
            shown);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(1_000)]
    public async Task Visiting_ends_at_the_streams_version_wherever_pages_end(int events)
    {
        var (book, shown) = (Given.Book(), 0L);
        Assert.Equal(0, await Store.VisitStream(book, "client-1", _ => shown++, Stop));
        await Appended(Given.Append(book, "client-1", 0, events));

        Assert.Equal(events, await Store.VisitStream(book, "client-1", _ => shown++, Stop));
        Assert.Equal(events, shown);
    }

    [Fact]
    public async Task What_a_visitor_throws_comes_out_and_the_store_goes_on()
    {
        var book = Given.Book();
        await Appended(Given.Append(book, "client-1", 0, 3));
        for (var n = 0; n < 20; n++)
            await Assert.ThrowsAsync<NotSupportedException>(async () => await Store.VisitStream(
                book, "client-1", _ => throw new NotSupportedException(), Stop));

        await Appended(Given.Append(book, "client-1", 3));
        Assert.Equal(4, (await Stream(book, "client-1")).Count);
    }
}
