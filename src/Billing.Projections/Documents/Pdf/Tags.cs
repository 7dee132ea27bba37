using System.Globalization;
using System.Text;

namespace Billing.Projections.Documents.Pdf;

/// <summary>The standard structure types that our documents use (ISO 32000-1, 14.8.4).</summary>
internal static class Tags
{
    public static readonly byte[] Heading1 = "H1"u8.ToArray();
    public static readonly byte[] Heading2 = "H2"u8.ToArray();
    public static readonly byte[] Paragraph = "P"u8.ToArray();
    public static readonly byte[] Table = "Table"u8.ToArray();
    public static readonly byte[] Row = "TR"u8.ToArray();
    public static readonly byte[] HeadCell = "TH"u8.ToArray();
    public static readonly byte[] DataCell = "TD"u8.ToArray();
    public static readonly byte[] Figure = "Figure"u8.ToArray();
    public static readonly byte[] Link = "Link"u8.ToArray();

    /// <summary>Entries of a heading cell that names its column.</summary>
    public static readonly byte[] OfColumn = "/A<</O/Table/Scope/Column>>"u8.ToArray();

    /// <summary>Entries of a heading cell that names its row.</summary>
    public static readonly byte[] OfRow = "/A<</O/Table/Scope/Row>>"u8.ToArray();

    /// <summary>Entries of a heading cell that stretches over several columns of its row.</summary>
    public static byte[] OfRowSpanning(int columns) => Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"/A<</O/Table/Scope/Row/ColSpan {columns}>>"));

    /// <summary>Entries of a figure: the text that stands for it.</summary>
    public static byte[] WithAlternative(string text)
    {
        using var sink = new ByteSink(128);
        return sink.Raw("/Alt"u8).Text(text).Written.ToArray();
    }
}
