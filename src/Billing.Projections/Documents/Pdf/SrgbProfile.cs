using System.Buffers.Binary;
using System.Text;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// The sRGB colour space as the smallest ICC profile that says it exactly (ICC.1:2004-10, version 4.2): a matrix of
/// the primaries adapted to D50 by Bradford, and the transfer curve of IEC 61966-2-1 as a parametric curve.
/// </summary>
internal static class SrgbProfile
{
    public static byte[] Bytes { get; } = Build();

    private static byte[] Build()
    {
        var curve = Curve();
        var tags = new (string Name, byte[] Data)[]
        {
            ("desc", Text("sRGB")),
            ("cprt", Text("Public domain")),
            ("wtpt", Xyz(0xF6D6, 0x10000, 0xD32D)),
            ("rXYZ", Xyz(0x6FA2, 0x38F5, 0x0390)),
            ("gXYZ", Xyz(0x6299, 0xB785, 0x18DA)),
            ("bXYZ", Xyz(0x24A0, 0x0F84, 0xB6CF)),
            ("chad", Adaptation()),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        };
        var size = 132 + 12 * tags.Length + tags.Take(8).Sum(tag => tag.Data.Length);
        var profile = new byte[size];
        WriteHeader(profile);
        Put(profile, 128, tags.Length);
        var offset = 132 + 12 * tags.Length;
        for (var i = 0; i < tags.Length; i++)
        {
            // The three curves are one: the later two tags point at the first one's data.
            var at = i > 7 ? offset - curve.Length : offset;
            Encoding.ASCII.GetBytes(tags[i].Name, profile.AsSpan(132 + 12 * i));
            Put(profile, 136 + 12 * i, at);
            Put(profile, 140 + 12 * i, tags[i].Data.Length);
            tags[i].Data.CopyTo(profile, at);
            if (i <= 7) offset += tags[i].Data.Length;
        }
        return profile;
    }

    private static void WriteHeader(byte[] profile)
    {
        Put(profile, 0, profile.Length);
        Put(profile, 8, 0x04200000);
        "mntrRGB XYZ "u8.CopyTo(profile.AsSpan(12));
        // The header must carry a date; this one is that of the standard sRGB, so that the bytes never change.
        byte[] madeOn = [0x07, 0xCF, 0, 10, 0, 1];
        madeOn.CopyTo(profile, 24);
        "acsp"u8.CopyTo(profile.AsSpan(36));
        Put(profile, 68, 0xF6D6);
        Put(profile, 72, 0x10000);
        Put(profile, 76, 0xD32D);
    }

    private static byte[] Xyz(int x, int y, int z) => Numbers("XYZ ", x, y, z);

    // Bradford adaptation from D65 to D50, as s15Fixed16.
    private static byte[] Adaptation() =>
        Numbers("sf32", 0x10C42, 0x05DE, -0x0CDB, 0x0793, 0xFD90, -0x045F, -0x025E, 0x03DB, 0xC06E);

    // Function type 3: Y = (aX + b)^g from d on, cX below.
    private static byte[] Curve() =>
        [.. Numbers("para", 3 << 16, 0x26666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B)];

    private static byte[] Numbers(string type, params int[] values)
    {
        var data = new byte[8 + 4 * values.Length];
        Encoding.ASCII.GetBytes(type, data);
        for (var i = 0; i < values.Length; i++) Put(data, 8 + 4 * i, values[i]);
        return data;
    }

    private static byte[] Text(string text)
    {
        var letters = Encoding.BigEndianUnicode.GetBytes(text);
        var data = new byte[(28 + letters.Length + 3) / 4 * 4];
        "mluc"u8.CopyTo(data);
        Put(data, 8, 1);
        Put(data, 12, 12);
        "enUS"u8.CopyTo(data.AsSpan(16));
        Put(data, 20, letters.Length);
        Put(data, 24, 28);
        letters.CopyTo(data, 28);
        return data;
    }

    private static void Put(byte[] data, int at, int value) =>
        BinaryPrimitives.WriteInt32BigEndian(data.AsSpan(at), value);
}
