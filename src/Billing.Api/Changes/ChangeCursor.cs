using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Billing.Api.Changes;

/// <summary>
/// How far somebody has read: all events up to a place of the book, and of the next event so many changes. With the beginning of the
/// chain's link there, it is good for this history and no other: after a restore of an older backup it is found out.
/// </summary>
/// <param name="Link">The first bytes of the link of the event at the place, in hexadecimal; empty at the beginning.</param>
internal sealed record ChangeCursor(long Place, int Changes, string Link)
{
    private const int LinkBytes = 6;

    public static ChangeCursor Beginning { get; } = new(0, 0, "");

    public static ChangeCursor After(long place, ReadOnlyMemory<byte> link) => new(place, 0, Shortened(link));

    public bool IsOn(ReadOnlyMemory<byte> link) => Link == Shortened(link);

    /// <summary>Another one for each cursor of a history.</summary>
    public long Version => Place * 65_536 + Changes;

    public static bool TryParse(string text, out ChangeCursor cursor)
    {
        cursor = Beginning;
        if (!Base64Url.IsValid(text)) return false;
        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split('.');
        if (parts is not [var place, var changes, var link]
            || !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var p)
            || !int.TryParse(changes, NumberStyles.None, CultureInfo.InvariantCulture, out var c)
            || link.Length != (p == 0 ? 0 : 2 * LinkBytes))
            return false;
        cursor = new ChangeCursor(p, c, link);
        return cursor.ToString() == text;
    }

    public override string ToString() => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Place}.{Changes}.{Link}")));

    private static string Shortened(ReadOnlyMemory<byte> link) => Convert.ToHexStringLower(link.Span[..LinkBytes]);
}
