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
        composer.AddHeading("Two ways to spread it", gap: 20);
        composer.AddText(composer.Text(methods.Words), composer.Theme.Body);
        composer.Flow.Add(new Gap(6));
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, Column.Rest("Payment", 150),
            new("Four equal parts", Align.Right, 80, 130), new("By when it came", Align.Right, 80, 130));
        foreach (var row in methods.Rows)
            table.Add(composer.Text(row.Label), PrintedText.Of(row.Regular), PrintedText.Of(row.Annualized));
        composer.Flow.Add(table.Strips());
    }

    private static void AddSetAside(Composer composer, TaxReportModel report)
    {
        if (report.SetAside.Count == 0) return;
        composer.AddHeading("What to put aside", gap: 20);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, Column.Rest("Of what", 200), new("Share", Align.Right, 60, 100));
        foreach (var share in report.SetAside) table.Add(composer.Text(share.Label), composer.Text(share.Share));
        composer.Flow.Add(table.Strips());
    }

    private static void AddPayments(Composer composer, TaxReportModel report)
    {
        if (report.Payments.Count == 0) return;
        composer.AddHeading("Estimated tax you paid", gap: 20);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            new("Day", Align.Left, 70, 90), new("Named for", Align.Left, 70, 110), Column.Rest("Confirmation", 90),
            new("Amount", Align.Right, 70, 130));
        foreach (var payment in report.Payments)
        {
            table.Add(
                PrintedText.Of(payment.PaidOn), composer.Text(payment.Label), composer.Text(payment.Confirmation),
                PrintedText.Of(payment.Amount));
        }
        composer.Flow.Add(table.Strips());
    }

    private static void AddChart(Composer composer, TaxReportModel report)
    {
        if (report.Chart is not { } model) return;
        composer.AddHeading("The year by month", gap: 20);
        var chart = BarChart.Of(model, composer.Width, ChartHeight);
        var figure = composer.Structure.Add(Tags.Figure, Tags.WithAlternative(composer.Text(chart.Alternative)));
        composer.Flow.Add(new Gap(6) { KeepWithNext = true });
        composer.Flow.Add(new Drawing(chart, composer.Theme, figure) { KeepWithNext = true });
        composer.Flow.Add(new Gap(10) { KeepWithNext = true });
        Column[] columns = [Column.Rest("Month", 50), .. model.Series.Select(series => new Column(series, Align.Right, 66, 120))];
        var table = new Table(composer.Width, composer.Theme, composer.Structure, columns) { Padding = 2 };
        foreach (var group in model.Groups)
            table.Add([composer.Text(group.Label), .. group.Amounts.Select(amount => amount.IsZero ? "" : PrintedText.Of(amount))]);
        composer.Flow.Add(table.Strips());
    }

    private static void AddChanges(Composer composer, TaxReportModel report)
    {
        if (report.Changes is not { } changes) return;
        composer.AddHeading("What changed", gap: 20);
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
            Column.Rest("Line", 150), new("Form and line", Align.Left, 120, 160), new("Then", Align.Right, 70, 130),
            new("Now", Align.Right, 70, 130));
        foreach (var line in changes.Lines)
            table.Add(composer.Text(line.Label), composer.Text(line.FormLine), composer.Text(line.Before), composer.Text(line.Now));
        composer.Flow.Add(table.Strips());
    }

    private static void AddWorking(Composer composer, TaxWorkingModel section)
    {
        composer.AddHeading(composer.Short(section.Heading), gap: 20);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure,
            Column.Rest("Line", 170), new("Form and line", Align.Left, 150, 170),
            new("Amount", Align.Right, 90, 150));
        foreach (var row in section.Rows)
        {
            string[] texts = [composer.Text(row.Label), composer.Text(row.FormLine), composer.Text(row.Figure)];
            if (row.IsResult) table.AddSum(texts);
            else table.Add(texts);
        }
        composer.Flow.Add(table.Strips());
    }
}
