using Billing.Api.Access;
using Billing.Api.Http;
using Billing.Api.Tests.Http;
using Billing.Domain.Quotes;
using Billing.EventStore.Port;
using Microsoft.AspNetCore.Http;

namespace Billing.Api.Tests.Quotes;

public sealed class QuoteMomentTests
{
    [Fact]
    public async Task A_row_that_lags_behind_its_stream_is_asked_for_again_and_never_shown_beside_it()
    {
        await using var server = await ApiServer.Start();
        var practice = await Practice.OpenEmpty(server);
        await practice.AddClient();
        var quote = await practice.SendQuote();
        var call = new QueryCall(
            new DefaultHttpContext { RequestServices = server.Services, Request = { RouteValues = { ["id"] = quote.ToString() } } },
            new Caller(new BookId(practice.Id), practice.OwnerId, Role.Owner, Guid.NewGuid(), "America/Chicago"));
        // Drafted is version 1, sent is 2: the first look finds the row as it was before the quote was sent.
        var rows = new Queue<Row>([new Row("draft", 1), new Row("sent", 2)]);

        var detail = await call.Detail(
            "quote", Quote.Stream, rows.Dequeue, row => row.Version,
            (row, state, _) => ValueTask.FromResult((row.Status, IsSent: state.Sent is not null)));

        Assert.Equal(("sent", true), detail.View);
        Assert.Equal(2, detail.Version);
    }

    private sealed record Row(string Status, long Version);
}
