using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Billing.Api.Http;
using Billing.Api.Tests.Http;
using Billing.EventStore.Port;
using Microsoft.Extensions.DependencyInjection;

namespace Billing.Api.Tests.Exchange;

/// <summary>What a server answers its owner to every GET of one practice, about every thing in its book.</summary>
internal sealed partial class EveryAnswer(ApiServer server, string token)
{
    private const int MostOfAKind = 25;

    /// <summary>Whose answers speak of the installation and not of the practice.</summary>
    private static readonly HashSet<string> OfTheServer = new(StringComparer.Ordinal)
    {
        "/v1/events", "/v1/chain/checkpoint", "/v1/export", "/v1/export.zip", "/v1/webhooks", "/v1/webhooks/{id:guid}",
        "/v1/webhooks/{id:guid}/deliveries", "/v1/stripe/dead-letters",
    };

    private static readonly Dictionary<string, string> Asked = new(StringComparer.Ordinal)
    {
        ["from"] = "2026-01-01",
        ["to"] = "2026-12-31",
        ["asOf"] = "2026-10-05",
        ["through"] = "2026-12-31",
        ["day"] = "2026-10-05",
        ["limit"] = "500",
        ["archived"] = "true",
        ["every"] = "quarter",
    };

    private readonly Dictionary<string, List<string>> _ids = new(StringComparer.Ordinal);

    public async Task<SortedDictionary<string, string>> Collect(BookId book)
    {
        await ReadStreams(book);
        var answers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (pattern, parameters) in Patterns())
        {
            foreach (var path in await Paths(pattern))
                answers[path + Query(pattern, parameters)] = await Answer(path + Query(pattern, parameters));
        }
        return answers;
    }

    private IEnumerable<(string Pattern, QueryParameters? Parameters)> Patterns() => server.Routes
        .Where(route => route.Key.StartsWith("GET /v1/", StringComparison.Ordinal))
        .Select(route => (route.Key[4..], route.Value.Metadata.GetMetadata<QueryParameters>()))
        .Where(route => !OfTheServer.Contains(route.Item1));

    private static string Query(string pattern, QueryParameters? parameters)
    {
        var pairs = Asked.Where(pair => parameters?.Takes(pair.Key) == true).Select(pair => $"{pair.Key}={pair.Value}").ToList();
        if (pattern.EndsWith("/explain", StringComparison.Ordinal)) pairs.AddRange(["by=month", "row=2026-04:USD", "column=worked"]);
        if (pattern == "/v1/sales-tax/returns") pairs.Add("year=2026");
        return pairs.Count == 0 ? "" : $"?{string.Join('&', pairs)}";
    }

    /// <summary>The pattern with every value that its first parameter can have here, and so on.</summary>
    private async Task<IReadOnlyList<string>> Paths(string pattern)
    {
        IReadOnlyList<string> paths = [""];
        foreach (var segment in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var further = new List<string>();
            foreach (var path in paths)
            {
                var values = segment.StartsWith('{') ? await Values(segment.Trim('{', '}').Split(':')[0], path) : [segment];
                further.AddRange(values.Select(value => $"{path}/{value}"));
            }
            paths = further;
        }
        return paths;
    }

    private async Task<IReadOnlyList<string>> Values(string parameter, string path) => parameter switch
    {
        "year" => ["2025", "2026"],
        "quarter" => ["1", "2", "3"],
        "state" => ["il", "ca"],
        "code" => ["net-tax", "se-tax"],
        "report" =>
        [
            "work", "utilisation", "budget", "effective-rate", "trial-balance", "profit-and-loss", "two-clocks", "sales-tax",
        ],
        "week" => _ids["timesheet"],
        "number" => await Listed(path, "number"),
        "hash" => await Listed(path, "hash"),
        "id" => await Ids(path),
        _ => throw new InvalidOperationException($"No value is known for {{{parameter}}} behind {path}."),
    };

    private async Task<IReadOnlyList<string>> Ids(string path) => path switch
    {
        "/v1/time-entries" => [.. (await Listed(path, "id")).Take(MostOfAKind)],
        _ when path.EndsWith("/estimates", StringComparison.Ordinal) => await Listed(path, "id"),
        _ => Of(path.Split('/')[^1] switch
        {
            "trips" => "expense",
            "bank-lines" => "bankline",
            var many => many.TrimEnd('s'),
        }),
    };

    private List<string> Of(string category) => _ids.TryGetValue(category, out var ids) ? ids : [];

    /// <summary>A field of what a list holds, wherever it stands in an item.</summary>
    private async Task<string[]> Listed(string path, string field)
    {
        var listed = await server.Get(token, path);
        if (listed.Code != 200) return [];
        return [.. Found(JsonNode.Parse(listed.Text)!["items"], field).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Found(JsonNode? node, string field) => node switch
    {
        JsonArray items => items.SelectMany(item => Found(item, field)),
        JsonObject item when item[field] is JsonValue value => [value.GetValue<string>()],
        JsonObject item => item.SelectMany(inner => Found(inner.Value, field)),
        _ => [],
    };

    private async Task ReadStreams(BookId book)
    {
        var store = server.Services.GetRequiredService<IEventStore>();
        foreach (var stored in await store.ReadBook(book, 0, int.MaxValue, TestContext.Current.CancellationToken))
        {
            var isSheet = stored.Stream.StartsWith("timesheet-", StringComparison.Ordinal);
            var dash = isSheet ? "timesheet".Length : stored.Stream.Length - 37;
            if (dash < 0 || stored.Stream[dash] != '-') continue;
            var id = isSheet ? stored.Stream[^8..] : stored.Stream[(dash + 1)..];
            var ids = _ids.TryGetValue(stored.Stream[..dash], out var known) ? known : _ids[stored.Stream[..dash]] = [];
            if (!ids.Contains(id) && ids.Count < MostOfAKind) ids.Add(id);
        }
    }

    /// <summary>Status, version, type and content; of what is long its hash.</summary>
    private async Task<string> Answer(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var type = response.Content.Headers.ContentType?.ToString();
        var isText = type is not null
            && (type.Contains("json", StringComparison.Ordinal) || type.StartsWith("text/", StringComparison.Ordinal));
        var content = isText ? Encoding.UTF8.GetString(bytes) : Convert.ToHexStringLower(SHA256.HashData(bytes));
        // A problem names the request that met it.
        if (!response.IsSuccessStatusCode) content = (string?)JsonNode.Parse(content)!["code"];
        return $"{(int)response.StatusCode} {response.Headers.ETag} {type} {OfTheMoment().Replace(content!, "")}";
    }

    /// <summary>
    /// What says nothing but when it was asked: the stamp of a calendar, how long a timer has run by now, and the hour in which a token
    /// was used.
    /// </summary>
    [GeneratedRegex("DTSTAMP:[0-9TZ]+|\"elapsedSeconds\":[0-9]+|\"lastUsedAt\":\"[^\"]+\"")]
    private static partial Regex OfTheMoment();
}
