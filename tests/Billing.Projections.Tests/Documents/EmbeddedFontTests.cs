using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using UglyToad.PdfPig.Tokens;

namespace Billing.Projections.Tests.Documents;

/// <summary>Each character on a page has a glyph in an embedded font, that glyph's width, and a text.</summary>
public sealed class EmbeddedFontTests
{
    public static TheoryData<string> Samples => ConformanceSamples.Names;

    [Theory, MemberData(nameof(Samples))]
    public void Every_shown_character_has_a_glyph_its_width_and_a_text(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        var fonts = pdf.Fonts().ToDictionary(pair => pair.Key, pair => new Embedded(pdf, pair.Value));
        var shown = 0;
        foreach (var page in pdf.Pages)
        {
            Embedded? font = null;
            foreach (var (name, operands) in pdf.Operators(page))
            {
                if (name == "Tf") font = fonts[operands[0][1..]];
                if (name == "TJ") shown += CheckShown(font!, operands[0]);
            }
        }
        Assert.True(shown > 300);
    }

    [Fact]
    public void Two_documents_of_plain_english_embed_the_same_fonts()
    {
        using var one = ConformanceSamples.Open("invoice");
        using var other = ConformanceSamples.Open("tax report");
        Assert.Equal(FileOf(one), FileOf(other));

        static byte[] FileOf(PdfObjects pdf) => new Embedded(pdf, pdf.Fonts()["F0"]).File;
    }

    private static int CheckShown(Embedded font, string array)
    {
        var count = 0;
        foreach (Match run in Regex.Matches(array, "<([0-9A-F]*)>"))
            foreach (var digits in run.Groups[1].Value.Chunk(4))
            {
                var id = int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                var glyph = font.GlyphOf(id);
                Assert.NotEqual(0, glyph);
                Assert.Equal(font.AdvanceOf(glyph), font.Widths[id - 1]);
                Assert.True(font.Texts.TryGetValue(id, out var text), $"Character {id} has no text.");
                Assert.DoesNotMatch("[\u0000\uFEFF\uFFFE\uE000-\uF8FF]", text);
                count++;
            }
        return count;
    }

    private sealed class Embedded
    {
        private readonly byte[] _glyphs;

        public Embedded(PdfObjects pdf, DictionaryToken font)
        {
            Assert.Equal("Type0", pdf.Name(font, "Subtype"));
            Assert.Equal("Identity-H", pdf.Name(font, "Encoding"));
            Assert.Matches(@"^[A-Z]{6}\+NotoSans-(Regular|Bold)$", pdf.Name(font, "BaseFont"));
            var descendant = pdf.AsDictionary(pdf.Items(font, "DescendantFonts").Single());
            Assert.Equal("CIDFontType2", pdf.Name(descendant, "Subtype"));
            _glyphs = pdf.Stream(descendant, "CIDToGIDMap");
            var widths = ((ArrayToken)pdf.Items(descendant, "W")[1]).Data;
            Widths = [.. widths.Select(width => ((NumericToken)width).Int)];
            var descriptor = pdf.Dictionary(descendant, "FontDescriptor");
            File = pdf.Stream(descriptor, "FontFile2");
            Assert.Equal(File.Length, pdf.Int(pdf.Dictionary(descriptor, "FontFile2"), "Length1"));
            Texts = ReadTexts(Encoding.ASCII.GetString(pdf.Stream(font, "ToUnicode")));
        }

        public byte[] File { get; }
        public int[] Widths { get; }
        public Dictionary<int, string> Texts { get; }

        public int GlyphOf(int id) => BinaryPrimitives.ReadUInt16BigEndian(_glyphs.AsSpan(2 * id));

        /// <summary>
        /// The advance in the font's own horizontal metrics, of which the last one stands for all glyphs after it.
        /// </summary>
        public int AdvanceOf(int glyph)
        {
            var count = BinaryPrimitives.ReadUInt16BigEndian(Table("hhea")[34..]);
            return BinaryPrimitives.ReadUInt16BigEndian(Table("hmtx")[(4 * Math.Min(glyph, count - 1))..]);
        }

        private ReadOnlySpan<byte> Table(string tag)
        {
            for (var entry = 12; ; entry += 16)
                if (Encoding.ASCII.GetString(File, entry, 4) == tag)
                    return File.AsSpan((int)BinaryPrimitives.ReadUInt32BigEndian(File.AsSpan(entry + 8)));
        }

        private static Dictionary<int, string> ReadTexts(string map) =>
            Regex.Matches(map, "<([0-9A-F]{4})><([0-9A-F]+)>").ToDictionary(
                entry => int.Parse(entry.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                entry => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(entry.Groups[2].Value)));
    }
}
