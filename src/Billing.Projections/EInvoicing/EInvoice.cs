using System.Text;
using System.Xml;
using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;

namespace Billing.Projections.EInvoicing;

/// <summary>An invoice as XML. The same facts give the same bytes, whatever happened since.</summary>
public static class EInvoice
{
    /// <param name="format">One of <see cref="EInvoiceFormat"/>; nothing may be missing for it.</param>
    public static byte[] Xml(InvoiceEvent.InvoiceFinalized facts, string format)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(bytes, settings)) new CrossIndustryInvoice(new CiiWriter(xml), facts).Write(format);
        return bytes.ToArray();
    }

    /// <summary>The invoice as it is printed; for a client who gets ZUGFeRD with its XML in it.</summary>
    public static InvoiceModel Printed(InvoiceEvent.InvoiceFinalized facts, string? paymentUrl = null, bool isVoided = false)
    {
        var model = PrintedInvoice.Of(facts, paymentUrl, isVoided);
        var embeds = !isVoided && facts.EInvoice?.Buyer?.Format == EInvoiceFormat.ZUGFeRD
            && EInvoiceCheck.Refuse(facts, EInvoiceFormat.ZUGFeRD) is null;
        return embeds ? model with { EInvoiceXml = Xml(facts, EInvoiceFormat.ZUGFeRD) } : model;
    }
}
