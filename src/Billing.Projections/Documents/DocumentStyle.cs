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
}
