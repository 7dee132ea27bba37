using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>A quote as PDF: who offers what to whom until when, its lines with their sum, and what can be chosen besides.</summary>
public static class QuoteDocument
{
    public static RenderedDocument Render(QuoteModel quote)
    {
        var language = quote.Language;
        var name = $"{language.Word("quote")} {quote.Number}";
        using var composer = new Composer(
            quote.Style, $"{name}, {quote.Seller.Name}", quote.Seller.Name, quote.Title, quote.SentOn, language.Code);
        AddHead(composer, quote, name);
        AddLines(composer, quote, optional: false);
        if (quote.Lines.Any(line => line.IsOptional)) AddLines(composer, quote, optional: true);
        if (!string.IsNullOrWhiteSpace(quote.Note))
        {
            composer.Flow.Add(new Gap(14));
            composer.AddText(composer.Text(quote.Note), composer.Theme.Body);
        }
        return composer.Finish(composer.OneLine($"{quote.Seller.Name}  ·  {name}"), pageOf: language.Word("page-of"));
    }

    private static void AddHead(Composer composer, QuoteModel quote, string name)
    {
        var (theme, language) = (composer.Theme, quote.Language);
        Add(composer, Tags.Paragraph, quote.Seller.Name, theme.Name);
        foreach (var line in quote.Seller.AddressLines) Add(composer, Tags.Paragraph, line, theme.Body);
        composer.Flow.Add(new Gap(14));
        Add(composer, Tags.Heading1, name, theme.Title);
        Add(composer, Tags.Paragraph, quote.Title, theme.Strong);
        var days = $"{language.Day(quote.SentOn)}  ·  {language.Word("valid-until")} {language.Day(quote.ValidUntil)}";
        Add(composer, Tags.Paragraph, days, theme.Body with { Colour = theme.Muted });
        composer.Flow.Add(new Gap(14));
        Add(composer, Tags.Paragraph, quote.Client.Name, theme.Strong);
        foreach (var line in quote.Client.AddressLines) Add(composer, Tags.Paragraph, line, theme.Body);
    }

    private static void AddLines(Composer composer, QuoteModel quote, bool optional)
    {
        var language = quote.Language;
        composer.Flow.Add(new Gap(16));
        if (optional)
        {
            var heading = Line(composer, Tags.Heading2, language.Word("optional"), composer.Theme.Heading);
            heading.KeepWithNext = true;
            composer.Flow.Add(heading);
        }
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest(language.Word("what"), 130), new(language.Word("quantity"), Align.Right, 50, 90),
            new(language.Word("unit-price"), Align.Right, 60, 120), new(language.Word("amount"), Align.Right, 70, 130));
        foreach (var line in quote.Lines.Where(line => line.IsOptional == optional))
        {
            table.Add(
                composer.Text(line.Description), line.Quantity.Replace(".", language.DecimalSeparator, StringComparison.Ordinal),
                language.Amount(line.UnitPrice), language.Amount(line.Amount));
        }
        if (!optional) table.AddSum(language.Word("sum"), "", "", language.Amount(quote.Total));
        composer.Flow.Add(table.Strips());
    }

    private static void Add(Composer composer, byte[] tag, string text, TextStyle style) =>
        composer.Flow.Add(Line(composer, tag, text, style));

    private static Row Line(Composer composer, byte[] tag, string text, TextStyle style) =>
        Composer.Line(composer.Structure.Add(tag), composer.Short(text), style, composer.Width);
}
