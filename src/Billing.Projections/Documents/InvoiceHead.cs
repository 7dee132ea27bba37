using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>The top of an invoice: letterhead, whom it is for, its dates, and what is due.</summary>
internal sealed class InvoiceHead(Composer composer, InvoiceModel invoice)
{
    private readonly Theme _theme = composer.Theme;
    private readonly DocumentLanguage _language = invoice.Language;

    public void Add(PaymentLink? payment)
    {
        var head = new DocumentHead(composer, _language);
        head.AddLetterhead(invoice.Seller, invoice.Words.Title, invoice.Number, invoice.StatusMark);
        head.AddParty(_language.Word("bill-to"), invoice.Client, Dates());
        head.AddPanel(Due(head, payment));
    }

    private List<(string, string)> Dates()
    {
        List<(string, string)> dates = [(_language.Word("issued"), _language.Day(invoice.IssuedOn))];
        if (invoice.DueOn is { } dueOn) dates.Add((_language.Word("due"), _language.Day(dueOn)));
        if (invoice.Performed is var (from, through))
        {
            var days = from == through ? _language.Day(from) : $"{_language.Day(from)} – {_language.Day(through)}";
            dates.Add((_language.Word("service-period"), days));
        }
        if (!string.IsNullOrWhiteSpace(invoice.PurchaseOrder))
            dates.Add((_language.Word("purchase-order"), invoice.PurchaseOrder));
        return dates;
    }

    private Strip Due(DocumentHead head, PaymentLink? payment)
    {
        const double buttonWidth = 120;
        var when = invoice.Words.Balance;
        if (invoice.DueOn is { } dueOn && invoice.BalanceDue.IsPositive)
            when = _language.Word("due-by", ("balance", when), ("day", _language.Day(dueOn)));
        var amount = head.Figure(when, _language.Amount(invoice.BalanceDue), head.PanelWidth - buttonWidth - 12);
        if (payment is null) return amount;
        var text = TextBlock.Set(buttonWidth, Align.Centre, (_language.Word("pay-online"), _theme.OnAccent));
        var button = new Row(new Cell(0, text, composer.Structure.Add(Tags.Paragraph).Add(Tags.Link), payment.Url))
        {
            PaddingTop = 7,
            PaddingBottom = 7,
            Width = buttonWidth,
            Fill = _theme.Accent,
        };
        var centred = new Stack([new Gap((amount.Height - button.Height) / 2), button]);
        return new SideBySide((0, amount), (head.PanelWidth - buttonWidth, centred));
    }
}
