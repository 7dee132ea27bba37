using Billing.EventStore.Memory;
using Billing.EventStore.Port;
using CsCheck;

namespace Billing.EventStore.Tests.Conformance;

public abstract partial class StoreConformance
{
    /// <summary>A step of a random history: what to write, at which version, and whether to send an earlier one again.</summary>
    private sealed record Step(int Book, int Stream, int Expected, int Events, int? SecondStream, int? Check, int? Key, int? Again);

    private static Gen<Step> Steps { get; } =
        from book in Gen.Int[0, 1]
        from stream in Gen.Int[0, 2]
        from expected in Gen.Int[-1, 3]
        from events in Gen.Int[1, 3]
        from second in Gen.Int[3, 4].Nullable(0.7)
        from check in Gen.Int[0, 3].Nullable(0.7)
        from key in Gen.Int[0, 4].Nullable(0.7)
        from again in Gen.Int[0, 9].Nullable(0.8)
        select new Step(book, stream, expected, events, second, check, key, again);

    [Fact]
    public async Task Answers_as_the_memory_store_does_over_any_history()
    {
        await Steps.Array[1, 40].SampleAsync(
            async steps =>
            {
                await using var model = new MemoryEventStore();
                BookId[] books = [Given.Book(), Given.Book()];
                var sent = new List<AppendRequest>();
                foreach (var step in steps)
                {
                    var request = step.Again is { } n && n < sent.Count ? sent[n] : Request(books[step.Book], step);
                    sent.Add(request);
                    AssertAlike(await model.Append(request, Stop), await Store.Append(request, Stop));
                }
                foreach (var book in books)
                {
                    var stored = await Book(book);
                    Assert.Equal((await model.ReadBook(book, 0, 1_000, Stop)).Select(e => e.Id), stored.Select(e => e.Id));
                    AssertWhole(stored);
                }
            },
            iter: 60,
            threads: 1);
    }

    private static AppendRequest Request(BookId book, Step step)
    {
        var request = Given.Append(book, Name("s", step.Stream), step.Expected, step.Events);
        if (step.SecondStream is { } second)
            request = request with
            {
                Writes = [.. request.Writes, new StreamAppend(Name("s", second), StreamAppend.AnyVersion, Given.Events(1))],
            };
        if (step.Check is { } version) request = request.Checking("s-5", version % 2);
        return step.Key is { } key ? request.Keyed(Name("k", key)) : request;
    }

    /// <summary>Positions differ, because this store holds earlier histories too.</summary>
    private static void AssertAlike(AppendOutcome expected, AppendOutcome actual)
    {
        if (expected is not AppendOutcome.Appended model)
        {
            Assert.Equal(expected, actual);
            return;
        }
        var appended = Assert.IsType<AppendOutcome.Appended>(actual);
        Assert.Equal((model.Place, model.Repeated), (appended.Place, appended.Repeated));
        Assert.Equal(model.Versions, appended.Versions);
    }
}
