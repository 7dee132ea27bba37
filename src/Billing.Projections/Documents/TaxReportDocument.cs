using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>
/// The quarterly tax report as PDF: first what to pay by when and why in plain words, then the year's dates, what to put aside,
/// what was paid, the year by month, what changed, and the working line by line.
/// </summary>
public static partial class TaxReportDocument
{
    public static RenderedDocument Render(TaxReportModel report)
    {
        var language = report.Language;
        var title = $"{report.Title}, {report.Practice}";
        var subject = $"{language.Word("estimate-year", ("year", Year(report)))}, {report.FilingStatus}";
        using var composer = new Composer(report.Style, title, report.Practice, subject, report.AsOf, language.Tag);
        AddHead(composer, report);
        AddWhatToDo(composer, report);
        AddPlainWords(composer, report);
        AddInstalments(composer, report);
        AddMethods(composer, report);
        AddSetAside(composer, report);
        AddPayments(composer, report);
        AddChart(composer, report);
        AddChanges(composer, report);
        foreach (var section in report.Working) AddWorking(composer, section, language);
        AddSources(composer, report);
        var note = report.Provenance is { } provenance ? $"{report.Disclaimer} {provenance}" : report.Disclaimer;
        composer.AddParagraph(language.Word("estimate-note"), Tags.Heading2, composer.Text(note), composer.Theme.Small);
        return composer.Finish(
            composer.OneLine($"{report.Practice}  ·  {report.Title}, {Year(report)}"), pageOf: language.Word("page-of"));
    }

    private static string Year(TaxReportModel report) =>
        report.TaxYear.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void AddHead(Composer composer, TaxReportModel report)
    {
        var theme = composer.Theme;
        composer.Flow.Add(Line(composer, Tags.Paragraph, composer.Short(report.Practice), theme.Strong));
        composer.Flow.Add(Line(composer, Tags.Heading1, composer.Short(report.Title), theme.Title));
        var language = report.Language;
        var known = language.Word("estimate-known", ("day", language.Day(report.AsOf)));
        var facts = $"{language.Word("estimate-year", ("year", Year(report)))}  ·  {report.FilingStatus}  ·  {known}";
        var quiet = theme.Body with { Colour = theme.Muted };
        composer.Flow.Add(Line(composer, Tags.Paragraph, composer.Short(facts), quiet));
        composer.Flow.Add(new Gap(18));
    }

    private static void AddWhatToDo(Composer composer, TaxReportModel report)
    {
        const double padding = 14;
        var theme = composer.Theme;
        var width = composer.Width - 2 * padding;
        List<Strip> rows =
        [
            Composer.Line(composer.Structure.Add(Tags.Heading2), report.Language.Word("estimate-next"), theme.SubHeading, width),
            new Gap(2),
            Composer.Line(composer.Structure.Add(Tags.Paragraph), composer.Short(report.Headline), theme.Figure, width),
        ];
        composer.Flow.Add(new Stack(rows, padding, theme.Ground) { Width = composer.Width });
    }

    private static void AddPlainWords(Composer composer, TaxReportModel report)
    {
        foreach (var paragraph in report.PlainWords)
        {
            composer.Flow.Add(new Gap(8));
            composer.AddText(composer.Text(paragraph), composer.Theme.Body);
        }
        if (report.HowToPay.Count == 0) return;
        composer.AddParagraph(
            report.Language.Word("estimate-how-to-pay"), Tags.Heading2, composer.Text(report.HowToPay[0]), composer.Theme.Body);
        foreach (var way in report.HowToPay.Skip(1))
        {
            composer.Flow.Add(new Gap(4));
            composer.AddText(composer.Text(way), composer.Theme.Body);
        }
    }

    private static void AddInstalments(Composer composer, TaxReportModel report)
    {
        var language = report.Language;
        composer.AddHeading(language.Word("estimate-dates"), gap: 20);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest(language.Word("estimate-instalment"), 90), new(language.Word("due"), Align.Left, 70, 90),
            new(language.Word("estimate-required"), Align.Right, 70, 130),
            new(language.Word("paid"), Align.Right, 70, 130), new(language.Word("estimate-remaining"), Align.Right, 70, 130));
        foreach (var instalment in report.Instalments)
            table.Add([
                composer.Text(instalment.Label), language.Day(instalment.DueOn), language.Amount(instalment.Required),
                language.Amount(instalment.Paid), language.Amount(instalment.Remaining),
            ]);
        composer.Flow.Add(table.Strips());
    }

    private static void AddSources(Composer composer, TaxReportModel report)
    {
        var theme = composer.Theme;
        var version = composer.Short(report.Language.Word("estimate-parameters", ("version", report.ParameterVersion)));
        composer.AddParagraph(report.Language.Word("estimate-figures-from"), Tags.Heading2, version, theme.Body);
        foreach (var source in report.Sources)
        {
            var text = composer.Short(source);
            var isLink = Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
            var paragraph = composer.Structure.Add(Tags.Paragraph);
            var style = isLink ? theme.Small with { Colour = theme.Accent } : theme.Small;
            var block = TextBlock.Set(composer.Width, Align.Left, (text, style));
            composer.Flow.Add(new Row(isLink
                ? new Cell(0, block, paragraph.Add(Tags.Link), uri!.AbsoluteUri)
                : new Cell(0, block, paragraph)));
        }
    }

    private static Row Line(Composer composer, byte[] tag, string text, TextStyle style) =>
        Composer.Line(composer.Structure.Add(tag), text, style, composer.Width);
}
