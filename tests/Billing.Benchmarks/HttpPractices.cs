using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using NodaTime;

namespace Billing.Benchmarks;

/// <summary>
/// The practices that the load is sent to, and each assistant's next entry: a quarter of an hour, eight a day, five days a
/// week, one week after the other into the past, so that a timesheet grows as it does in life and the next one begins.
/// </summary>
internal sealed class HttpPractices
{
    public const int Practices = 32;
    public const int Assistants = 256;
    public const int EntriesPerDay = 8;
    public const int DaysPerWeek = 5;
    private static readonly LocalDate LastMonday = new(2026, 6, 1);
    private readonly Assistant[] _assistants = new Assistant[Assistants];

    public long EntriesLogged => _assistants.Sum(a => (long)a.Entries);

    /// <summary>Opens them through the API: a client with an engagement and a rate each, eight assistants with a token each.</summary>
    public static async Task<HttpPractices> Open(Uri server, string operatorToken)
    {
        using var http = new HttpClient { BaseAddress = server };
        var practices = new HttpPractices();
        for (var n = 0; n < Practices; n++)
        {
            var opened = await Post(http, operatorToken, "/v1/businesses",
                $$"""{"name":"Practice {{n}}","ownerName":"Owner","timeZone":"America/Chicago","currency":"USD"}""");
            var owner = opened["token"]!.GetValue<string>();
            var client = await Post(http, owner, "/v1/clients", """{"name":"Acme Dental","currency":"USD"}""");
            var engagement = await Post(http, owner, "/v1/engagements", $$"""{"clientId":"{{client["id"]}}","name":"Inbox"}""");
            await Post(http, owner, $"/v1/engagements/{engagement["id"]}:set-rate",
                """{"perHour":{"amount":"40","currency":"USD"},"validFrom":"2000-01-01"}""");
            // Connection i belongs to practice i mod 32: few connections are spread over many practices.
            for (var i = n; i < Assistants; i += Practices)
            {
                var member = await Post(http, owner, "/v1/members",
                    $$"""{"name":"Assistant {{i}}","role":"assistant","timeZone":"America/Chicago"}""");
                var token = await Post(http, owner, "/v1/tokens", $$"""{"memberId":"{{member["id"]}}"}""");
                practices._assistants[i] = new Assistant(token["token"]!.GetValue<string>(), engagement["id"]!.GetValue<string>());
            }
        }
        return practices;
    }

    /// <summary>The request that logs the assistant's next entry.</summary>
    public ReadOnlyMemory<byte> NextEntry(int assistant) => _assistants[assistant].Next("/v1/time-entries", isLogged: true);

    /// <summary>The same bytes to another address, where they do nothing.</summary>
    public ReadOnlyMemory<byte> SameTo(string path, int assistant) => _assistants[assistant].Next(path, isLogged: false);

    private static async Task<JsonNode> Post(HttpClient http, string token, string path, string json)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if (response.StatusCode != HttpStatusCode.Created && !response.IsSuccessStatusCode)
            throw new InvalidOperationException($"{path}: {(int)response.StatusCode} {body}");
        return JsonNode.Parse(body)!;
    }

    private sealed class Assistant(string token, string engagement)
    {
        public int Entries { get; private set; }

        public byte[] Next(string path, bool isLogged)
        {
            var day = Entries / EntriesPerDay;
            var workedOn = LastMonday.PlusWeeks(-(day / DaysPerWeek)).PlusDays(day % DaysPerWeek);
            if (isLogged) Entries++;
            var body = string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"engagementId":"{{engagement}}","workedOn":"{{workedOn:uuuu-MM-dd}}","durationSeconds":900,"note":"Sorted the inbox, answered three clients and moved two appointments"}""");
            return Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        }
    }
}
