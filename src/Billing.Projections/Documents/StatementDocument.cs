using Billing.Domain.Values;
using Billing.Projections.Documents.Layout;

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
            statement.Style, $"{title}, {statement.Client}", statement.Practice, days, statement.Through, language.Tag);
        AddHead(composer, statement, title);
        AddChanges(composer, statement);
        AddOpen(composer, statement);
        return composer.Finish(composer.OneLine($"{statement.Practice}  ·  {title}, {days}"), pageOf: language.Word("page-of"));
    }

    private static void AddHead(Composer composer, StatementModel statement, string title)
    {
        var language = statement.Language;
        var head = new DocumentHead(composer, language);
        head.AddLetterhead(new Party(statement.Practice, []), title, "");
        head.AddParty(
            language.Word("statement-for"), new Party(statement.Client, statement.ClientAddress),
            [
                (language.Word("statement-from"), language.Day(statement.From)),
                (language.Word("statement-to"), language.Day(statement.Through)),
            ]);
        var closing = language.Word("statement-closing", ("day", language.Day(statement.Through)));
        head.AddFigure(closing, language.Amount(statement.Closing));
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
            composer.AddText(language.Word("nothing-open"), composer.Theme.Body);
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
}
