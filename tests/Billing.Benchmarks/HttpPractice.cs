using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Billing.Api.Hosting;

namespace Billing.Benchmarks;

/// <summary>A practice with an assistant and a token for every connection.</summary>
internal sealed class HttpPractice : IDisposable
{
    private readonly List<HttpCaller> callers;

    private HttpPractice(List<HttpCaller> callers) => this.callers = callers;

    public static async Task<HttpPractice> Open(IServiceProvider services, Uri address, int assistants)
    {
        var opened = await FirstStart.Open(services, "Bench", "Owner", "Etc/UTC", "USD", CancellationToken.None);
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", opened.Token);
        var client = await Post(http, "/v1/clients", new { name = "Acme", currency = "USD" }, "id");
        var engagement = await Post(http, "/v1/engagements", new { clientId = client, name = "Inbox" }, "id");
        var callers = new List<HttpCaller>();
        for (var i = 0; i < assistants; i++)
        {
            var member = await Post(http, "/v1/members", new { name = $"Assistant {i}", role = "assistant", timeZone = "Etc/UTC" }, "id");
            var token = await Post(http, "/v1/tokens", new { memberId = member }, "token");
            callers.Add(new HttpCaller(address, token, engagement));
        }
        return new HttpPractice(callers);
    }

    /// <summary>Answered requests a second over so many connections.</summary>
    public async Task<double> Answers(int connections, string path, TimeSpan duration)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(callers.Take(connections).Select(caller => Task.Run(async () =>
        {
            var answered = 0;
            while (clock.Elapsed < duration)
            {
                await caller.Send(path);
                answered++;
            }
            return answered;
        })));
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    public void Dispose()
    {
        foreach (var caller in callers) caller.Dispose();
    }

    private static async Task<string> Post(HttpClient http, string path, object body, string field)
    {
        using var response = await http.PostAsJsonAsync(path, body);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return response.IsSuccessStatusCode
            ? answer.GetProperty(field).GetString()!
            : throw new InvalidOperationException($"{path}: {answer}");
    }
}
