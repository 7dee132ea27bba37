using Billing.Domain.Values;
using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>The sums below an invoice's lines, down to the balance, which stay on one page.</summary>
internal sealed class InvoiceTotals(Composer composer, DocumentLanguage language)
{
    private const int MostRowsTogether = 12;
    private readonly StructureNode _tag = composer.Structure.Add(Tags.Table);
    private readonly Theme _theme = composer.Theme;
    private readonly double _width = composer.Width * 0.5;
    private readonly List<Row> _rows = [];

    public void Add(InvoiceModel invoice, PaymentLink? payment)
    {
        AddRow(language.Word("subtotal"), invoice.Subtotal, _theme.Body);
        if (!invoice.AmountsIncludeTax) AddTaxes(invoice);
        AddRow(language.Word("total"), invoice.Total, _theme.Strong);
        if (invoice.AmountsIncludeTax) AddTaxes(invoice);
        foreach (var deposit in invoice.Deposits) AddRow(deposit.Label, deposit.Amount, _theme.Body);
        if (invoice.RetainerApplied is { IsZero: false } retainer) AddRow(language.Word("from-retainer"), -retainer, _theme.Body);
        if (invoice.CreditApplied is { IsZero: false } credit) AddRow(language.Word("from-credit"), -credit, _theme.Body);
        if (invoice.Paid is { IsZero: false } paid) AddRow(language.Word("paid"), -paid, _theme.Body);
        AddRow(invoice.Words.Balance, invoice.BalanceDue, _theme.Total with { Colour = _theme.Accent });

        composer.Flow.Add(new Gap(6) { KeepWithNext = true });
        // Of very many tax lines the first ones flow over pages; the last sums are one strip, beside the way to
        // pay.
        var together = Math.Max(0, _rows.Count - MostRowsTogether);
        for (var i = 0; i < together; i++)
            composer.Flow.Add(new SideBySide((composer.Width - _width, _rows[i])) { KeepWithNext = i == together - 1 });
        List<Strip> sums = [.. _rows.Skip(together)];
        if (invoice.RetainerBalanceAfter is { } balance) sums.AddRange(RetainerBalance(balance));
        var x = composer.Width - _width;
        var stack = new Stack(sums);
        composer.Flow.Add(payment is null
            ? new SideBySide((x, stack))
            : new SideBySide((x, stack), (0, payment.Block(composer, x - 20))));
    }

    private void AddTaxes(InvoiceModel invoice)
    {
        foreach (var tax in invoice.Taxes) AddRow(tax.Label, tax.Amount, _theme.Body);
    }

    private void AddRow(string label, Money amount, TextStyle style)
    {
        const double gutter = 10;
        var row = _tag.Add(Tags.Row);
        var amountText = language.Amount(amount);
        var amountWidth = Math.Min(TextBlock.NaturalWidth(amountText, style) + 0.01, _width - 60);
        var labelWidth = _width - amountWidth - gutter;
        var labelBlock = TextBlock.Set(labelWidth, Align.Left, (composer.Short(label), style));
        var amountBlock = TextBlock.Set(amountWidth, Align.Right, (amountText, style));
        var strong = style.Face == FontLibrary.Bold;
        _rows.Add(new Row(
            new Cell(0, labelBlock, row.Add(Tags.HeadCell, Tags.OfRow)),
            new Cell(labelWidth + gutter, amountBlock, row.Add(Tags.DataCell)))
        {
            PaddingTop = strong ? 4 : 3,
            PaddingBottom = strong ? 4 : 3,
            Width = _width,
            RuleBelow = strong ? (_theme.Accent, 1) : (_theme.Faint, 0.5),
        });
    }

    private IEnumerable<Strip> RetainerBalance(Money balance)
    {
        var text = $"{language.Word("retainer-left")}: {language.Amount(balance)}";
        yield return new Gap(3);
        yield return Composer.Line(composer.Structure.Add(Tags.Paragraph), text, _theme.Small, _width, Align.Right);
    }
}
