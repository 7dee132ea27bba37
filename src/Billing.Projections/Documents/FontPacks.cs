using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>
/// Further fonts for scripts that ours lack, such as Hebrew, Arabic or Japanese: TrueType files in a folder, read once when the
/// program starts. They are asked, by the order of their names, for characters that the built-in fonts do not have.
/// </summary>
public static class FontPacks
{
    /// <returns>How many fonts are used, and a sentence for each file that is not.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static (int Count, IReadOnlyList<string> Faults) Use(string folder)
    {
        var (faces, faults) = (new List<FontFace>(), new List<string>());
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (Path.GetExtension(path).ToUpperInvariant() is not (".TTF" or ".OTF")) continue;
            var file = File.ReadAllBytes(path);
            if (FontFace.ParsePack(NameOf(path), file) is { } face) faces.Add(face);
            else faults.Add($"{name} is no TrueType font with outlines of its own kind, so it is not used; take the TTF edition of it.");
        }
        FontLibrary.Use(faces);
        return (faces.Count, faults);
    }

    /// <summary>As PDF can name it.</summary>
    private static string NameOf(string path) =>
        string.Concat(Path.GetFileNameWithoutExtension(path).Where(c => char.IsAsciiLetterOrDigit(c) || c == '-'));
}
