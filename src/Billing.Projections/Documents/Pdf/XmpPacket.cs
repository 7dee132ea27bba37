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
    /// <param name="invoice">The name of the embedded invoice; null where there is none.</param>
    public static byte[] Of(DocumentInformation information, string? invoice = null) => Encoding.UTF8.GetBytes(
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
        {(invoice is null ? "" : FacturX(invoice))}{Schemas(invoice is null ? "" : FacturXSchema)}
        </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="r"?>
        """);

    private static string Schemas(string more) =>
        $"""
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
        </rdf:li>{more}</rdf:Bag></pdfaExtension:schemas>
        </rdf:Description>
        """;

    /// <summary>What Factur-X and ZUGFeRD say of the invoice inside.</summary>
    private static string FacturX(string fileName) =>
        $"""
        <rdf:Description rdf:about="" xmlns:fx="{FacturXNamespace}">
        <fx:DocumentType>INVOICE</fx:DocumentType>
        <fx:DocumentFileName>{Xml(fileName)}</fx:DocumentFileName>
        <fx:Version>1.0</fx:Version>
        <fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
        </rdf:Description>

        """;

    private const string FacturXNamespace = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";

    private static readonly string FacturXSchema =
        $"""
        <rdf:li rdf:parseType="Resource">
        <pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
        <pdfaSchema:namespaceURI>{FacturXNamespace}</pdfaSchema:namespaceURI>
        <pdfaSchema:prefix>fx</pdfaSchema:prefix>
        <pdfaSchema:property><rdf:Seq>{string.Concat(new[]
        {
            Property("DocumentFileName", "The name of the embedded XML document"),
            Property("DocumentType", "The type of the hybrid document"),
            Property("Version", "The version of the standard that the XML document keeps to"),
            Property("ConformanceLevel", "The profile that the XML document keeps to"),
        })}</rdf:Seq></pdfaSchema:property>
        </rdf:li>
        """;

    private static string Property(string name, string description) =>
        $"""
        <rdf:li rdf:parseType="Resource">
        <pdfaProperty:name>{name}</pdfaProperty:name>
        <pdfaProperty:valueType>Text</pdfaProperty:valueType>
        <pdfaProperty:category>external</pdfaProperty:category>
        <pdfaProperty:description>{description}</pdfaProperty:description>
        </rdf:li>
        """;

    private static string Xml(string text) => SecurityElement.Escape(text);
}
