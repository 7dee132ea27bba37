namespace Billing.Projections.Documents.Pdf;

/// <summary>The fonts that we ship, parsed once for the process. No font of the machine is ever used.</summary>
internal static class FontLibrary
{
    public static FontFace Regular { get; } = Load("NotoSans-Regular");
    public static FontFace Bold { get; } = Load("NotoSans-Bold");

    private static FontFace Load(string name)
    {
        using var stream = typeof(FontLibrary).Assembly.GetManifestResourceStream(name + ".ttf")
            ?? throw new InvalidOperationException($"The font {name} is not in the assembly.");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return FontFace.Parse(name, file);
    }
}
