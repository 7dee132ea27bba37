using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <content>The parts that a report may be without.</content>
public static partial class TaxReportDocument
{
    private const double ChartHeight = 200;

    private static void AddMethods(Composer composer, TaxReportModel report)
    {
        if (report.Methods is not { } methods) return;
        var language = report.Language;
        composer.AddHeading(language.Word("estimate-two-ways"), gap: 20);
        composer.AddText(composer.Text(methods.Words), composer.Theme.Body);
        composer.Flow.Add(new Gap(6));
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, Column.Rest(language.Word("estimate-payment"), 150),
            new(language.Word("estimate-equal-parts"), Align.Right, 80, 130),
            new(language.Word("estimate-by-income"), Align.Right, 80, 130));
        foreach (var row in methods.Rows)
            table.Add(composer.Text(row.Label), language.Amount(row.Regular), language.Amount(row.Annualized));
        composer.Flow.Add(table.Strips());
    }

    private static void AddSetAside(Composer composer, TaxReportModel report)
    {
        if (report.SetAside.Count == 0) return;
        var language = report.Language;
        composer.AddHeading(language.Word("estimate-set-aside"), gap: 20);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, Column.Rest(language.Word("estimate-of-what"), 200),
            new(language.Word("estimate-share"), Align.Right, 60, 100));
        foreach (var share in report.SetAside) table.Add(composer.Text(share.Label), composer.Text(share.Share));
        composer.Flow.Add(table.Strips());
    }

    private static void AddPayments(Composer composer, TaxReportModel report)
    {
        if (report.Payments.Count == 0) return;
        var language = report.Language;
        composer.AddHeading(language.Word("estimate-payments"), gap: 20);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            new(language.Word("estimate-day"), Align.Left, 70, 90), new(language.Word("estimate-named-for"), Align.Left, 70, 110),
            Column.Rest(language.Word("estimate-confirmation"), 90),
            new(language.Word("amount"), Align.Right, 70, 130));
        foreach (var payment in report.Payments)
        {
            table.Add(
                language.Day(payment.PaidOn), composer.Text(payment.Label), composer.Text(payment.Confirmation),
                language.Amount(payment.Amount));
        }
        composer.Flow.Add(table.Strips());
    }

    private static void AddChart(Composer composer, TaxReportModel report)
    {
        if (report.Chart is not { } model) return;
        var language = report.Language;
        composer.AddHeading(language.Word("estimate-by-month"), gap: 20);
        var chart = BarChart.Of(model, composer.Width, ChartHeight);
        var figure = composer.Structure.Add(Tags.Figure, Tags.WithAlternative(composer.Text(chart.Alternative)));
        composer.Flow.Add(new Gap(6) { KeepWithNext = true });
        composer.Flow.Add(new Drawing(chart, composer.Theme, figure) { KeepWithNext = true });
        composer.Flow.Add(new Gap(10) { KeepWithNext = true });
        Column[] columns =
        [
            Column.Rest(language.Word("estimate-month"), 50), .. model.Series.Select(series => new Column(series, Align.Right, 66, 120)),
        ];
        var table = new Table(composer.Width, composer.Theme, composer.Structure, columns) { Padding = 2 };
        foreach (var group in model.Groups)
            table.Add([composer.Text(group.Label), .. group.Amounts.Select(amount => amount.IsZero ? "" : language.Amount(amount))]);
        composer.Flow.Add(table.Strips());
    }

    private static void AddChanges(Composer composer, TaxReportModel report)
    {
        if (report.Changes is not { } changes) return;
        var language = report.Language;
        composer.AddHeading(language.Word("estimate-changed"), gap: 20);
        var since = Line(composer, Tags.Paragraph, composer.Short(changes.Since), composer.Theme.Body);
        since.KeepWithNext = true;
        composer.Flow.Add(since);
        foreach (var reason in changes.Reasons)
        {
            composer.Flow.Add(new Gap(3) { KeepWithNext = true });
            composer.AddText(composer.Text(reason), composer.Theme.Body);
        }
        if (changes.Lines.Count == 0) return;
        composer.Flow.Add(new Gap(6));
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest(language.Word("estimate-line"), 150), new(language.Word("estimate-form-line"), Align.Left, 120, 160),
            new(language.Word("estimate-then"), Align.Right, 70, 130),
            new(language.Word("estimate-now"), Align.Right, 70, 130));
        foreach (var line in changes.Lines)
            table.Add(composer.Text(line.Label), composer.Text(line.FormLine), composer.Text(line.Before), composer.Text(line.Now));
        composer.Flow.Add(table.Strips());
    }

    private static void AddWorking(Composer composer, TaxWorkingModel section, DocumentLanguage language)
    {
        composer.AddHeading(composer.Short(section.Heading), gap: 20);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest(language.Word("estimate-line"), 170), new(language.Word("estimate-form-line"), Align.Left, 150, 170),
            new(language.Word("amount"), Align.Right, 90, 150));
        foreach (var row in section.Rows)
        {
            string[] texts = [composer.Text(row.Label), composer.Text(row.FormLine), composer.Text(row.Figure)];
            if (row.IsResult) table.AddSum(texts);
            else table.Add(texts);
        }
        composer.Flow.Add(table.Strips());
    }
}
