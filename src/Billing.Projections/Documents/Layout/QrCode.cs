using Billing.Projections.Documents.Pdf;
using QRCoder;

namespace Billing.Projections.Documents.Layout;

/// <summary>
/// A QR code (ISO/IEC 18004) with its quiet zone, of medium error correction, as a bitmap of the file.
/// </summary>
internal static class QrCode
{
    public static byte[] AddTo(PdfWriter writer, string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var side = code.ModuleMatrix.Count;
        var stride = (side + 7) / 8;
        var rows = new byte[side * stride];
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
                if (!code.ModuleMatrix[y][x]) rows[y * stride + x / 8] |= (byte)(0x80 >> (x % 8));
        return writer.AddBitmap(side, rows);
    }
}
