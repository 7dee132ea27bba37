using Billing.Projections.Documents.Layout;
using NodaTime.Text;

namespace Billing.Projections.Documents;

/// <summary>The first page of a dispute pack: how the invoice stands, what happened when, and what the other files are.</summary>
public static class DisputeSummaryDocument
{
    private static readonly LocalTimePattern Time = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static RenderedDocument Render(DisputeSummaryModel summary)
    {
        var language = summary.Language;
        var name = language.Word("pack-for", ("number", summary.InvoiceNumber));
        using var composer = new Composer(
            summary.Style, $"{name}, {summary.Seller.Name}", summary.Seller.Name,
            language.Word("document-for", ("document", name), ("client", summary.Client.Name)), summary.AsOf, language.Tag);
        AddHead(composer, summary);
        AddAccount(composer, summary);
        AddTimeline(composer, summary);
        AddFiles(composer, summary);
        return composer.Finish(composer.OneLine($"{summary.Seller.Name}  ·  {name}"), pageOf: language.Word("page-of"));
    }

    private static void AddHead(Composer composer, DisputeSummaryModel summary)
    {
        var language = summary.Language;
        var head = new DocumentHead(composer, language);
        head.AddLetterhead(summary.Seller, language.Word("pack-title"), summary.InvoiceNumber);
        head.AddParty(
            language.Word("bill-to"), summary.Client,
            [
                (language.Word("issued"), language.Day(summary.IssuedOn)), (language.Word("due"), language.Day(summary.DueOn)),
                (language.Word("pack-as-of"), language.Day(summary.AsOf)),
            ]);
        head.AddFigure(language.Word("pack-open"), language.Amount(summary.Open));
    }

    private static void AddAccount(Composer composer, DisputeSummaryModel summary)
    {
        var language = summary.Language;
        composer.AddHeading(language.Word("pack-account"), gap: 18);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, Column.Rest(language.Word("what"), 150),
            new(language.Word("amount"), Align.Right, 70, 140));
        foreach (var (label, amount) in summary.Account) table.Add(composer.Text(label), language.Amount(amount));
        table.AddSum(language.Word("pack-open"), language.Amount(summary.Open));
        composer.Flow.Add(table.Strips());
    }

    private static void AddTimeline(Composer composer, DisputeSummaryModel summary)
    {
        var language = summary.Language;
        composer.AddHeading(language.Word("pack-timeline"), gap: 18);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, new(language.Word("date"), Align.Left, 60, 90),
            new(language.Word("pack-time"), Align.Left, 36, 60), Column.Rest(language.Word("pack-what"), 200));
        foreach (var entry in summary.Timeline)
            table.Add(language.Day(entry.At.Date), Time.Format(entry.At.TimeOfDay), composer.Text(entry.What));
        composer.Flow.Add(table.Strips());
        composer.Flow.Add(new Gap(6));
        composer.AddText(composer.Text(language.Word("pack-zone", ("zone", summary.TimeZone))), composer.Theme.Small);
    }

    private static void AddFiles(Composer composer, DisputeSummaryModel summary)
    {
        var language = summary.Language;
        composer.AddHeading(language.Word("pack-files"), gap: 18);
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, new(language.Word("pack-file"), Align.Left, 120, 220),
            Column.Rest(language.Word("pack-is"), 150));
        foreach (var (name, what) in summary.Files) table.Add(composer.Text(name), composer.Text(what));
        composer.Flow.Add(table.Strips());
    }
}
