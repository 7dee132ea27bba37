using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Billing.Api.Tests.Hosting;
using Billing.Api.Tests.Http;

namespace Billing.Api.Tests.Exchange;

/// <summary>What <c>GET /v1/export</c> gave, as a file, and the program that takes it in. The file goes with it.</summary>
public sealed class PracticeFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("billing-practice-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "practice.jsonl");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    public async Task Download(ApiServer server, string token) =>
        await File.WriteAllBytesAsync(Path, await Bytes(server, token), Stop);

    /// <summary>All but when it was exported.</summary>
    public static async Task<IReadOnlyList<string>> Lines(ApiServer server, string token)
    {
        var lines = Encoding.UTF8.GetString(await Bytes(server, token)).Split('\n');
        var head = JsonNode.Parse(lines[0])!.AsObject();
        head.Remove("exportedAt");
        return [head.ToJsonString(), .. lines[1..]];
    }

    /// <summary>Into the place that a server was started on, which has to be stopped meanwhile.</summary>
    internal Task<ProgramRun> Import(ApiServer into) => ProgramRun.Of(
        ["import-practice", "--from", Path, $"--Billing:DataFolder={into.DataFolder}", .. into.Settings.Select(s => $"--{s.Key}={s.Value}")]);

    private static async Task<byte[]> Bytes(ApiServer server, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/export");
        request.Headers.Authorization = new("Bearer", token);
        using var response = await server.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        Assert.True(response.Headers.CacheControl?.NoStore);
        return await response.Content.ReadAsByteArrayAsync(Stop);
    }
}
