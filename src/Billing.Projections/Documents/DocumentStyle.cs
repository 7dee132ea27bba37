using Billing.Projections.Documents.Images;

namespace Billing.Projections.Documents;

public enum PaperSize
{
    /// <summary>8.5 by 11 inches.</summary>
    Letter,

    /// <summary>210 by 297 mm.</summary>
    A4,
}

/// <summary>How a practice's documents look.</summary>
/// <param name="AccentColour">
/// <c>#RRGGBB</c>; darkened where text in it would be hard to read. Anything else gives the default and a warning.
/// </param>
public sealed record DocumentStyle(
    string AccentColour = DocumentStyle.DefaultAccent, PaperSize Paper = PaperSize.Letter)
{
    public const string DefaultAccent = "#0F5C6E";

    /// <summary>Over the practice's name; null for none.</summary>
    public DocumentLogo? Logo { get; init; }
}

/// <param name="Hash">SHA-256 of its file, lower-case hexadecimal.</param>
/// <param name="Alternative">What stands for it where it is not seen.</param>
/// <param name="Image">Null until it is looked up; a document leaves it out then, and warns.</param>
public sealed record DocumentLogo(string Hash, string Alternative, RasterImage? Image = null)
{
    /// <summary>In pixels, so that a page keeps room for it; 0 where it is not known.</summary>
    public int Width { get; init; }

    public int Height { get; init; }
}

/// <summary>Finds the pictures that documents name.</summary>
public interface ILogos
{
    /// <summary>Null where there is no such file, or it can't be read any more.</summary>
    RasterImage? Find(string hash);
}
