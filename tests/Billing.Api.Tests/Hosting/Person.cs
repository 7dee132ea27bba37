using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Billing.Api.Tests.Hosting;

/// <summary>Somebody who uses the server over HTTP: with a token, or as a client with nothing but a link.</summary>
public sealed class Person : IDisposable
{
    private const string PositionHeader = "Billing-Position";
    private readonly HttpClient _http;
    private readonly LastWrite _lastWrite;

    /// <param name="lastWrite">Shared by those who want to see each other's writes at once; left out, only one's own.</param>
    public Person(Uri server, string? token = null, LastWrite? lastWrite = null)
    {
        _lastWrite = lastWrite ?? new LastWrite();
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false })
        {
            BaseAddress = server,
            Timeout = TimeSpan.FromMinutes(10),
        };
        if (token is not null) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public Task<Reply> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <param name="body">Written as JSON; null for none.</param>
    /// <param name="key">The Idempotency-Key; null for none.</param>
    public Task<Reply> Post(string path, object? body = null, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body ?? new { }) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return Send(request);
    }

    public Task<Reply> PostText(string path, string text, string mediaType) => Send(new HttpRequestMessage(HttpMethod.Post, path)
    {
        Content = new StringContent(text, new MediaTypeHeaderValue(mediaType, "utf-8")),
    });

    public Task<Reply> PostForm(Uri address, params (string Name, string Value)[] fields) => Send(
        new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))),
        });

    public void Dispose() => _http.Dispose();

    private async Task<Reply> Send(HttpRequestMessage request)
    {
        using var sent = request;
        if (_lastWrite.Position > 0) request.Headers.Add(PositionHeader, _lastWrite.Position.ToString(CultureInfo.InvariantCulture));
        var cancellationToken = TestContext.Current.CancellationToken;
        using var response = await _http.SendAsync(request, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        if (headers.TryGetValue(PositionHeader, out var position))
            _lastWrite.Position = Math.Max(_lastWrite.Position, long.Parse(position, CultureInfo.InvariantCulture));
        return new Reply(
            $"{request.Method} {request.RequestUri}", response.StatusCode, headers,
            await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }
}

/// <summary>Where the newest acknowledged write stands. It goes along with what is asked next, over a restart too.</summary>
public sealed class LastWrite
{
    public long Position { get; set; }
}

/// <summary>What came back, read to its end.</summary>
/// <param name="Request">What it answers, for a test that fails.</param>
public sealed record Reply(
    string Request, HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Bytes)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes.Span);

    /// <summary>For what had to work.</summary>
    public Reply Ok()
    {
        Assert.True((int)Status is >= 200 and < 300, $"{Request} answered {(int)Status}: {Text}");
        return this;
    }

    /// <summary>For what had to be refused: the problem in words.</summary>
    public string Refused(HttpStatusCode status, string code)
    {
        Assert.True(Status == status && Headers["Content-Type"] == "application/problem+json", $"{Request} answered {(int)Status}: {Text}");
        Assert.Equal(code, String("code"));
        return String("detail");
    }

    /// <summary>Where it sends the browser on to.</summary>
    public Uri SeeOther()
    {
        Assert.True(Status == HttpStatusCode.SeeOther, $"{Request} answered {(int)Status}: {Text}");
        return new Uri(Headers["Location"], UriKind.RelativeOrAbsolute);
    }

    public Guid Id => Guid.Parse(String("id"));

    public string String(string path) => At(path).GetValue<string>();

    public long Whole(string path) => At(path).GetValue<long>();

    /// <summary>An amount of dollars as its decimal text.</summary>
    public string Usd(string path) => Dollars(At(path));

    public IReadOnlyList<JsonNode> List(string path) => [.. At(path).AsArray().Select(item => item!)];

    /// <summary>Whether there is nothing: answers leave out what is null.</summary>
    public bool IsNull(string path) => Find(path) is null;

    public static string Dollars(JsonNode? amount)
    {
        Assert.Equal("USD", (string?)amount?["currency"]);
        return (string)amount!["amount"]!;
    }

    private JsonNode At(string path) => Find(path) ?? throw new InvalidOperationException($"{Request} has no {path} in {Text}");

    private JsonNode? Find(string path) =>
        path.Split('.').Aggregate(JsonNode.Parse(Bytes.Span), (node, name) => node?[name]);
}
