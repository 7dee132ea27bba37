using System.Globalization;
using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    [Fact]
    public async Task Of_several_writers_at_the_same_version_exactly_one_wins()
    {
        var book = Given.Book();
        for (var version = 0; version < 20; version++)
        {
            var outcomes = await AtOnce(12, _ => Given.Append(book, "invoice-1", version));

            Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
            Assert.All(
                outcomes.OfType<AppendOutcome.Conflict>(),
                c => Assert.Equal(new AppendOutcome.Conflict("invoice-1", version, version + 1), c));
            Assert.Equal(11, outcomes.OfType<AppendOutcome.Conflict>().Count());
        }
        AssertWhole(await Book(book));
    }

    [Fact]
    public async Task Of_several_writers_with_the_same_key_exactly_one_wins()
    {
        var book = Given.Book();
        var outcomes = await AtOnce(16, n => Given.Append(book, Name("invoice", n), 0).Keyed("k-1"));

        Assert.Single(outcomes.OfType<AppendOutcome.Appended>());
        Assert.Equal(15, outcomes.OfType<AppendOutcome.KeyTaken>().Count());
        Assert.Single(await Book(book));
    }

    [Fact]
    public async Task Refused_appends_never_fail_their_neighbours()
    {
        var book = Given.Book();
        var used = Given.Event();
        await Appended(Given.Append(book, new StreamAppend("taken-1", 0, [used])).Keyed("k-1"));

        var good = new List<Task<AppendOutcome>>();
        var bad = new List<Task<AppendOutcome>>();
        var misused = new List<Task<AppendOutcome>>();
        for (var n = 0; n < 100; n++)
        {
            good.Add(Start(Given.Append(book, Name("good", n), 0, 1 + n % 3)));
            bad.Add(Start(Given.Append(book, "taken-1", 0)));
            bad.Add(Start(Given.Append(book, new StreamAppend(Name("half", n), 0, Given.Events(2))).Checking("taken-1", 9)));
            bad.Add(Start(Given.Append(book, Name("keyed", n), 0).Keyed("k-1")));
            misused.Add(Start(Given.Append(book, new StreamAppend(Name("misused", n), 0, [Given.Event(), used]))));
        }

        Assert.All(await Task.WhenAll(good), o => Assert.IsType<AppendOutcome.Appended>(o));
        Assert.All(await Task.WhenAll(bad), o => Assert.IsNotType<AppendOutcome.Appended>(o));
        foreach (var misuse in misused) await Assert.ThrowsAsync<ArgumentException>(() => misuse);
        var stored = await Book(book);
        Assert.Equal(1 + Enumerable.Range(0, 100).Sum(n => 1 + n % 3), stored.Count);
        AssertWhole(stored);
    }

    [Fact]
    public async Task Each_append_lies_whole_and_together_in_its_book()
    {
        var books = Enumerable.Range(0, 4).Select(_ => Given.Book()).ToList();
        var requests = Enumerable.Range(0, 200).Select(n => Given.Append(
            books[n % 4],
            new StreamAppend(Name("invoice", n), 0, Given.Events(2)),
            new StreamAppend("numbering-a", StreamAppend.AnyVersion, Given.Events(1)))).ToList();

        await AtOnce(200, n => requests[n]);

        foreach (var book in books)
        {
            var stored = await Book(book);
            AssertWhole(stored);
            Assert.Equal(150, stored.Count);
            foreach (var append in stored.Chunk(3))
            {
                var request = requests.Single(r => r.Writes[0].Events[0].Id == append[0].Id);
                Assert.Equal(request.Writes.SelectMany(w => w.Events).Select(e => e.Id), append.Select(e => e.Id));
            }
        }
        var feed = await Feed();
        Assert.Equal(600, feed.Count);
        Assert.Equal(600, feed.Select(e => e.Position).Distinct().Count());
        Assert.Equal(feed.Select(e => e.Position).Order(), feed.Select(e => e.Position));
    }

    private async Task<AppendOutcome[]> AtOnce(int count, Func<int, AppendRequest> request) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(n => Start(request(n))));

    private Task<AppendOutcome> Start(AppendRequest request) =>
        Task.Run(async () => await Store.Append(request, Stop), Stop);

    private static string Name(string category, int n) =>
        string.Create(CultureInfo.InvariantCulture, $"{category}-{n}");
}
