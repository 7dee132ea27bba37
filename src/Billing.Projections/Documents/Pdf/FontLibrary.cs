namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// The fonts that we ship and those that whoever runs the program put beside them, parsed once for the process. No font of the
/// machine is ever used.
/// </summary>
internal static class FontLibrary
{
    private static volatile FontFace[] packs = [];

    public static FontFace Regular { get; } = Load("NotoSans-Regular");
    public static FontFace Bold { get; } = Load("NotoSans-Bold");

    public static bool HasPacks => packs.Length > 0;

    /// <summary>Further fonts, in the order in which they are asked for a character.</summary>
    public static void Use(IEnumerable<FontFace> further) => packs = [.. further];

    /// <summary>Whether some font can write the character.</summary>
    public static bool CanWrite(int rune) => (Regular.Has(rune) && Bold.Has(rune)) || Array.Exists(packs, pack => pack.Has(rune));

    /// <summary>The font itself where it has the character, else a further one, in its weight if there is such.</summary>
    public static FontFace FaceFor(int rune, FontFace face)
    {
        if (face.Has(rune)) return face;
        var able = Array.FindAll(packs, pack => pack.Has(rune));
        return Array.Find(able, pack => pack.IsBold == face.IsBold) ?? (able.Length > 0 ? able[0] : face);
    }

    private static FontFace Load(string name)
    {
        using var stream = typeof(FontLibrary).Assembly.GetManifestResourceStream(name + ".ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return FontFace.Parse(name, file);
    }
}
