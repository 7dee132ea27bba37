namespace Billing.Tidy.Tests.Source;

/// <summary>The repository as it lies on disk, committed or not, without what builds and tools leave in it.</summary>
internal static class Repository
{
    private static readonly HashSet<string> LeftByTools =
        new(["bin", "obj", ".git", ".vs", ".idea", "node_modules", "TestResults"], StringComparer.Ordinal);

    /// <summary>Where a server that is started in the repository keeps its books; git ignores it too.</summary>
    private const string BooksOfARunningServer = "data";

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<SourceFile> Files { get; } =
        [.. Walk(new DirectoryInfo(Root)).OrderBy(f => f.Path, StringComparer.Ordinal)];

    public static IEnumerable<SourceFile> Code => Files.Where(f => f.IsCode);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Billing.sln"))) return folder.FullName;
        throw new InvalidOperationException("No folder above the tests has Billing.sln.");
    }

    private static IEnumerable<SourceFile> Walk(DirectoryInfo folder)
    {
        foreach (var file in folder.EnumerateFiles().Where(file => !LeftByTools.Contains(file.Name)))
        {
            var path = Path.GetRelativePath(Root, file.FullName).Replace('\\', '/');
            yield return new SourceFile(path, () => File.ReadAllText(file.FullName), file.Length);
        }
        foreach (var inner in folder.EnumerateDirectories().Where(inner => !IsLeftOut(folder, inner)))
            foreach (var file in Walk(inner))
                yield return file;
    }

    private static bool IsLeftOut(DirectoryInfo folder, DirectoryInfo inner) =>
        LeftByTools.Contains(inner.Name) || (folder.FullName == Root && inner.Name == BooksOfARunningServer);
}
