using System.Xml.Linq;

namespace Billing.Infra.Tests;

/// <summary>What the image is built from: <c>Dockerfile.dockerignore</c> keeps everything out but what it lets in by name.</summary>
public sealed class ImageSourceTests
{
    private static readonly string[] LetIn =
    [
        .. File.ReadAllLines(InfraFiles.Of("infra", "Dockerfile.dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..]),
    ];

    /// <summary>Builds in a folder without these went wrong: the analyzers then forbid what the repository allows.</summary>
    [Fact]
    public void Every_file_beside_the_solution_that_a_build_reads_is_let_in()
    {
        string[] patterns = ["Directory.*", "global.json", ".editorconfig", ".globalconfig", "nuget.config", "BannedSymbols.txt"];
        var read = patterns.SelectMany(pattern => Directory.GetFiles(InfraFiles.Repository, pattern)).Select(Path.GetFileName).ToList();

        Assert.Contains(".editorconfig", read);
        Assert.All(read, name => Assert.Contains(name, LetIn));
    }

    [Fact]
    public void Every_project_that_the_server_is_built_from_is_let_in()
    {
        var projects = WithItsReferences(InfraFiles.Of("src", "Billing.Api", "Billing.Api.csproj"))
            .Select(path => Path.GetRelativePath(InfraFiles.Repository, path).Replace('\\', '/')).ToList();

        Assert.Contains("infra/Billing.StripeStandIn/Billing.StripeStandIn.csproj", projects);
        Assert.All(projects, path => Assert.Contains(LetIn, name => path.StartsWith(name + "/", StringComparison.Ordinal)));
    }

    [Fact]
    public void Neither_settings_nor_data_get_into_the_image()
    {
        var kept = File.ReadAllLines(InfraFiles.Of("infra", "Dockerfile.dockerignore"));

        Assert.Equal("*", kept.First(line => !line.StartsWith('#')));
        Assert.Superset(new HashSet<string>(["**/*.env", "**/data", "**/*.db", "**/bin", "**/obj"]), kept.ToHashSet(StringComparer.Ordinal));
        Assert.All(LetIn, name => Assert.NotEqual("infra", name));
    }

    private static IEnumerable<string> WithItsReferences(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)))
        .SelectMany(WithItsReferences).Prepend(project);
}
