using System.Runtime.CompilerServices;

namespace Billing.Infra.Tests;

/// <summary>The files that are looked at, in the repository.</summary>
internal static class InfraFiles
{
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    public static string Dockerfile => Of("infra", "Dockerfile");

    public static string Unit => Of("infra", "billing.service");

    public static string[] Compose => [Of("infra", "compose.yaml"), Of("infra", "compose.kurrentdb.yaml")];

    public static string[] Manifests => [.. Directory.GetFiles(Of("infra", "kubernetes")).Order(StringComparer.Ordinal)];

    /// <summary>All of <c>infra</c> but the programs.</summary>
    public static IEnumerable<string> All => Directory.GetFiles(Of("infra")).Concat(Manifests);

    /// <summary>What the program was built into, in the configuration of this assembly.</summary>
    public static string Program
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Of("src", "Billing.Api", "bin", own.Parent!.Name, own.Name);
        }
    }

    public static string Of(params string[] parts) => Path.Combine([Repository, .. parts]);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
