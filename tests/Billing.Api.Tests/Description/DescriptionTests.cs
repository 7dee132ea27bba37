using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Billing.Api.Description;
using Billing.Api.Tests.Http;
using Billing.Api.Tests.Refusals;

namespace Billing.Api.Tests.Description;

/// <summary>What the server says of itself is what it does, and what stands in <c>docs/openapi.json</c>.</summary>
public sealed partial class DescriptionTests(FullServer full) : IClassFixture<FullServer>
{
    private static readonly string Committed = Path.Combine(Repository.Folder, "docs", "openapi.json");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_committed_description_is_what_the_server_gives()
    {
        var served = (await Served()).ToJsonString(new() { WriteIndented = true, NewLine = "\n" }) + "\n";
        if (Environment.GetEnvironmentVariable("BILLING_WRITE_GOLDEN") == "1") await File.WriteAllTextAsync(Committed, served, Cancellation);

        Assert.True(
            served == await File.ReadAllTextAsync(Committed, Cancellation),
            "docs/openapi.json is another one; run this test with BILLING_WRITE_GOLDEN=1 and look at the difference.");
    }

    [Fact]
    public async Task Every_endpoint_under_v1_is_described_and_no_other()
    {
        var described = (await Operations()).Select(operation => $"{operation.Method} {operation.Path}");
        var served = full.Server.Routes.Keys.Where(name => name.Contains(" /v1/", StringComparison.Ordinal))
            .Select(name => Constraint().Replace(name, "}"));

        Assert.Equal(served.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Where_a_text_is_one_of_some_words_the_words_are_told()
    {
        var text = (await Served()).ToJsonString();
        Assert.Contains("One of `open`, `matched` or `set-aside`.", Regex.Unescape(text), StringComparison.Ordinal);
        Assert.Empty(NamedWords().Matches(text).Select(match => match.Value));
    }

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_its_path_parameters_and_a_refusal()
    {
        var operations = await Operations();

        Assert.Equal(operations.Count, operations.Select(o => (string)o.Json["operationId"]!).Distinct(StringComparer.Ordinal).Count());
        foreach (var (_, path, json) in operations)
        {
            var inPath = Placeholder().Matches(path).Select(match => match.Groups[1].Value);
            var described = (json["parameters"]?.AsArray() ?? []).Where(p => (string)p!["in"]! == "path").Select(p => (string)p!["name"]!);
            Assert.Equal(inPath, described);
            Assert.Equal("#/components/responses/Refusal", (string?)json["responses"]!["default"]!["$ref"]);
        }
    }

    /// <summary>Good requests are known for each command; what they send, the description must allow.</summary>
    [Fact]
    public async Task What_good_requests_send_is_described()
    {
        var document = await Served();
        var faults = new List<string>();
        foreach (var (name, request) in Endpoints.Commands(full.Practice))
        {
            var schema = document["paths"]![Constraint().Replace(name, "}")["POST ".Length..]]!["post"]!["requestBody"]!["content"]!
                ["application/json"]!["schema"]!;
            var body = document["components"]!["schemas"]![((string)schema["$ref"]!).Split('/')[^1]]!;
            var known = body["properties"]?.AsObject().Select(p => p.Key).ToHashSet(StringComparer.Ordinal) ?? [];
            var sent = JsonNode.Parse(request.Body!)!.AsObject().Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
            var required = body["required"]?.AsArray().Select(r => (string)r!) ?? [];
            if (!sent.IsSubsetOf(known)) faults.Add($"{name} sends {string.Join(", ", sent.Except(known))}, which is not described.");
            if (!required.All(sent.Contains)) faults.Add($"{name} sends less than {string.Join(", ", required)}.");
        }

        Assert.Empty(faults);
    }

    private async Task<JsonNode> Served() =>
        JsonNode.Parse(await full.Server.Http.GetStringAsync(new Uri(ApiDescription.Address, UriKind.Relative), Cancellation))!;

    private async Task<List<(string Method, string Path, JsonNode Json)>> Operations() =>
    [
        .. (await Served())["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Select(operation => (operation.Key.ToUpperInvariant(), path.Key, operation.Value!))),
    ];

    /// <summary>What a route says of its parameter beyond its name.</summary>
    [GeneratedRegex(@":[a-z]+\}")]
    private static partial Regex Constraint();

    [GeneratedRegex(@"\{([A-Za-z]+)\}")]
    private static partial Regex Placeholder();

    /// <summary>A name of the code where a reader expects words.</summary>
    [GeneratedRegex(@"""One (or more )?of [A-Z][a-z]+[A-Z]?\w*")]
    private static partial Regex NamedWords();
}
