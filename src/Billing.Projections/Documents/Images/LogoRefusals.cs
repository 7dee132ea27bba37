using Billing.Domain;

namespace Billing.Projections.Documents.Images;

/// <summary>Why a file is not taken as a picture.</summary>
internal static class LogoRefusals
{
    public static Rejection TypeUnknown { get; } = Invalid(
        "logo-type-unknown", "The file's content is no PNG and no JPEG, whatever its name. Send one of these.");

    public static Rejection Broken { get; } = Invalid(
        "logo-broken", "The file is cut off or damaged. Open it in an image program, save it anew as PNG, and send that.");

    public static Rejection TooManyPixels { get; } = Invalid(
        "logo-too-many-pixels",
        FormattableString.Invariant(
            $"A logo has at most {RasterImage.MostPixelsASide} pixels a side and {RasterImage.MostPixels} in all. Send a smaller one."));

    public static Rejection ColoursUnknown { get; } = Invalid(
        "logo-colours-unknown", "The JPEG is in colours for a printing press (CMYK) or coded in a rare way. Save it as PNG and send that.");

    /// <summary>Null where it is small enough.</summary>
    public static Rejection? Refuse(long width, long height)
    {
        if (width < 1 || height < 1) return Broken;
        var isTooLarge = width > RasterImage.MostPixelsASide || height > RasterImage.MostPixelsASide
            || width * height > RasterImage.MostPixels;
        return isTooLarge ? TooManyPixels : null;
    }

    private static Rejection Invalid(string code, string detail) => new(code, detail, Kind: RejectionKind.Invalid);
}
