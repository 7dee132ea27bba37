using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Billing.EventStore.Codec;
using Billing.EventStore.Port;

namespace Billing.EventStore.Tests.Codec;

/// <summary>
/// An event as it was stored under a name when that was released. It never changes: <see cref="SumsPath"/> holds its hash,
/// and no line of that is ever changed or taken out. The file of a new name, and its line, is written by running the tests
/// with BILLING_WRITE_GOLDEN=1.
/// </summary>
internal sealed record GoldenFile(string Name, string Text)
{
    private static readonly Lock Writing = new();

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string SumsPath => Path.Combine(Folder(), "SHA256SUMS");

    /// <summary>The stored names that have a file.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder(), "*.json").Select(path => Path.GetFileNameWithoutExtension(path));

    public static GoldenFile Of(string name) => new(name, File.ReadAllText(PathOf(name)));

    /// <summary>Written now, if that is asked for and the name is new.</summary>
    public static GoldenFile Of(string name, NewEvent sample)
    {
        if (Environment.GetEnvironmentVariable("BILLING_WRITE_GOLDEN") != "1" || File.Exists(PathOf(name))) return Of(name);
        lock (Writing)
        {
            File.WriteAllText(PathOf(name), TextOf(sample));
            File.AppendAllText(SumsPath, $"{HashOf(name)}  {name}.json\n");
        }
        return Of(name);
    }

    public static string HashOf(string name) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(PathOf(name))));

    public static string TextOf(NewEvent encoded) => new JsonObject
    {
        ["data"] = JsonNode.Parse(encoded.Data.Span),
        ["confidential"] = encoded.Confidential.IsEmpty ? null : JsonNode.Parse(encoded.Confidential.Span),
    }.ToJsonString(Indented) + "\n";

    /// <summary>What is made of it today. Its texts are made up; of a currency, by which amounts are folded, a real one.</summary>
    public object Decoded()
    {
        var parts = JsonNode.Parse(Text)!;
        if (parts["data"]!["currency"] is not null) parts["data"]!["currency"] = "USD";
        return EventCodec.Decode(
            Name, JsonSerializer.SerializeToUtf8Bytes(parts["data"]),
            parts["confidential"] is { } confidential ? JsonSerializer.SerializeToUtf8Bytes(confidential) : default);
    }

    private static string PathOf(string name) => Path.Combine(Folder(), name + ".json");

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Golden");
}
