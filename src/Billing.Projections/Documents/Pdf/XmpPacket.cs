using System.Security;
using System.Text;
using NodaTime.Text;

namespace Billing.Projections.Documents.Pdf;

/// <summary>
/// The metadata stream (ISO 16684-1): title, author, and the claims of PDF/A-3a and PDF/UA-1. PDF/A does not know
/// the properties of PDF/UA, so that their schema is described along with them (ISO 19005-3, 6.6.2.3.3).
/// </summary>
internal static class XmpPacket
{
    public static byte[] Of(DocumentInformation information) => Encoding.UTF8.GetBytes(
        $"""
        <?xpacket begin="{'\uFEFF'}" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
         xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
         xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
        <dc:format>application/pdf</dc:format>
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">{Xml(information.Title)}</rdf:li></rdf:Alt></dc:title>
        <dc:creator><rdf:Seq><rdf:li>{Xml(information.Author)}</rdf:li></rdf:Seq></dc:creator>
        <dc:description><rdf:Alt>
        <rdf:li xml:lang="x-default">{Xml(information.Subject)}</rdf:li>
        </rdf:Alt></dc:description>
        <dc:language><rdf:Bag><rdf:li>{Xml(information.Language)}</rdf:li></rdf:Bag></dc:language>
        <xmp:CreateDate>{LocalDatePattern.Iso.Format(information.CreatedOn)}T00:00:00Z</xmp:CreateDate>
        <pdf:Producer>{DocumentInformation.Producer}</pdf:Producer>
        <pdfaid:part>3</pdfaid:part>
        <pdfaid:conformance>A</pdfaid:conformance>
        <pdfuaid:part>1</pdfuaid:part>
        </rdf:Description>
        {PdfUaSchema}
        </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="r"?>
        """);

    private const string PdfUaSchema =
        """
        <rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
         xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
         xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
        <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
        <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
        <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
        <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
        <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
        <pdfaProperty:name>part</pdfaProperty:name>
        <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
        <pdfaProperty:category>internal</pdfaProperty:category>
        <pdfaProperty:description>Part of ISO 14289 that the file keeps to</pdfaProperty:description>
        </rdf:li></rdf:Seq></pdfaSchema:property>
        </rdf:li></rdf:Bag></pdfaExtension:schemas>
        </rdf:Description>
        """;

    private static string Xml(string text) => SecurityElement.Escape(text);
}
