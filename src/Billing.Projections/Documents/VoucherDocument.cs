using System.Globalization;
using Billing.Projections.Documents.Layout;
using Billing.Projections.Documents.Pdf;

namespace Billing.Projections.Documents;

/// <summary>
/// One payment of estimated tax on a page: to whom, for what, how much, by when, and how. It is not the official voucher.
/// </summary>
public static class VoucherDocument
{
    public static RenderedDocument Render(VoucherModel voucher)
    {
        var year = voucher.TaxYear.ToString(CultureInfo.InvariantCulture);
        var title = string.Create(CultureInfo.InvariantCulture, $"Estimated tax {year}, payment {voucher.Quarter} of 4");
        using var composer = new Composer(voucher.Style, $"{title}, {voucher.Practice}", voucher.Practice, voucher.Form, voucher.AsOf);
        var theme = composer.Theme;
        Add(composer, Tags.Paragraph, voucher.Practice, theme.Strong);
        Add(composer, Tags.Heading1, title, theme.Title);
        Add(composer, Tags.Paragraph, $"As known on {PrintedText.Of(voucher.AsOf)}", theme.Body with { Colour = theme.Muted });
        composer.Flow.Add(new Gap(18));
        var table = new Table(
            composer.Width, theme, composer.Structure, new("What", Align.Left, 110, 150), Column.Rest("For this payment", 200));
        table.Add("Pay to", composer.Text(voucher.Payee));
        table.Add("For", composer.Text($"{year} {voucher.Form}"));
        table.Add("Payment", voucher.Quarter.ToString(CultureInfo.InvariantCulture) + " of 4");
        table.Add("By", PrintedText.Of(voucher.DueOn));
        table.AddSum("Amount", PrintedText.Of(voucher.Amount));
        composer.Flow.Add(table.Strips());
        composer.Flow.Add(new Gap(10));
        composer.AddText(composer.Text(voucher.Standing), theme.Body);
        AddWays(composer, voucher);
        AddPayments(composer, voucher);
        composer.AddParagraph(
            "Please note", Tags.Heading2,
            "This page helps you to pay. It is not the voucher of the form, which goes along with a check.", theme.Small);
        return composer.Finish(composer.OneLine($"{voucher.Practice}  ·  {title}"));
    }

    private static void AddWays(Composer composer, VoucherModel voucher)
    {
        if (voucher.HowToPay.Count == 0) return;
        composer.AddParagraph("How to pay", Tags.Heading2, composer.Text(voucher.HowToPay[0]), composer.Theme.Body);
        foreach (var way in voucher.HowToPay.Skip(1))
        {
            composer.Flow.Add(new Gap(4));
            composer.AddText(composer.Text(way), composer.Theme.Body);
        }
    }

    private static void AddPayments(Composer composer, VoucherModel voucher)
    {
        if (voucher.Payments.Count == 0) return;
        composer.Flow.Add(new Gap(16));
        var table = new Table(
            composer.Width, composer.Theme, composer.Structure, new("Paid on", Align.Left, 80, 110), Column.Rest("Confirmation", 100),
            new("Amount", Align.Right, 80, 130));
        foreach (var payment in voucher.Payments)
            table.Add(PrintedText.Of(payment.PaidOn), composer.Text(payment.Confirmation), PrintedText.Of(payment.Amount));
        composer.Flow.Add(table.Strips());
    }

    private static void Add(Composer composer, byte[] tag, string text, TextStyle style) =>
        composer.Flow.Add(Composer.Line(composer.Structure.Add(tag), composer.Short(text), style, composer.Width));
}
