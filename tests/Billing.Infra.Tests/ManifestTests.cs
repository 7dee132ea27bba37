using System.Globalization;
using System.Text.Json.Nodes;

namespace Billing.Infra.Tests;

public sealed class ManifestTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Fact]
    public async Task Compose_files_and_manifests_follow_their_schemas()
    {
        var check = await NodeCheck.Of([.. InfraFiles.Compose, .. InfraFiles.Manifests]);

        Assert.Empty(check.Findings);
        Assert.Contains(check.Documents, d => d.File == "compose.kurrentdb.yaml");
        foreach (var kind in new[] { "Deployment", "Service", "Ingress", "PodDisruptionBudget", "NetworkPolicy", "CronJob", "Secret" })
            Assert.NotEmpty(check.Kind(kind));
    }

    [Theory]
    [InlineData("compose.yaml", "read_only:", "readonly:", "readonly")]
    [InlineData("kubernetes/server.yaml", "replicas: 2", "replicas: two", "/spec/replicas")]
    [InlineData("kubernetes/server.yaml", "readinessProbe:", "readynessProbe:", "readynessProbe")]
    [InlineData("kubernetes/network.yaml", "pathType: Prefix", "", "pathType")]
    public async Task A_slip_in_one_of_them_is_found(string file, string what, string by, string named)
    {
        var text = await File.ReadAllTextAsync(InfraFiles.Of("infra", file), TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("billing-infra-");
        var path = Path.Combine(folder.FullName, Path.GetFileName(file));
        await File.WriteAllTextAsync(path, text.Replace(what, by, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        var check = await NodeCheck.Of(path);
        folder.Delete(recursive: true);

        Assert.Contains(check.Findings, finding => finding.Contains(named, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_container_is_root_or_writes_its_own_files()
    {
        var check = await NodeCheck.Of(InfraFiles.Manifests);
        JsonNode[] pods =
        [
            .. check.Kind("Deployment").Select(d => d["spec"]!["template"]!["spec"]!),
            .. check.Kind("CronJob").Select(j => j["spec"]!["jobTemplate"]!["spec"]!["template"]!["spec"]!),
        ];

        Assert.NotEmpty(pods);
        Assert.All(pods, pod =>
        {
            Assert.True((bool)pod["securityContext"]!["runAsNonRoot"]!);
            Assert.False((bool)pod["automountServiceAccountToken"]!);
            Assert.All(pod["containers"]!.AsArray(), container =>
            {
                Assert.True((bool)container!["securityContext"]!["readOnlyRootFilesystem"]!);
                Assert.False((bool)container["securityContext"]!["allowPrivilegeEscalation"]!);
                Assert.Equal("ALL", (string)Assert.Single(container["securityContext"]!["capabilities"]!["drop"]!.AsArray())!);
            });
        });
    }

    [Fact]
    public async Task Every_claim_and_service_that_is_named_is_there()
    {
        var check = await NodeCheck.Of(InfraFiles.Manifests);
        var names = check.Documents.Select(d => ((string)d.Value["kind"]!, (string)d.Value["metadata"]!["name"]!)).ToHashSet();
        var text = check.Documents.Select(d => d.Value).ToList();

        Assert.All(Fields(text, "claimName"), claim => Assert.Contains(("PersistentVolumeClaim", claim), names));
        Assert.All(Fields(text, "configMapRef"), map => Assert.Contains(("ConfigMap", map), names));
        Assert.All(Fields(text, "secretRef"), secret => Assert.Contains(("Secret", secret), names));
        var backend = check.Kind("Ingress").Single()["spec"]!["rules"]![0]!["http"]!["paths"]![0]!["backend"]!["service"]!;
        Assert.Contains(("Service", (string)backend["name"]!), names);
    }

    [Fact]
    public async Task All_of_them_meet_the_image_at_its_port()
    {
        var image = await File.ReadAllLinesAsync(InfraFiles.Dockerfile, TestContext.Current.CancellationToken);
        var port = int.Parse(image.Single(line => line.StartsWith("EXPOSE ", StringComparison.Ordinal))["EXPOSE ".Length..], Invariant);
        var check = await NodeCheck.Of([.. InfraFiles.Compose, .. InfraFiles.Manifests]);
        var container = check.Kind("Deployment").Single()["spec"]!["template"]!["spec"]!["containers"]![0]!;

        Assert.Contains(image, line => line.Contains($"ASPNETCORE_URLS=http://*:{port} ", StringComparison.Ordinal));
        Assert.EndsWith($":{port}", (string)check.Service("compose.yaml", "api")["ports"]![0]!, StringComparison.Ordinal);
        Assert.Equal($"api:{port}", (string)check.Service("compose.yaml", "proxy")["command"]!.AsArray()[^1]!);
        Assert.Equal(port, (int)container["ports"]![0]!["containerPort"]!);
        Assert.Equal("/health/live", (string)container["livenessProbe"]!["httpGet"]!["path"]!);
        Assert.Equal("/health/ready", (string)container["readinessProbe"]!["httpGet"]!["path"]!);
        Assert.Contains(check.Kind("NetworkPolicy"), policy =>
            (int?)policy["spec"]!["ingress"]?[0]!["ports"]![0]!["port"] == port);
    }

    [Fact]
    public async Task Compose_believes_the_network_of_its_own_proxy()
    {
        var file = (await NodeCheck.Of(InfraFiles.Compose)).Documents[0].Value;

        Assert.Equal(
            (string)file["networks"]!["default"]!["ipam"]!["config"]![0]!["subnet"]!,
            (string)file["services"]!["api"]!["environment"]!["Billing__Proxies__0"]!);
    }

    /// <summary>Every value of a field of this name, or the name in it, however deep.</summary>
    private static IEnumerable<string> Fields(IEnumerable<JsonNode?> nodes, string name) => nodes.SelectMany(node => node switch
    {
        JsonObject fields => fields.Where(f => f.Key == name).Select(f => (string)(f.Value is JsonObject o ? o["name"]! : f.Value!)!)
            .Concat(Fields(fields.Select(f => f.Value), name)),
        JsonArray items => Fields(items, name),
        _ => [],
    });
}
