using Billing.Projections.Documents.Layout;

namespace Billing.Projections.Documents;

/// <summary>The timesheet as PDF: every entry by engagement and day, each engagement's sum, and all hours.</summary>
public static class TimesheetDocument
{
    public static RenderedDocument Render(TimesheetModel sheet)
    {
        var language = sheet.Language;
        var title = language.Word("timesheet");
        var days = sheet.From == sheet.Through
            ? language.Day(sheet.From)
            : $"{language.Day(sheet.From)} – {language.Day(sheet.Through)}";
        using var composer = new Composer(
            sheet.Style, $"{title}, {sheet.Practice.Name}", sheet.Practice.Name, days, sheet.Through, language.Tag);
        AddHead(composer, sheet, title, days);
        AddHours(composer, sheet);
        return composer.Finish(composer.OneLine($"{sheet.Practice.Name}  ·  {title}, {days}"), pageOf: language.Word("page-of"));
    }

    private static void AddHead(Composer composer, TimesheetModel sheet, string title, string days)
    {
        var language = sheet.Language;
        var head = new DocumentHead(composer, language);
        head.AddLetterhead(sheet.Practice, title, "");
        List<(string, string)> facts = [(language.Word("timesheet-period"), days)];
        if (sheet.InvoiceNumber is { } number) facts.Add((language.Word("invoice"), number));
        if (sheet.Client is { } client)
        {
            if (sheet.Assistant is { } assistant) facts.Add((language.Word("assistant"), assistant));
            head.AddParty(language.Word("timesheet-for"), client, facts);
        }
        else
        {
            var people = sheet.Assistant ?? language.Word("timesheet-everyone");
            head.AddParty(language.Word("timesheet-of"), new Party(people, []), facts);
        }
        head.AddFigure(language.Word("all-hours"), $"{PrintedText.OfDuration(SumOf(sheet.Groups))} h");
        composer.Flow.Add(new Gap(14));
    }

    private static void AddHours(Composer composer, TimesheetModel sheet)
    {
        var language = sheet.Language;
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, new(language.Word("date"), Align.Left, 58, 70),
            new(language.Word("assistant"), Align.Left, 50, 110), Column.Rest(language.Word("note"), 150),
            new(language.Word("time"), Align.Right, 40, 90))
        {
            Padding = 2,
        };
        foreach (var group in sheet.Groups)
        {
            table.AddGroup(composer.Text(group.Name), PrintedText.OfDuration(SumOf([group])));
            foreach (var hours in group.Hours)
            {
                table.Add(
                    language.Day(hours.WorkedOn), composer.Text(hours.Assistant), composer.Text(hours.Note),
                    PrintedText.OfDuration(hours.DurationSeconds));
            }
        }
        if (sheet.Groups.Count == 0) table.Add("", "", language.Word("timesheet-nothing"), "");
        table.AddSum(language.Word("all-hours"), "", "", PrintedText.OfDuration(SumOf(sheet.Groups)));
        composer.Flow.Add(table.Strips());
    }

    private static Int128 SumOf(IEnumerable<TimesheetGroupModel> groups)
    {
        Int128 sum = 0;
        foreach (var hours in groups.SelectMany(group => group.Hours)) sum += hours.DurationSeconds;
        return sum;
    }
}
