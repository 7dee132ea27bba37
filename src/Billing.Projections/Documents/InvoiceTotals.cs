using Billing.Domain.Values;
using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>The sums below an invoice's lines, down to the balance, which stay on one page.</summary>
internal sealed class InvoiceTotals(Composer composer)
{
    private const double Inset = 8;
    private readonly StructureNode _tag = composer.Structure.Add(Tags.Table);
    private readonly Theme _theme = composer.Theme;
    private readonly double _width = composer.Width * 0.5;
    private readonly List<Row> _rows = [];

    public void Add(InvoiceModel invoice)
    {
        AddRow("Subtotal", invoice.Subtotal, _theme.Body);
        foreach (var tax in invoice.Taxes) AddRow(tax.Label, tax.Amount, _theme.Body);
        AddRow("Total", invoice.Total, _theme.Strong);
        if (invoice.RetainerApplied is { IsZero: false } retainer) AddRow("Paid from retainer", -retainer, _theme.Body);
        if (invoice.Paid is { IsZero: false } paid) AddRow("Paid", -paid, _theme.Body);
        AddRow("Balance due", invoice.BalanceDue, _theme.Total, _theme.Ground);

        composer.Flow.Add(new Gap(4) { KeepWithNext = true });
        // Very many tax lines may break over pages; the last rows stay together even so.
        for (var i = 0; i < _rows.Count; i++) _rows[i].KeepWithNext = i >= _rows.Count - 12;
        _rows[^1].KeepWithNext = invoice.RetainerBalanceAfter is not null;
        composer.Flow.Add(_rows);
        if (invoice.RetainerBalanceAfter is { } balance) AddRetainerBalance(balance);
    }

    private void AddRow(string label, Money amount, TextStyle style, Colour? fill = null)
    {
        var row = _tag.Add(Tags.Row);
        var inner = _width - 2 * Inset;
        var amountText = PrintedText.Of(amount);
        var amountWidth = Math.Min(TextBlock.NaturalWidth(amountText, style) + 0.01, inner - 60);
        var labelWidth = inner - amountWidth - 10;
        var start = composer.Width - _width + Inset;
        var labelCell = new Cell(
            start, TextBlock.Set(labelWidth, Align.Left, (composer.Short(label), style)), row.Add(Tags.HeadCell, Tags.OfRow));
        var amountCell = new Cell(
            start + labelWidth + 10, TextBlock.Set(amountWidth, Align.Right, (amountText, style)), row.Add(Tags.DataCell));
        var padding = fill is null ? 3 : 6;
        _rows.Add(new Row(labelCell, amountCell)
        {
            PaddingTop = padding, PaddingBottom = padding, Width = _width, RuleX = composer.Width - _width, Fill = fill,
            RuleBelow = fill is null ? (_theme.Faint, 0.5) : null,
        });
    }

    private void AddRetainerBalance(Money balance)
    {
        composer.Flow.Add(new Gap(2) { KeepWithNext = true });
        var text = $"Left of your retainer after this invoice: {PrintedText.Of(balance)}";
        composer.Flow.Add(Composer.Line(
            composer.Structure.Add(Tags.Paragraph), text, _theme.Small, composer.Width - Inset, Align.Right));
    }
}
