using System.Diagnostics;
using System.Text.Json.Nodes;
using Billing.Api.Description;
using Billing.Api.Tests.Http;
using Billing.TestSupport;

namespace Billing.Api.Tests.Description;

/// <summary>Others' programs judge the description: a linter by its rules and ours, and a compiler by a client made of it.</summary>
public sealed class OpenApiNodeTests : IAsyncLifetime
{
    private static readonly string Tools = Path.Combine(Repository.Folder, "tests", "openapi-node");
    private readonly string _folder = Directory.CreateTempSubdirectory("billing-openapi-").FullName;
    private ApiServer _server = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ApiServer.Start();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_description_keeps_the_rules_of_OpenApi_and_ours()
    {
        var (code, output) = await Lint(await Served());
        Assert.True(code == 0, output);
    }

    /// <summary>A linter that finds nothing wrong with anything would pass the other test too.</summary>
    [Theory]
    [InlineData("operation-operationId"), InlineData("billing-operation-id"), InlineData("billing-problem"), InlineData("billing-refusal")]
    [InlineData("billing-money"), InlineData("billing-array-items"), InlineData("operation-tag-defined"), InlineData("oas3-schema")]
    public async Task What_breaks_a_rule_is_found(string rule)
    {
        var document = await Served();
        var operation = document["paths"]!["/v1/cash"]!["get"]!.AsObject();
        var fields = document["components"]!["schemas"]!["CashView"]!["properties"]!;
        if (rule == "operation-operationId") operation.Remove("operationId");
        else if (rule == "billing-operation-id") operation["operationId"] = "cash-get";
        else if (rule == "billing-problem") operation["responses"]!.AsObject().Remove("default");
        else if (rule == "billing-refusal") document["components"]!["responses"]!["Refusal"]!.AsObject().Remove("content");
        else if (rule == "billing-money") fields["profit"] = document["components"]!["schemas"]!["Money"]!.DeepClone();
        else if (rule == "billing-array-items") fields["received"]!.AsObject().Remove("items");
        else if (rule == "operation-tag-defined") operation["tags"]![0] = "nobody-knows";
        else operation["responses"] = "none";

        var (code, output) = await Lint(document);
        Assert.True(code != 0 && output.Contains(rule, StringComparison.Ordinal), $"{rule} was not found: {output}");
    }

    [Fact]
    public async Task A_client_made_of_the_description_compiles_and_works()
    {
        var practice = await Practice.OpenEmpty(_server);
        var description = await Write(await Served());
        var work = Path.Combine(Tools, $"run-{Guid.NewGuid():N}");
        Directory.CreateDirectory(work);
        try
        {
            // Beside node_modules, or nothing would be found there.
            File.Copy(Path.Combine(Tools, "journey.ts"), Path.Combine(work, "journey.ts"));
            File.Copy(Path.Combine(Tools, "tsconfig.json"), Path.Combine(work, "tsconfig.json"));
            await Done("openapi-typescript", work, description, "-o", "api.d.ts");
            await Done("tsc", work, "-p", ".");
            var said = JsonNode.Parse(await Done("node", work, "journey.js", _server.Address.AbsoluteUri, practice.Owner))!;
            Assert.Equal(("Larch & Co", "invalid-request"), ((string)said["name"]!, (string)said["refused"]!));
            Assert.Equal(["created"], said["kinds"]!.AsArray().Select(kind => (string)kind!));
            (await _server.Get(practice.Owner, (string)said["href"]!)).Ok();
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private async Task<JsonNode> Served() =>
        JsonNode.Parse(await _server.Http.GetStringAsync(new Uri(ApiDescription.Address, UriKind.Relative), Cancellation))!;

    private async Task<(int Code, string Output)> Lint(JsonNode document) => await Run(
        "spectral", Tools, "lint", await Write(document), "--ruleset", ".spectral.yaml", "--fail-severity", "warn", "--format", "text");

    private async Task<string> Write(JsonNode document)
    {
        var path = Path.Combine(_folder, "openapi.json");
        await File.WriteAllTextAsync(path, document.ToJsonString(), Cancellation);
        return path;
    }

    private static async Task<string> Done(string program, string folder, params string[] arguments)
    {
        var (code, output) = await Run(program, folder, arguments);
        Assert.True(code == 0, $"{program}: {output}");
        return output;
    }

    private static async Task<(int Code, string Output)> Run(string program, string folder, params string[] arguments)
    {
        var modules = Path.Combine(Tools, "node_modules");
        if (!Directory.Exists(modules)) Require.Missing("Spectral is not installed; run npm ci in tests/openapi-node");
        var path = program == "node" ? Require.Program("node", "nodejs") : Path.Combine(modules, ".bin", program);
        using var process = Process.Start(new ProcessStartInfo(path, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        return (process.ExitCode, output + await errors);
    }
}
