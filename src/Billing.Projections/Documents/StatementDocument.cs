using Billing.Domain.Values;
using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>A statement of account as PDF: what was owed, what changed it, what is owed, and on which invoices.</summary>
public static class StatementDocument
{
    public static RenderedDocument Render(StatementModel statement)
    {
        var language = statement.Language;
        var title = language.Word("statement");
        var days = $"{language.Day(statement.From)} {language.Word("through")} {language.Day(statement.Through)}";
        using var composer = new Composer(
            statement.Style, $"{title}, {statement.Client}", statement.Practice, days, statement.Through, language.Code);
        AddHead(composer, statement, title, days);
        AddChanges(composer, statement);
        AddOpen(composer, statement);
        return composer.Finish(composer.OneLine($"{statement.Practice}  ·  {title}, {days}"), pageOf: language.Word("page-of"));
    }

    private static void AddHead(Composer composer, StatementModel statement, string title, string days)
    {
        var theme = composer.Theme;
        Add(composer, Tags.Paragraph, statement.Practice, theme.Strong);
        Add(composer, Tags.Heading1, title, theme.Title);
        Add(composer, Tags.Paragraph, days, theme.Body with { Colour = theme.Muted });
        composer.Flow.Add(new Gap(14));
        Add(composer, Tags.Paragraph, statement.Client, theme.Strong);
        foreach (var line in statement.ClientAddress) Add(composer, Tags.Paragraph, line, theme.Body);
        composer.Flow.Add(new Gap(14));
    }

    private static void AddChanges(Composer composer, StatementModel statement)
    {
        var language = statement.Language;
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            new(language.Word("day"), Align.Left, 65, 90), Column.Rest(language.Word("what"), 120),
            new(language.Word("charged"), Align.Right, 70, 110), new(language.Word("received"), Align.Right, 70, 120),
            new(language.Word("balance"), Align.Right, 70, 110));
        table.Add(language.Day(statement.From), language.Word("opening"), "", "", language.Amount(statement.Opening));
        foreach (var row in statement.Rows)
        {
            table.Add(
                language.Day(row.Date), composer.Text(row.What), row.Amount.IsNegative ? "" : language.Amount(row.Amount),
                row.Amount.IsNegative ? language.Amount(-row.Amount) : "", language.Amount(row.Balance));
        }
        table.AddSum(language.Day(statement.Through), language.Word("closing"), "", "", language.Amount(statement.Closing));
        composer.Flow.Add(table.Strips());
    }

    private static void AddOpen(Composer composer, StatementModel statement)
    {
        var language = statement.Language;
        composer.AddHeading(language.Word("open-invoices"), gap: 20);
        if (statement.Open.Count == 0)
        {
            Add(composer, Tags.Paragraph, language.Word("nothing-open"), composer.Theme.Body);
            return;
        }
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest(language.Word("number"), 120), new(language.Word("due"), Align.Left, 70, 100),
            new(language.Word("open"), Align.Right, 80, 130));
        foreach (var open in statement.Open)
            table.Add(composer.Text(open.Number), language.Day(open.DueOn), language.Amount(open.Open));
        var sum = Money.Sum(statement.Open.Select(open => open.Open), statement.Closing.Currency);
        table.AddSum(language.Word("sum"), "", language.Amount(sum));
        composer.Flow.Add(table.Strips());
    }

    private static void Add(Composer composer, byte[] tag, string text, TextStyle style) =>
        composer.Flow.Add(Line(composer, tag, text, style));

    private static Row Line(Composer composer, byte[] tag, string text, TextStyle style) =>
        Composer.Line(composer.Structure.Add(tag), composer.Short(text), style, composer.Width);
}
