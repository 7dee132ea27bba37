using System.Globalization;

namespace Billing.Projections.Documents.Pdf;

/// <summary>A colour of the sRGB space, which is the one that the output intent names.</summary>
internal readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    public static Colour White { get; } = new(255, 255, 255);

    /// <summary>Reads <c>#RRGGBB</c>.</summary>
    public static bool TryParse(string? text, out Colour colour)
    {
        colour = default;
        if (text is not { Length: 7 } || text[0] != '#') return false;
        var digits = text.AsSpan(1);
        if (!uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
            return false;
        colour = new Colour((byte)(rgb >> 16), (byte)(rgb >> 8 & 255), (byte)(rgb & 255));
        return true;
    }

    /// <summary>This colour at the given strength upon white, 0 to 1.</summary>
    public Colour Tint(double strength) => new(Mix(Red, strength), Mix(Green, strength), Mix(Blue, strength));

    /// <summary>
    /// This colour, darkened until text in it reaches a contrast of 4.5 : 1 upon white (WCAG 2.2, 1.4.3).
    /// </summary>
    public Colour ReadableOnWhite()
    {
        var colour = this;
        while (1.05 / (colour.Luminance() + 0.05) < 4.5)
            colour = new Colour(Darker(colour.Red), Darker(colour.Green), Darker(colour.Blue));
        return colour;
    }

    private static byte Darker(byte component) => (byte)(component * 9 / 10);

    private double Luminance() => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private static double Linear(byte component)
    {
        var value = component / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static byte Mix(byte component, double strength) => (byte)Math.Round(255 - (255 - component) * strength);
}
