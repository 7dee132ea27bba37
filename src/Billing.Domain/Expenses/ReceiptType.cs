using System.Text;

namespace Billing.Domain.Expenses;

/// <summary>Which kinds of files are kept as receipts, told by their first bytes and never by their names.</summary>
public static class ReceiptType
{
    public const string Pdf = "application/pdf", Jpeg = "image/jpeg", Png = "image/png", Heic = "image/heic";

    /// <summary>So many bytes of a file's beginning tell its type.</summary>
    public const int HeadBytes = 32;

    /// <summary>Where the box's size stands before <c>ftyp</c> in a file of the ISO base media format.</summary>
    private const int BoxSizeBytes = 4;

    /// <summary>Major brands of HEIF images that are coded by HEVC (ISO/IEC 23008-12), and the general ones phones write.</summary>
    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

    public static IReadOnlyList<string> All { get; } = [Pdf, Jpeg, Png, Heic];

    public static Rejection Unknown { get; } = new(
        "receipt-type-unknown", "The file's content is no PDF, JPEG, PNG or HEIC, whatever its name; send one of these.",
        Kind: RejectionKind.Invalid);

    /// <param name="head">The first <see cref="HeadBytes"/> of the file, or all of it where it is shorter.</param>
    /// <returns>The media type, or null where it is none that is kept.</returns>
    public static string? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("%PDF-"u8)) return Pdf;
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return Jpeg;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A])) return Png;
        if (head.Length < BoxSizeBytes + 8 || !head[BoxSizeBytes..].StartsWith("ftyp"u8)) return null;
        var brand = Encoding.ASCII.GetString(head.Slice(BoxSizeBytes + 4, 4));
        return HeicBrands.Contains(brand) ? Heic : null;
    }

    /// <summary>Pictures that every browser shows.</summary>
    public static bool IsShownByBrowsers(string mediaType) => mediaType is Jpeg or Png;

    /// <summary>The usual end of such a file's name.</summary>
    public static string Extension(string mediaType) => mediaType switch
    {
        Pdf => ".pdf",
        Jpeg => ".jpg",
        Png => ".png",
        Heic => ".heic",
        _ => "",
    };
}
