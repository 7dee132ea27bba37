using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>
/// The invoice as PDF: who bills whom, what is due and how to pay it, the lines with their totals, and the hours
/// behind each line.
/// </summary>
public static class InvoiceDocument
{
    public static RenderedDocument Render(InvoiceModel invoice)
    {
        var name = $"{invoice.Words.Name} {invoice.Number}".TrimEnd();
        var subject = $"{name} for {invoice.Client.Name}";
        using var composer = new Composer(
            invoice.Style, $"{name}, {invoice.Seller.Name}", invoice.Seller.Name, subject, invoice.IssuedOn);
        var payment = PaymentLink.Of(invoice, composer);

        new InvoiceHead(composer, invoice).Add(payment);
        AddLines(composer, invoice);
        new InvoiceTotals(composer).Add(invoice, payment);
        AddRemarks(composer, invoice);
        AddHours(composer, invoice);
        var footer = composer.OneLine($"{invoice.Seller.Name}  ·  {name}");
        return composer.Finish(footer, composer.OneLine(invoice.StatusMark));
    }

    private static void AddLines(Composer composer, InvoiceModel invoice)
    {
        composer.Flow.Add(new Gap(14));
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest("Description", 130), new("Quantity", Align.Right, 50, 100),
            new("Unit price", Align.Right, 56, 130), new("Amount", Align.Right, 62, 150));
        foreach (var line in invoice.Lines)
        {
            var texts = new[] { line.Description, line.Quantity, line.UnitPrice, PrintedText.Of(line.Amount) };
            table.Add(Array.ConvertAll(texts, composer.Text));
        }
        if (invoice.Lines.Count == 0) table.Add(["No lines", "", "", ""]);
        composer.Flow.Add(table.Strips(keepEndWithNext: true));
    }

    private static void AddRemarks(Composer composer, InvoiceModel invoice)
    {
        if (!string.IsNullOrWhiteSpace(invoice.Notes))
            composer.AddParagraph("Notes", Tags.Heading2, composer.Text(invoice.Notes), composer.Theme.Body);
        var rule = composer.Text(invoice.RoundingRule);
        if (string.IsNullOrWhiteSpace(rule)) return;
        composer.AddParagraph("How time is counted", Tags.Heading2, rule, composer.Theme.Small);
    }

    /// <summary>
    /// The appendix: for each line that bills time, every entry of it, with sums that add up to the second.
    /// </summary>
    private static void AddHours(Composer composer, InvoiceModel invoice)
    {
        if (invoice.Lines.All(line => line.Hours.Count == 0)) return;
        composer.Flow.Add(new Gap(22));
        var heading = Composer.Line(
            composer.Structure.Add(Tags.Heading2), "Hours behind this invoice", composer.Theme.Heading, composer.Width);
        heading.KeepWithNext = true;
        composer.Flow.Add(heading);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, new("Date", Align.Left, 58, 70),
            new("Assistant", Align.Left, 50, 110), Column.Rest("Note", 150), new("Time", Align.Right, 40, 90))
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
                    PrintedText.Of(hours.WorkedOn), composer.Text(hours.Assistant), composer.Text(hours.Note),
                    PrintedText.OfDuration(hours.DurationSeconds));
            }
            total += sum;
        }
        table.AddSum("All hours", "", "", PrintedText.OfDuration(total));
        composer.Flow.Add(table.Strips());
    }
}
