using System.Text.Json.Nodes;
using Billing.TestSupport;

namespace Billing.Infra.Tests;

/// <summary><c>tests/infra-node/check.mjs</c>, which reads YAML and holds it against the schemas.</summary>
/// <param name="Findings">What is wrong, a line each.</param>
/// <param name="Documents">Each document of the files.</param>
internal sealed record NodeCheck(IReadOnlyList<string> Findings, IReadOnlyList<NodeCheck.Document> Documents)
{
    public static async Task<NodeCheck> Of(params string[] files)
    {
        var node = Require.Program("node", "nodejs");
        var folder = InfraFiles.Of("tests", "infra-node");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "kubernetes-models")))
            Require.Missing("the schemas of Compose and Kubernetes; run npm ci in tests/infra-node");
        var end = await OtherProgram.Run(node, [Path.Combine(folder, "check.mjs"), .. files]);
        Assert.True(end.Output.Length > 0, end.Errors);
        var answer = JsonNode.Parse(end.Output)!;
        return new NodeCheck(
            [.. answer["findings"]!.AsArray().Select(line => (string)line!)],
            [.. answer["documents"]!.AsArray().Select(d => new Document((string)d!["file"]!, d["value"]!))]);
    }

    /// <summary>Manifests of a kind.</summary>
    public IEnumerable<JsonNode> Kind(string kind) => Documents.Select(d => d.Value).Where(value => (string?)value["kind"] == kind);

    public JsonNode Service(string file, string name) => Documents.Single(d => d.File == file).Value["services"]![name]!;

    internal sealed record Document(string File, JsonNode Value);
}
