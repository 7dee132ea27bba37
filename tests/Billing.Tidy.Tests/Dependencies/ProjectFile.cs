using System.Xml.Linq;
using Billing.Tidy.Tests.Source;

namespace Billing.Tidy.Tests.Dependencies;

/// <param name="Projects">Names of the projects that it references.</param>
/// <param name="Packages">Packages that its output needs.</param>
/// <param name="Analyzers">Packages that only the compiler needs: all of their assets are private.</param>
/// <param name="Frameworks">Shared frameworks beyond the base one.</param>
internal sealed record ProjectFile(
    SourceFile Source, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages, IReadOnlyList<string> Analyzers,
    IReadOnlyList<string> Frameworks)
{
    private const string WebFramework = "Microsoft.AspNetCore.App";

    public string Name => Path.GetFileNameWithoutExtension(Source.Name);

    public static bool IsOne(SourceFile file) => file.Path.EndsWith(".csproj", StringComparison.Ordinal);

    public static ProjectFile Read(SourceFile file)
    {
        var root = XDocument.Parse(file.Text).Root!;
        var packages = root.Descendants("PackageReference").ToLookup(IsPrivate, Included);
        var frameworks = root.Descendants("FrameworkReference").Select(Included);
        if (root.Attribute("Sdk")?.Value == "Microsoft.NET.Sdk.Web") frameworks = frameworks.Append(WebFramework);
        return new ProjectFile(
            file,
            [.. root.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(Included(r).Replace('\\', '/')))],
            [.. packages[false]],
            [.. packages[true]],
            [.. frameworks]);
    }

    private static string Included(XElement reference) => reference.Attribute("Include")!.Value;

    private static bool IsPrivate(XElement package) =>
        (package.Attribute("PrivateAssets")?.Value ?? package.Element("PrivateAssets")?.Value) == "all";
}
