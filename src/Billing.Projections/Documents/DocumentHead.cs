using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>The top that documents about one party share: letterhead and title, then for whom and when, then a panel.</summary>
internal sealed class DocumentHead(Composer composer, DocumentLanguage language)
{
    private const double RightShare = 0.42;
    private const double PanelPadding = 12;
    private const int MostAddressLines = 8;
    private const double LogoHeight = 44;
    private readonly Theme _theme = composer.Theme;
    private readonly double _right = composer.Width * RightShare;

    private double Left => composer.Width - _right - 24;

    /// <summary>The width inside of the panel.</summary>
    public double PanelWidth => composer.Width - 2 * PanelPadding;

    /// <param name="number">Below the title; empty for none.</param>
    /// <param name="mark">Such as VOID; null for none.</param>
    public void AddLetterhead(Party seller, string title, string number, string? mark = null)
    {
        var logo = composer.Logo(Left, LogoHeight);
        var party = PartyStack(null, seller, _theme.Name);
        if (logo is not null) party = new Stack([logo, new Gap(8), party]);
        composer.Flow.Add(new SideBySide((0, party), (composer.Width - _right, TitleStack(title, number, mark))));
        composer.Flow.Add(new Gap(20));
    }

    /// <param name="label">Over the party, such as <c>Bill to</c>.</param>
    /// <param name="pairs">What is said on the right, such as the dates.</param>
    public void AddParty(string label, Party party, IReadOnlyList<(string Label, string Value)> pairs)
    {
        var stack = PartyStack(label, party, _theme.Strong);
        composer.Flow.Add(new SideBySide((0, stack), (composer.Width - _right, new Stack([.. pairs.Select(Pair)]))));
        composer.Flow.Add(new Gap(16));
    }

    /// <summary>A line and a figure, for <see cref="AddPanel"/>.</summary>
    public Stack Figure(string label, string figure, double width)
    {
        var tag = composer.Structure.Add(Tags.Paragraph);
        return new Stack([
            Composer.Line(tag, label, _theme.Small, width), Composer.Line(tag, figure, _theme.Figure, width),
        ]);
    }

    /// <summary>A panel with one figure.</summary>
    public void AddFigure(string label, string figure) => AddPanel(Figure(label, figure, PanelWidth));

    public void AddPanel(Strip content) =>
        composer.Flow.Add(new Stack([content], PanelPadding, _theme.Ground) { Width = composer.Width });

    private Stack TitleStack(string title, string number, string? statusMark)
    {
        var heading = composer.Structure.Add(Tags.Heading1);
        // A long word is set smaller rather than broken.
        var style = TextBlock.NaturalWidth(title, _theme.Title) <= _right ? _theme.Title : _theme.SmallTitle;
        var rows = new List<Strip> { Composer.Line(heading, title, style, _right, Align.Right) };
        if (number.Length > 0)
            rows.Add(Composer.Line(heading, composer.OneLine(number), _theme.Strong, _right, Align.Right));
        var mark = composer.OneLine(statusMark);
        if (mark.Length > 0)
            rows.Add(Composer.Line(composer.Structure.Add(Tags.Paragraph), mark, _theme.Mark, _right, Align.Right));
        return new Stack(rows);
    }

    private Stack PartyStack(string? label, Party party, TextStyle nameStyle)
    {
        var rows = new List<Strip>();
        if (label is not null)
        {
            rows.Add(Composer.Line(composer.Structure.Add(Tags.Paragraph), label, _theme.Label, Left));
            rows.Add(new Gap(2));
        }
        var tag = composer.Structure.Add(Tags.Paragraph);
        rows.Add(Composer.Line(tag, composer.Short(party.Name), nameStyle, Left));
        foreach (var line in party.AddressLines.Take(MostAddressLines))
            rows.Add(Composer.Line(tag, composer.Short(line), _theme.Body, Left));
        var further = string.Join(", ", party.AddressLines.Skip(MostAddressLines));
        if (further.Length > 0) rows.Add(Composer.Line(tag, composer.Short(further), _theme.Body, Left));
        foreach (var (word, id) in new[] { ("tax-id", party.TaxId), ("vat-id", party.VatId), ("tax-number", party.TaxNumber) })
        {
            if (!string.IsNullOrWhiteSpace(id))
                rows.Add(Composer.Line(tag, composer.Short($"{language.Word(word)} {id}"), _theme.Small, Left));
        }
        return new Stack(rows);
    }

    private Row Pair((string Label, string Value) pair)
    {
        var tag = composer.Structure.Add(Tags.Paragraph);
        const double labelWidth = 64;
        var quiet = _theme.Body with { Colour = _theme.Muted };
        return new Row(
            new Cell(0, TextBlock.Set(labelWidth, Align.Left, (pair.Label, quiet)), tag),
            new Cell(labelWidth, TextBlock.Set(_right - labelWidth, Align.Right, (composer.Short(pair.Value), _theme.Body)), tag))
        {
            PaddingTop = 2.5,
            PaddingBottom = 2.5,
            Width = _right,
            RuleBelow = (_theme.Faint, 0.5),
        };
    }
}
