using System.Text;
using System.Xml;
using Billing.Domain.EInvoicing;
using Billing.Domain.Invoicing;
using Billing.Projections.Documents;
using Billing.Projections.Invoicing;

namespace Billing.Projections.EInvoicing;

/// <summary>An invoice or credit note as XML. The same facts give the same bytes, whatever happened since.</summary>
public static class EInvoice
{
    /// <param name="format">One of <see cref="EInvoiceFormat"/>; nothing may be missing for it.</param>
    public static byte[] Xml(InvoiceEvent.InvoiceFinalized facts, string format) => Xml(CiiDocument.Of(facts), format);

    /// <inheritdoc cref="Xml(InvoiceEvent.InvoiceFinalized, string)"/>
    public static byte[] Xml(InvoiceEvent.InvoiceFinalized invoice, InvoiceEvent.CreditNoteIssued note, string format) =>
        Xml(CiiDocument.Of(invoice, note), format);

    /// <summary>The invoice as it is printed; for a client who gets ZUGFeRD with its XML in it.</summary>
    public static InvoiceModel Printed(InvoiceEvent.InvoiceFinalized facts, string? paymentUrl = null, bool isVoided = false)
    {
        var model = PrintedInvoice.Of(facts, paymentUrl, isVoided);
        var embeds = !isVoided && facts.EInvoice?.Buyer?.Format == EInvoiceFormat.ZUGFeRD
            && EInvoiceCheck.Refuse(facts, EInvoiceFormat.ZUGFeRD) is null;
        return embeds ? model with { EInvoiceXml = Xml(facts, EInvoiceFormat.ZUGFeRD) } : model;
    }

    /// <summary>The credit note as it is printed; for a client who gets ZUGFeRD with its XML in it.</summary>
    public static InvoiceModel Printed(InvoiceEvent.InvoiceFinalized invoice, InvoiceEvent.CreditNoteIssued note)
    {
        var model = PrintedCreditNote.Of(invoice, note);
        var embeds = invoice.EInvoice?.Buyer?.Format == EInvoiceFormat.ZUGFeRD
            && EInvoiceCheck.Refuse(invoice, note, EInvoiceFormat.ZUGFeRD) is null;
        return embeds ? model with { EInvoiceXml = Xml(invoice, note, EInvoiceFormat.ZUGFeRD) } : model;
    }

    private static byte[] Xml(CiiDocument document, string format)
    {
        using var bytes = new MemoryStream();
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" };
        using (var xml = XmlWriter.Create(bytes, settings)) new CrossIndustryInvoice(new CiiWriter(xml), document, format).Write();
        return bytes.ToArray();
    }
}
