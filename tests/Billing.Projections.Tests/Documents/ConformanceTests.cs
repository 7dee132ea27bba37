using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Billing.Projections.Documents;
using UglyToad.PdfPig.Tokens;

namespace Billing.Projections.Tests.Documents;

/// <summary>
/// What PDF/A-3 (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) ask of a file's structure, read back from the file.
/// </summary>
public sealed class ConformanceTests
{
    private static readonly string[] OtherOperators =
        ["re", "m", "l", "c", "rg", "q", "Q", "cm", "BT", "ET", "Tf", "Td", "Tm", "Ts"];

    public static TheoryData<string> Samples => ConformanceSamples.Names;

    [Theory, MemberData(nameof(Samples))]
    public void Claims_pdf_a_3a_and_pdf_ua_1_in_its_metadata(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        var packet = Encoding.UTF8.GetString(pdf.Stream(pdf.Catalog, "Metadata"));
        var xmp = XDocument.Parse(packet[packet.IndexOf("<x:xmpmeta", StringComparison.Ordinal)..]);
        XNamespace pdfa = "http://www.aiim.org/pdfa/ns/id/", pdfua = "http://www.aiim.org/pdfua/ns/id/";
        XNamespace dc = "http://purl.org/dc/elements/1.1/", schema = "http://www.aiim.org/pdfa/ns/schema#";
        Assert.Equal("3", xmp.Descendants(pdfa + "part").Single().Value);
        Assert.Equal("A", xmp.Descendants(pdfa + "conformance").Single().Value);
        Assert.Equal("1", xmp.Descendants(pdfua + "part").Single().Value);
        Assert.Equal(pdfua.NamespaceName, xmp.Descendants(schema + "namespaceURI").Single().Value);
        Assert.Equal(pdf.Document.Information.Title, xmp.Descendants(dc + "title").Single().Value);
        Assert.NotEqual("", pdf.Document.Information.Title);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Says_its_language_and_shows_its_title(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        Assert.Equal("en-US", pdf.Text(pdf.Catalog, "Lang"));
        Assert.True(((BooleanToken)pdf.Dictionary(pdf.Catalog, "MarkInfo").Data["Marked"]).Data);
        Assert.True(((BooleanToken)pdf.Dictionary(pdf.Catalog, "ViewerPreferences").Data["DisplayDocTitle"]).Data);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Has_an_srgb_output_intent(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        var intent = pdf.AsDictionary(Assert.Single(pdf.Items(pdf.Catalog, "OutputIntents")));
        Assert.Equal("GTS_PDFA1", pdf.Name(intent, "S"));
        Assert.Equal(3, pdf.Int(pdf.Dictionary(intent, "DestOutputProfile"), "N"));
        var profile = pdf.Stream(intent, "DestOutputProfile");
        Assert.Equal(profile.Length, profile[2] << 8 | profile[3]);
        Assert.Equal("mntrRGB XYZ ", Encoding.ASCII.GetString(profile, 12, 12));
        Assert.Equal("acsp", Encoding.ASCII.GetString(profile, 36, 4));
    }

    [Theory, MemberData(nameof(Samples))]
    public void Is_named_by_its_content_and_not_encrypted(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        Assert.False(pdf.Document.IsEncrypted);
        var one = IdOf(InvoiceDocument.Render(SampleDocuments.Invoice(number: 1)).Pdf);
        Assert.Equal(one, IdOf(InvoiceDocument.Render(SampleDocuments.Invoice(number: 1)).Pdf));
        Assert.NotEqual(one, IdOf(InvoiceDocument.Render(SampleDocuments.Invoice(number: 2)).Pdf));

        static string IdOf(byte[] pdf)
        {
            var match = Regex.Match(Encoding.Latin1.GetString(pdf), @"/ID\[<([0-9A-F]{32})><\1>\]");
            return match.Success ? match.Value : throw new InvalidOperationException("The file has no identifier.");
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Paints_nothing_outside_of_structure_and_artifacts(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        foreach (var page in pdf.Pages)
        {
            var (depth, painted) = (0, 0);
            foreach (var (name, _) in pdf.Operators(page))
            {
                if (name is "BDC" or "BMC") Assert.Equal(1, ++depth);
                else if (name == "EMC") depth--;
                else if (name is "TJ" or "f" or "Do")
                {
                    Assert.Equal(1, depth);
                    painted++;
                }
                else Assert.Contains(name, OtherOperators);
            }
            Assert.Equal(0, depth);
            Assert.True(painted > 3);
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Every_link_is_printed_described_and_part_of_the_structure(string sample)
    {
        using var pdf = ConformanceSamples.Open(sample);
        var structure = new StructureReading(pdf);
        var count = 0;
        foreach (var page in pdf.Pages)
            foreach (var item in pdf.Items(page, "Annots"))
            {
                var link = pdf.AsDictionary(item);
                Assert.Equal("Link", pdf.Name(link, "Subtype"));
                Assert.Equal(4, pdf.Int(link, "F"));
                Assert.StartsWith("https://", pdf.Text(link, "Contents"), StringComparison.Ordinal);
                Assert.Equal("S", pdf.Name(page, "Tabs"));
                var element = pdf.AsDictionary(structure.Back[pdf.Int(link, "StructParent")]);
                Assert.Equal("Link", pdf.Name(element, "S"));
                Assert.Contains(pdf.Items(element, "K"), kid =>
                    pdf.Resolve(kid) is DictionaryToken holder && holder.Data.TryGetValue("Obj", out var obj)
                    && PdfObjects.Number(obj) == PdfObjects.Number(item));
                count++;
            }
        Assert.Equal(ConformanceSamples.HasLinks(sample), count > 0);
    }
}
