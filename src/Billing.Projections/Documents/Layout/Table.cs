using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents.Layout;

/// <summary>A column: the narrowest and the widest that it may be in points.</summary>
internal sealed record Column(string Head, Align Align, double Narrowest, double Widest)
{
    /// <summary>The one column that takes what the others leave, but at least its narrowest.</summary>
    public static Column Rest(string head, double narrowest) => new(head, Align.Left, narrowest, double.MaxValue);

    public bool IsRest => Widest.Equals(double.MaxValue);
}

/// <summary>
/// A table that flows over pages: columns as wide as their content needs, the head repeated on each page, rows
/// whole where they are not too tall. At least two rows stay together at its start and, where asked, at its end.
/// </summary>
internal sealed class Table(double width, Theme theme, StructureNode parent, params Column[] columns)
{
    private const double Gutter = 12;

    // A row of more lines than this may go on on the next page.
    private const int TallRow = 14;

    /// <summary>Space above and below each row's text.</summary>
    public double Padding { get; init; } = 3.2;

    private enum Kind { Plain, Sum, Group }

    private readonly List<Entry> _entries = [];
    private readonly StructureNode _tag = parent.Add(Tags.Table);
    private readonly int _rest = Array.FindIndex(columns, column => column.IsRest);

    /// <summary>A row of one text a column.</summary>
    public void Add(params string[] texts) => _entries.Add(new Entry(Kind.Plain, texts));

    /// <summary>A row that sums up the ones above it.</summary>
    public void AddSum(params string[] texts) => _entries.Add(new Entry(Kind.Sum, texts));

    /// <summary>
    /// A row that heads the ones below it: a text over all columns but the last, and the last one's.
    /// </summary>
    public void AddGroup(string text, string last) => _entries.Add(new Entry(Kind.Group, [text, last]));

    /// <param name="keepEndWithNext">The last two rows stay with what follows the table.</param>
    public IEnumerable<Strip> Strips(bool keepEndWithNext = false)
    {
        var widths = Widths();
        var head = HeadRow(widths);
        yield return head;
        for (var i = 0; i < _entries.Count; i++)
        {
            var last = i == _entries.Count - 1;
            var strips = RowStrips(_entries[i], widths, head, last);
            var holds = i == 0 || i == _entries.Count - 2 || _entries[i].Kind == Kind.Group;
            strips[^1].KeepWithNext = last ? keepEndWithNext : holds;
            foreach (var strip in strips) yield return strip;
        }
    }

    private Row HeadRow(double[] widths)
    {
        var row = _tag.Add(Tags.Row);
        var cells = new Cell[columns.Length];
        for (var (i, x) = (0, 0.0); i < columns.Length; x += widths[i] + Gutter, i++)
        {
            var text = TextBlock.Set(widths[i], columns[i].Align, (columns[i].Head, theme.Label));
            cells[i] = new Cell(x, text, row.Add(Tags.HeadCell, Tags.OfColumn));
        }
        return new Row(cells)
        {
            PaddingTop = Padding,
            PaddingBottom = Padding,
            Width = width,
            RuleBelow = (theme.Accent, 1),
            KeepWithNext = true,
        };
    }

    private List<Row> RowStrips(Entry entry, double[] widths, Row head, bool last)
    {
        var cells = entry.Kind == Kind.Group ? GroupCells(entry, widths) : Cells(entry, widths);
        var lines = cells.Max(cell => cell.Text.LineCount);
        var pieceLines = lines > TallRow ? TallRow / 2 : Math.Max(1, lines);
        var strips = new List<Row>();
        for (var first = 0; first == 0 || first < lines; first += pieceLines)
        {
            var ends = first + pieceLines >= lines;
            var above = entry.Kind == Kind.Group ? 2 * Padding : Padding;
            strips.Add(new Row(cells, first, pieceLines)
            {
                PaddingTop = first == 0 ? above : 0,
                PaddingBottom = ends ? Padding : 0,
                Width = width,
                RuleBelow = ends ? (last ? theme.Rule : theme.Faint, last ? 0.75 : 0.5) : null,
                RepeatedHead = head,
            });
        }
        return strips;
    }

    private Cell[] Cells(Entry entry, double[] widths)
    {
        var row = _tag.Add(Tags.Row);
        var cells = new Cell[columns.Length];
        var style = entry.Kind == Kind.Sum ? theme.Strong : theme.Body;
        for (var (i, x) = (0, 0.0); i < columns.Length; x += widths[i] + Gutter, i++)
        {
            var text = TextBlock.Set(widths[i], columns[i].Align, (entry.Texts[i], style));
            var heads = entry.Kind == Kind.Sum && i == 0;
            cells[i] = new Cell(x, text, heads ? row.Add(Tags.HeadCell, Tags.OfRow) : row.Add(Tags.DataCell));
        }
        return cells;
    }

    private Cell[] GroupCells(Entry entry, double[] widths)
    {
        var row = _tag.Add(Tags.Row);
        var spanned = width - widths[^1] - Gutter;
        var text = TextBlock.Set(spanned, Align.Left, (entry.Texts[0], theme.Strong));
        var last = TextBlock.Set(widths[^1], columns[^1].Align, (entry.Texts[1], theme.Strong));
        var heading = row.Add(Tags.HeadCell, Tags.OfRowSpanning(columns.Length - 1));
        return [new Cell(0, text, heading), new Cell(spanned + Gutter, last, row.Add(Tags.DataCell))];
    }

    /// <summary>
    /// Each column as wide as its widest text within its limits; together they leave the one that takes the rest at
    /// least its narrowest, shrinking alike if they must.
    /// </summary>
    private double[] Widths()
    {
        var widths = new double[columns.Length];
        for (var i = 0; i < columns.Length; i++)
            if (i != _rest) widths[i] = WidthOf(i);
        var room = width - Gutter * (columns.Length - 1) - columns[_rest].Narrowest;
        var sum = widths.Sum();
        if (sum > room)
            for (var i = 0; i < widths.Length; i++) widths[i] *= room / sum;
        widths[_rest] = width - Gutter * (columns.Length - 1) - widths.Sum();
        return widths;
    }

    private double WidthOf(int column)
    {
        var natural = TextBlock.NaturalWidth(columns[column].Head, theme.Label);
        foreach (var entry in _entries)
        {
            var style = entry.Kind == Kind.Plain ? theme.Body : theme.Strong;
            // The heading of a group stretches over its row, so that it widens no column.
            if (entry.Kind == Kind.Group && column < columns.Length - 1) continue;
            var text = entry.Kind == Kind.Group ? entry.Texts[1] : entry.Texts[column];
            natural = Math.Max(natural, TextBlock.NaturalWidth(text, style));
        }
        // A hair more than measured, so that rounding never breaks a text that fits.
        return Math.Clamp(natural + 0.01, columns[column].Narrowest, columns[column].Widest);
    }

    private sealed record Entry(Kind Kind, string[] Texts);
}
