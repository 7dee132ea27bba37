using System.Globalization;
using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>
/// The invoice as PDF: who bills whom, what is due and how to pay it, the lines with their totals, and the hours
/// behind each line.
/// </summary>
public static class InvoiceDocument
{
    /// <summary>How Factur-X and ZUGFeRD call the XML inside.</summary>
    private const string EInvoiceName = "factur-x.xml";

    public static RenderedDocument Render(InvoiceModel invoice)
    {
        var name = $"{invoice.Words.Name} {invoice.Number}".TrimEnd();
        var language = invoice.Language;
        var subject = language.Word("document-for", ("document", name), ("client", invoice.Client.Name));
        using var composer = new Composer(
            invoice.Style, $"{name}, {invoice.Seller.Name}", invoice.Seller.Name, subject, invoice.IssuedOn,
            language.Tag);
        if (invoice.EInvoiceXml is { } xml) composer.Writer.AddInvoice(new Attachment(EInvoiceName, name, xml));
        var payment = PaymentLink.Of(invoice, composer);

        new InvoiceHead(composer, invoice).Add(payment);
        AddLines(composer, invoice);
        new InvoiceTotals(composer, language).Add(invoice, payment);
        AddInstalments(composer, invoice);
        AddRemarks(composer, invoice);
        AddHours(composer, invoice);
        var footer = composer.OneLine($"{invoice.Seller.Name}  ·  {name}");
        return composer.Finish(footer, composer.OneLine(invoice.StatusMark), language.Word("page-of"));
    }

    private static void AddLines(Composer composer, InvoiceModel invoice)
    {
        composer.Flow.Add(new Gap(14));
        var language = invoice.Language;
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest(language.Word("description"), 130), new(language.Word("quantity"), Align.Right, 50, 100),
            new(language.Word("unit-price"), Align.Right, 56, 130), new(language.Word("amount"), Align.Right, 62, 150));
        foreach (var line in invoice.Lines)
        {
            var texts = new[] { line.Description, line.Quantity, line.UnitPrice, language.Amount(line.Amount) };
            table.Add(Array.ConvertAll(texts, composer.Text));
        }
        if (invoice.Lines.Count == 0) table.Add([language.Word("no-lines"), "", "", ""]);
        composer.Flow.Add(table.Strips(keepEndWithNext: true));
    }

    private static void AddInstalments(Composer composer, InvoiceModel invoice)
    {
        if (invoice.Instalments.Count == 0) return;
        var language = invoice.Language;
        composer.AddHeading(language.Word("instalments"), gap: 16);
        var table = new Table(
            composer.Width * 0.6, composer.Theme, composer.Structure, new(language.Word("instalment"), Align.Left, 40, 70),
            Column.Rest(language.Word("due"), 90), new(language.Word("amount"), Align.Right, 62, 150))
        {
            Padding = 2,
        };
        for (var i = 0; i < invoice.Instalments.Count; i++)
        {
            var (dueOn, amount) = invoice.Instalments[i];
            table.Add((i + 1).ToString(CultureInfo.InvariantCulture), language.Day(dueOn), language.Amount(amount));
        }
        composer.Flow.Add(table.Strips());
    }

    private static void AddRemarks(Composer composer, InvoiceModel invoice)
    {
        var language = invoice.Language;
        if (!string.IsNullOrWhiteSpace(invoice.TaxTexts))
            composer.AddParagraph(language.Word("tax-heading"), Tags.Heading2, composer.Text(invoice.TaxTexts), composer.Theme.Body);
        if (!string.IsNullOrWhiteSpace(invoice.Notes))
            composer.AddParagraph(language.Word("notes"), Tags.Heading2, composer.Text(invoice.Notes), composer.Theme.Body);
        var rule = composer.Text(invoice.RoundingRule);
        if (string.IsNullOrWhiteSpace(rule)) return;
        composer.AddParagraph(language.Word("how-time-counts"), Tags.Heading2, rule, composer.Theme.Small);
    }

    /// <summary>
    /// The appendix: for each line that bills time, every entry of it, with sums that add up to the second.
    /// </summary>
    private static void AddHours(Composer composer, InvoiceModel invoice)
    {
        if (invoice.Lines.All(line => line.Hours.Count == 0)) return;
        var language = invoice.Language;
        composer.AddHeading(language.Word("hours-behind"), gap: 22);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, new(language.Word("date"), Align.Left, 58, 70),
            new(language.Word("assistant"), Align.Left, 50, 110), Column.Rest(language.Word("note"), 150),
            new(language.Word("time"), Align.Right, 40, 90))
        {
            Padding = 2,
        };
        Int128 total = 0;
        foreach (var line in invoice.Lines.Where(line => line.Hours.Count > 0))
        {
            Int128 sum = 0;
            foreach (var hours in line.Hours) sum += hours.DurationSeconds;
            table.AddGroup(composer.Text(line.Description), PrintedText.OfDuration(sum));
            foreach (var hours in line.Hours)
            {
                table.Add(
                    language.Day(hours.WorkedOn), composer.Text(hours.Assistant), composer.Text(hours.Note),
                    PrintedText.OfDuration(hours.DurationSeconds));
            }
            total += sum;
        }
        table.AddSum(language.Word("all-hours"), "", "", PrintedText.OfDuration(total));
        composer.Flow.Add(table.Strips());
    }
}
