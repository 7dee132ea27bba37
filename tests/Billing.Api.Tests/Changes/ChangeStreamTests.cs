using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Changes;

public sealed class ChangeStreamTests : IAsyncLifetime
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    private ApiServer _server = null!;
    private Practice _practice = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await ApiServer.Start();
        _practice = await Practice.Open(_server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_change_is_told_live_and_can_be_read_then_and_who_comes_back_misses_nothing()
    {
        string last;
        Guid first;
        await using (var stream = await Stream.Open(_server, _practice.Owner))
        {
            first = await _practice.Log(_practice.Owner, "2026-03-05", 600);
            var told = await stream.Next();
            Assert.Equal((first.ToString(), "created"), ((string)told.Change["id"]!, (string)told.Change["kind"]!));
            Assert.Equal(told.Id, (string)told.Change["cursor"]!);
            (await _server.Get(_practice.Owner, (string)told.Change["href"]!)).Ok();
            last = told.Id;
        }
        var missed = new List<Guid>();
        for (var n = 0; n < 150; n++) missed.Add(await _practice.Log(_practice.Owner, "2026-03-06", 60));

        await using var again = await Stream.Open(_server, _practice.Owner, ("Last-Event-ID", last));
        foreach (var entry in missed) Assert.Equal(entry.ToString(), (string)(await again.Next()).Change["id"]!);
        var live = await _practice.Log(_practice.Owner, "2026-03-07", 60);
        Assert.Equal(live.ToString(), (string)(await again.Next()).Change["id"]!);
    }

    [Fact]
    public async Task A_stream_says_when_to_come_back_and_that_it_lives_and_moves_the_cursor_past_what_its_reader_may_not_see()
    {
        await using var stream = await Stream.Open(_server, _practice.Assistant);
        await _practice.Log(_practice.OtherAssistant, "2026-03-05", 600);
        var end = (string)(await _server.Get(_practice.Assistant, "/v1/changes?since=now")).Ok().Json["next"]!;

        var text = "";
        while (!text.Contains($": alive\nid: {end}\n\n", StringComparison.Ordinal)) text += await stream.Line() + "\n";
        Assert.StartsWith("retry: 3000\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("data:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_ends_soon_after_its_token_is_revoked()
    {
        var spare = await _practice.IssueToken(_practice.OwnerId);
        await using var stream = await Stream.Open(_server, spare.Token);
        await _practice.Post($"/v1/tokens/{spare.Id}:revoke", "{}");

        await stream.ReadToEnd().WaitAsync(Soon, Cancellation);
    }

    [Fact]
    public async Task A_stream_does_not_hold_up_a_server_that_stops()
    {
        await using var stream = await Stream.Open(_server, _practice.Owner);
        var clock = Stopwatch.StartNew();
        await _server.Restart();

        Assert.True(clock.Elapsed < Soon, $"It took {clock.Elapsed}.");
        await stream.ReadToEnd().WaitAsync(Soon, Cancellation);
    }

    [Fact]
    public async Task The_eleventh_stream_of_a_token_is_refused_until_one_is_closed()
    {
        var streams = new List<Stream>();
        for (var n = 0; n < 10; n++) streams.Add(await Stream.Open(_server, _practice.Owner));
        var refused = await _server.Get(_practice.Owner, "/v1/events");
        Assert.Equal((429, "too-many-streams"), (refused.Code, refused.ProblemCode));
        Assert.Null(Refused.Fault(refused));

        foreach (var stream in streams) await stream.DisposeAsync();
        var clock = Stopwatch.StartNew();
        while (true)
        {
            using var request = Stream.Request(_practice.Owner);
            using var response = await _server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            if (response.StatusCode == HttpStatusCode.OK) return;
            Assert.True(clock.Elapsed < Soon, "The closed streams still count.");
            await Task.Delay(100, Cancellation);
        }
    }

    /// <summary>One reader's connection.</summary>
    private sealed class Stream(HttpResponseMessage response, System.IO.Stream body) : IAsyncDisposable
    {
        private readonly StreamReader _lines = new(body);
        private IAsyncEnumerator<SseItem<string>>? _items;

        public static async Task<Stream> Open(ApiServer server, string token, params (string, string)[] headers)
        {
            var request = Request(token);
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
            return new Stream(response, await response.Content.ReadAsStreamAsync(Cancellation));
        }

        public static HttpRequestMessage Request(string token)
        {
            var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
            return request;
        }

        /// <summary>The next change, as a client of events reads it.</summary>
        public async Task<(string Id, JsonObject Change)> Next()
        {
            _items ??= SseParser.Create(body).EnumerateAsync(Cancellation).GetAsyncEnumerator(Cancellation);
            Assert.True(await _items.MoveNextAsync().AsTask().WaitAsync(Soon, Cancellation));
            Assert.Equal("change", _items.Current.EventType);
            return (_items.Current.EventId!, JsonNode.Parse(_items.Current.Data)!.AsObject());
        }

        public Task<string?> Line() => _lines.ReadLineAsync(Cancellation).AsTask().WaitAsync(Soon, Cancellation);

        public async Task ReadToEnd()
        {
            try
            {
                await _lines.ReadToEndAsync(Cancellation);
            }
            catch (IOException)
            {
                // The server may close a stream without its last chunk.
            }
        }

        public ValueTask DisposeAsync()
        {
            _lines.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
