using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Books_that_have_events_are_listed_in_pages_in_the_order_of_their_ids_bytes()
    {
        BookId[] books =
        [
            new(new Guid("ff000000-0000-0000-0000-000000000000")), new(new Guid("01000000-0000-0000-0000-000000000001")),
            new(new Guid("00000001-0000-0000-0000-0000000000ff")), new(new Guid("01000000-ffff-0000-0000-000000000000")),
            new(Guid.Empty),
        ];
        foreach (var book in books) await Appended(Given.Append(book, "invoice-1", 0, 2));
        await Appended(Given.Append(books[0], "invoice-2", 0));
        Assert.IsType<AppendOutcome.Conflict>(await Store.Append(Given.Append(Given.Book(), "invoice-1", 7), Stop));

        BookId[] inOrder = [books[4], books[2], books[1], books[3], books[0]];

        Assert.Equal(inOrder, await Store.ReadBooks(null, 10, Stop));
        Assert.Equal(inOrder[..2], await Store.ReadBooks(null, 2, Stop));
        Assert.Equal(inOrder[2..4], await Store.ReadBooks(inOrder[1], 2, Stop));
        Assert.Equal(inOrder[3..], await Store.ReadBooks(new BookId(new Guid("01000000-0000-0000-0000-000000000002")), 10, Stop));
        Assert.Empty(await Store.ReadBooks(inOrder[4], 10, Stop));
        Assert.Empty(await Store.ReadBooks(null, 0, Stop));
        Assert.Equal(inOrder, await FeedBooks.Read(Store, null, 10, Stop));
    }

    [Fact]
    public async Task A_store_without_events_lists_no_book() => Assert.Empty(await Store.ReadBooks(null, 10, Stop));
}
