using Billing.Projections.Documents.Layout;

namespace Billing.Projections.Documents;

/// <summary>A quote as PDF: who offers what to whom until when, its lines with their sum, and what can be chosen besides.</summary>
public static class QuoteDocument
{
    public static RenderedDocument Render(QuoteModel quote)
    {
        var language = quote.Language;
        var name = $"{language.Word("quote")} {quote.Number}";
        using var composer = new Composer(
            quote.Style, $"{name}, {quote.Seller.Name}", quote.Seller.Name, quote.Title, quote.SentOn, language.Tag);
        AddHead(composer, quote);
        AddLines(composer, quote, optional: false);
        if (quote.Lines.Any(line => line.IsOptional)) AddLines(composer, quote, optional: true);
        if (!string.IsNullOrWhiteSpace(quote.Note))
        {
            composer.Flow.Add(new Gap(14));
            composer.AddText(composer.Text(quote.Note), composer.Theme.Body);
        }
        return composer.Finish(composer.OneLine($"{quote.Seller.Name}  ·  {name}"), pageOf: language.Word("page-of"));
    }

    private static void AddHead(Composer composer, QuoteModel quote)
    {
        var language = quote.Language;
        var head = new DocumentHead(composer, language);
        head.AddLetterhead(quote.Seller, language.Word("quote"), quote.Number);
        head.AddParty(
            language.Word("quote-for"), quote.Client,
            [(language.Word("date"), language.Day(quote.SentOn)), (language.Word("valid-until"), language.Day(quote.ValidUntil))]);
        head.AddFigure(composer.Short(quote.Title), language.Amount(quote.Total));
    }

    private static void AddLines(Composer composer, QuoteModel quote, bool optional)
    {
        var language = quote.Language;
        if (optional) composer.AddHeading(language.Word("optional"), gap: 16);
        else composer.Flow.Add(new Gap(14));
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest(language.Word("what"), 130), new(language.Word("quantity"), Align.Right, 50, 90),
            new(language.Word("unit-price"), Align.Right, 60, 120), new(language.Word("amount"), Align.Right, 70, 130));
        foreach (var line in quote.Lines.Where(line => line.IsOptional == optional))
        {
            table.Add(
                composer.Text(line.Description), line.QuantityIn(language), language.Amount(line.UnitPrice), language.Amount(line.Amount));
        }
        if (!optional) table.AddSum(language.Word("sum"), "", "", language.Amount(quote.Total));
        composer.Flow.Add(table.Strips());
    }
}
