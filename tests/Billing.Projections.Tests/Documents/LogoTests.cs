using Billing.Projections.Documents;
using Billing.Projections.Documents.Images;
using Billing.TestSupport;
using CsCheck;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;

namespace Billing.Projections.Tests.Documents;

/// <summary>A logo comes out of the document as it went in, whatever kind of file it was, and what is no picture is refused.</summary>
public sealed class LogoTests
{
    private static readonly byte[] Palette = [10, 20, 30, 200, 100, 50, 0, 255, 7, 90, 91, 92];

    /// <summary>A JPEG of 8 by 8 pixels.</summary>
    private static readonly byte[] Jpeg = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7gYKBTmCNl4x9lnN+"
        + "gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHz/wAARCAAIAAgDASIAAhEB"
        + "AxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/xAAUEAEAAAAAAAAAAAAAAAAAAAAA/8QAFAEBAAAAAAAAAAAAAAAAAAAAAP/EABQRAQAAAAAAAAAAAAAA"
        + "AAAAAAD/2gAMAwEAAhEDEQA/ALMAH//Z");

    public static TheoryData<int, int> Kinds
    {
        get
        {
            var kinds = new TheoryData<int, int>();
            foreach (var depth in new[] { 1, 2, 4, 8, 16 }) kinds.Add(0, depth);
            foreach (var depth in new[] { 1, 2, 4, 8 }) kinds.Add(3, depth);
            foreach (var type in new[] { 2, 4, 6 })
            {
                kinds.Add(type, 8);
                kinds.Add(type, 16);
            }
            return kinds;
        }
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_of_png_keeps_its_pixels(int type, int depth)
    {
        foreach (var (width, height, interlaced) in new[] { (13, 11, false), (13, 11, true), (1, 1, true), (3, 9, true) })
        {
            var file = PngMaker.Make(width, height, depth, type, Samples, interlaced, type == 3 ? Palette : null);
            using var pdf = new PdfObjects(Render(file).Pdf);
            var image = Image(pdf);

            Assert.Equal((width, height), (pdf.Int(image.StreamDictionary, "Width"), pdf.Int(image.StreamDictionary, "Height")));
            Assert.Equal(Expected(width, height, Colour), Decoded(image));
            Assert.Equal(type is 4 or 6 && width > 1, image.StreamDictionary.Data.ContainsKey("SMask"));
            if (type is 4 or 6 && width > 1)
                Assert.Equal(Expected(width, height, (x, y) => [Eight(Samples(x, y)[^1])]), pdf.Stream(image.StreamDictionary, "SMask"));
        }

        int[] Samples(int x, int y)
        {
            var most = (1 << depth) - 1;
            int[] all = [x * 37 * 257, (x + y) * 11 * 257, y * 23 * 257, most - x * y * 257];
            int[] wanted = type switch { 0 => [all[0] + all[2]], 3 => [x + y], 4 => [all[0], all[3]], 2 => all[..3], _ => all };
            return [.. wanted.Select(sample => type == 3 ? sample % Math.Min(4, most + 1) : sample & most)];
        }

        byte[] Colour(int x, int y)
        {
            var samples = Samples(x, y);
            if (type == 3) return Palette[(3 * samples[0])..(3 * samples[0] + 3)];
            return [.. (type is 4 or 6 ? samples[..^1] : samples).Select(Eight)];
        }

        byte Eight(int sample) => depth == 16 ? (byte)(sample >> 8) : (byte)(sample * 255 / ((1 << depth) - 1));
    }

    [Fact]
    public void What_a_palette_or_a_colour_key_lets_through_is_seen_through()
    {
        var palette = PngMaker.Make(2, 1, 8, 3, (x, _) => [x], palette: Palette, transparency: [128]);
        using (var pdf = new PdfObjects(Render(palette).Pdf))
            Assert.Equal([128, 255], pdf.Stream(Image(pdf).StreamDictionary, "SMask"));
        var key = PngMaker.Make(2, 1, 8, 2, (x, _) => [x, 0, 0], transparency: [0, 1, 0, 0, 0, 0]);
        using (var pdf = new PdfObjects(Render(key).Pdf))
            Assert.Equal([255, 0], pdf.Stream(Image(pdf).StreamDictionary, "SMask"));
    }

    [Fact]
    public void A_jpeg_goes_in_as_it_is()
    {
        using var pdf = new PdfObjects(Render(Jpeg).Pdf);
        var image = Image(pdf);
        Assert.Equal("DCTDecode", pdf.Name(image.StreamDictionary, "Filter"));
        Assert.Equal("DeviceRGB", pdf.Name(image.StreamDictionary, "ColorSpace"));
        Assert.Equal(Jpeg, image.Data.ToArray());
    }

    [Fact]
    public void A_screen_reader_is_told_whose_logo_it_is()
    {
        using var pdf = new PdfObjects(Render(PngMaker.Rgb()).Pdf);
        var structure = new StructureReading(pdf);
        var figure = structure.Elements.First(e => structure.TypeOf(e.Element) == "Figure").Element;
        Assert.Equal("Logo of Marlow", pdf.Text(figure, "Alt"));
        Assert.Equal(4, pdf.Items(pdf.Dictionary(figure, "A"), "BBox").Count);
    }

    [Fact]
    public void A_logo_whose_file_is_gone_is_left_out_and_told_of()
    {
        var rendered = new PdfDocumentRenderer().Render(SampleDocuments.Quote() with { Style = new() { Logo = new("00", "Logo") } });
        Assert.Contains("The file of the logo is not there; it was left out.", rendered.Warnings);
    }

    [Theory]
    [InlineData("GIF89a", "logo-type-unknown")]
    [InlineData("", "logo-type-unknown")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'/>", "logo-type-unknown")]
    public void Other_files_are_refused(string text, string code) =>
        Assert.Equal(code, RasterImage.Read(System.Text.Encoding.ASCII.GetBytes(text)).Refusal?.Code);

    [Fact]
    public void A_picture_that_is_cut_off_anywhere_is_refused()
    {
        var png = PngMaker.Rgb();
        for (var length = 8; length < png.Length; length++)
            Assert.Equal("logo-broken", RasterImage.Read(png.AsMemory(0, length)).Refusal?.Code);
        for (var length = 3; length < Jpeg.Length; length++)
            Assert.Equal("logo-broken", RasterImage.Read(Jpeg.AsMemory(0, length)).Refusal?.Code);
    }

    [Fact]
    public void A_byte_that_is_changed_is_never_more_than_a_refusal() => Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Bool).Sample(
        (at, value, isJpeg) =>
        {
            var file = isJpeg ? [.. Jpeg] : PngMaker.Rgb();
            file[at % file.Length] = value;
            var (image, refusal) = RasterImage.Read(file);
            // Behind its signature every byte of a PNG is under a check.
            var isFound = isJpeg || at % file.Length < 8 || value == PngMaker.Rgb()[at % file.Length] || refusal?.Code == "logo-broken";
            return isFound && image is null == refusal is not null;
        });

    [Fact]
    public void A_picture_of_too_many_pixels_is_refused_before_it_is_unpacked()
    {
        var huge = PngMaker.Make(1, 1, 8, 2, (_, _) => [0, 0, 0]);
        huge[16] = 0x7F;
        // The check of the changed head is made anew: a bomb would have a good one.
        var crc = huge.Skip(12).Take(17).Aggregate(uint.MaxValue, (sum, octet) => Enumerable.Range(0, 8).Aggregate(
            sum ^ octet, (bits, _) => (bits & 1) == 0 ? bits >> 1 : bits >> 1 ^ 0xEDB88320));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(huge.AsSpan(29), ~crc);
        Assert.Equal("logo-too-many-pixels", RasterImage.Read(huge).Refusal?.Code);
    }

    private static RenderedDocument Render(byte[] file)
    {
        var (image, refusal) = RasterImage.Read(file);
        Assert.Null(refusal);
        var style = new DocumentStyle { Logo = new DocumentLogo("00", "Logo of Marlow", image) };
        return TimesheetDocument.Render(FurtherDocuments.Timesheet() with { Style = style });
    }

    private static StreamToken Image(PdfObjects pdf)
    {
        var images = pdf.Dictionary(pdf.Dictionary(pdf.Dictionary(pdf.Catalog, "Pages"), "Resources"), "XObject");
        return (StreamToken)pdf.Resolve(Assert.Single(images.Data).Value);
    }

    private static byte[] Decoded(StreamToken image) =>
        PdfExtensions.Decode(image, UglyToad.PdfPig.Filters.DefaultFilterProvider.Instance).ToArray();

    private static byte[] Expected(int width, int height, Func<int, int, byte[]> pixel) =>
        [.. Enumerable.Range(0, width * height).SelectMany(i => pixel(i % width, i / width))];
}
