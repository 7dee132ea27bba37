using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Billing.Cli.Running;
using Billing.Cli.SignIn;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using NodaTime.Text;

namespace Billing.Cli.Server;

/// <summary>
/// Asks the server. What was lost on the way is sent again: a question changes nothing, and a command has a key by which the
/// server knows it.
/// </summary>
internal sealed class BillingClient : IDisposable
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(60);

    /// <summary>Before each further try.</summary>
    private static readonly TimeSpan[] Pauses =
        [TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(800), TimeSpan.FromSeconds(2)];

    private static readonly JsonSerializerOptions Json = new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        // Those that the server's answers have: the whole set of NodaTime's takes longer than a command.
        Converters =
        {
            new NodaPatternConverter<Instant>(InstantPattern.ExtendedIso), new NodaPatternConverter<LocalDate>(LocalDatePattern.Iso),
        },
    };

    private readonly HttpClient _http;
    private readonly TimeProvider _time;

    public BillingClient(Credentials credentials, TimeProvider time)
    {
        // A redirect could carry the token to another server.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false })
        {
            BaseAddress = credentials.Address,
            Timeout = AnswerLimit,
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", credentials.Token) },
        };
        _time = time;
    }

    public Task<Answer<T>> Get<T>(string path, CancellationToken cancellationToken) =>
        Send<T>(() => new HttpRequestMessage(HttpMethod.Get, path), cancellationToken);

    /// <param name="version">The version of the thing that this is meant for; null for any.</param>
    public Task<Answer<T>> Post<T>(string path, object body, long? version, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(body, Json);
        var key = Guid.NewGuid().ToString("D");
        return Send<T>(() =>
        {
            var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StringContent(text, Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Idempotency-Key", key);
            if (version is { } seen) request.Headers.IfMatch.Add(new EntityTagHeaderValue(FormattableString.Invariant($"\"{seen}\"")));
            return request;
        }, cancellationToken);
    }

    /// <summary>A list to its end, page by page.</summary>
    public async Task<IReadOnlyList<T>> All<T>(
        string path, CancellationToken cancellationToken, params (string Name, object? Value)[] query)
    {
        var items = new List<T>();
        Guid? cursor = null;
        do
        {
            var page = (await Get<Page<T>>(Query.Of(path, [.. query, ("limit", 500), ("cursor", cursor)]), cancellationToken)).Value;
            items.AddRange(page.Items);
            cursor = page.Next;
        } while (cursor is not null);
        return items;
    }

    public void Dispose() => _http.Dispose();

    private async Task<Answer<T>> Send<T>(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var request = make();
                using var response = await _http.SendAsync(request, cancellationToken);
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || tries == Pauses.Length) return Read<T>(response, text);
            }
            catch (Exception lost) when (lost is HttpRequestException or IOException
                || (lost is TaskCanceledException && !cancellationToken.IsCancellationRequested))
            {
                if (tries == Pauses.Length)
                    throw new Stop(ExitCode.Unreachable, $"{_http.BaseAddress} cannot be reached: {lost.Message}");
            }
            await Task.Delay(Pauses[tries], _time, cancellationToken);
        }
    }

    private Answer<T> Read<T>(HttpResponseMessage response, string text)
    {
        try
        {
            if (!response.IsSuccessStatusCode) throw Problem.Read(text, Json).AsStop(response.StatusCode);
            return new Answer<T>(text, JsonSerializer.Deserialize<T>(text, Json)!);
        }
        catch (JsonException)
        {
            throw new Stop(
                ExitCode.Unreachable,
                $"What answers at {_http.BaseAddress} ({(int)response.StatusCode}) is not the server. Check the address.");
        }
    }
}

/// <param name="Text">The body as it came.</param>
internal sealed record Answer<T>(string Text, T Value);

/// <param name="Next">Where the list goes on; null at its end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, Guid? Next);
