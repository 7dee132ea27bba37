using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>The top of an invoice: letterhead, whom it is for, its dates, and what is due.</summary>
internal sealed class InvoiceHead(Composer composer, InvoiceModel invoice)
{
    private const double RightShare = 0.42;
    private const int MostAddressLines = 8;
    private readonly Theme _theme = composer.Theme;
    private readonly DocumentLanguage _language = invoice.Language;
    private readonly double _right = composer.Width * RightShare;

    private double Left => composer.Width - _right - 24;

    public void Add(PaymentLink? payment)
    {
        var seller = PartyStack(null, invoice.Seller, _theme.Name);
        composer.Flow.Add(new SideBySide((0, seller), (composer.Width - _right, TitleStack())));
        composer.Flow.Add(new Gap(20));
        var client = PartyStack(_language.Word("bill-to"), invoice.Client, _theme.Strong);
        composer.Flow.Add(new SideBySide((0, client), (composer.Width - _right, DatesStack())));
        composer.Flow.Add(new Gap(16));
        composer.Flow.Add(DuePanel(payment));
    }

    private Stack TitleStack()
    {
        var heading = composer.Structure.Add(Tags.Heading1);
        var rows = new List<Strip> { Composer.Line(heading, invoice.Words.Title, _theme.Title, _right, Align.Right) };
        if (invoice.Number.Length > 0)
            rows.Add(Composer.Line(heading, composer.OneLine(invoice.Number), _theme.Strong, _right, Align.Right));
        var mark = composer.OneLine(invoice.StatusMark);
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
                rows.Add(Composer.Line(tag, composer.Short($"{_language.Word(word)} {id}"), _theme.Small, Left));
        }
        return new Stack(rows);
    }

    private Stack DatesStack()
    {
        var rows = new List<Strip>();
        AddPair(rows, _language.Word("issued"), _language.Day(invoice.IssuedOn));
        if (invoice.DueOn is { } dueOn) AddPair(rows, _language.Word("due"), _language.Day(dueOn));
        if (invoice.Performed is var (from, through))
        {
            var days = from == through ? _language.Day(from) : $"{_language.Day(from)} – {_language.Day(through)}";
            AddPair(rows, _language.Word("service-period"), days);
        }
        if (!string.IsNullOrWhiteSpace(invoice.PurchaseOrder))
            AddPair(rows, _language.Word("purchase-order"), composer.Short(invoice.PurchaseOrder));
        return new Stack(rows);
    }

    private void AddPair(List<Strip> rows, string label, string value)
    {
        var tag = composer.Structure.Add(Tags.Paragraph);
        const double labelWidth = 64;
        var quiet = _theme.Body with { Colour = _theme.Muted };
        rows.Add(new Row(
            new Cell(0, TextBlock.Set(labelWidth, Align.Left, (label, quiet)), tag),
            new Cell(labelWidth, TextBlock.Set(_right - labelWidth, Align.Right, (value, _theme.Body)), tag))
        {
            PaddingTop = 2.5,
            PaddingBottom = 2.5,
            Width = _right,
            RuleBelow = (_theme.Faint, 0.5),
        });
    }

    private Stack DuePanel(PaymentLink? payment)
    {
        const double padding = 12;
        const double buttonWidth = 120;
        var inner = composer.Width - 2 * padding;
        var tag = composer.Structure.Add(Tags.Paragraph);
        var when = invoice.Words.Balance;
        if (invoice.DueOn is { } dueOn && invoice.BalanceDue.IsPositive)
            when = _language.Word("due-by", ("balance", when), ("day", _language.Day(dueOn)));
        var amount = new Stack([
            Composer.Line(tag, when, _theme.Small, inner - buttonWidth - 12),
            Composer.Line(tag, _language.Amount(invoice.BalanceDue), _theme.Figure, inner - buttonWidth - 12),
        ]);
        Strip content = amount;
        if (payment is not null)
        {
            var text = TextBlock.Set(buttonWidth, Align.Centre, (_language.Word("pay-online"), _theme.OnAccent));
            var button = new Row(new Cell(0, text, composer.Structure.Add(Tags.Paragraph).Add(Tags.Link), payment.Url))
            {
                PaddingTop = 7,
                PaddingBottom = 7,
                Width = buttonWidth,
                Fill = _theme.Accent,
            };
            var centred = new Stack([new Gap((amount.Height - button.Height) / 2), button]);
            content = new SideBySide((0, amount), (inner - buttonWidth, centred));
        }
        return new Stack([content], padding, _theme.Ground) { Width = composer.Width };
    }
}
